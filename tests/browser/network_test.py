#!/usr/bin/python3
"""The report of a network of queues in a real browser, from disk: network_test.py PROGRAM [SOURCE_DIRECTORY]"""

import functools
import json
import os
import sys
import tempfile

from browser import Browser, Checks
from page_checks import CANVAS_COLOURS, made_by, readable, schemes

make = functools.partial(made_by, sys.argv[1])
HOSTILE = "<img src=x onerror=alert(1)>"
SHOP = {
    "name": "shop", "title": "A door, a till and impatient callers", "duration": "60s",
    "simulate": {"warm_up": "5s"}, "traffic": {"curve": [{"at": "0s", "rate": "60/s"}]},
    "network": {
        "classes": [{"name": "members", "share": 0.3}, {"name": "others", "share": 0.7, "priority": 1}],
        "stations": [
            {"name": "door", "servers": 2, "queue_limit": 10,
             "service": {"distribution": "exponential", "mean": "30ms"}},
            {"name": HOSTILE, "servers": 4, "branches": 2, "service": {"distribution": "erlang", "mean": "40ms"}},
            {"name": "calls", "patience": {"distribution": "constant", "mean": "200ms"},
             "service": {"distribution": "exponential", "mean": "20ms"}},
        ],
    },
}


def text_of(browser, selector):
    return browser.run("return document.querySelector(arguments[0]).innerText", selector)


def rows_of(browser, section):
    """The texts of the cells of a section's tables, by row."""
    return browser.run("return [...document.querySelectorAll(`#${arguments[0]} tbody tr`)]"
                       ".map((row) => [...row.cells].map((cell) => cell.innerText))", section)


def first_screen(browser, checks, result, name):
    for width, height in ((1280, 800), (360, 740)):
        browser.size(width, height)
        bottom = browser.run("return document.querySelector('.summary').getBoundingClientRect().bottom")
        checks.true(0 < bottom < height, f"{name}: the verdict's sentence ends at {bottom} of {height} at {width} wide")
        fits = browser.wait(f"return document.documentElement.scrollWidth <= {width}")
        checks.true(fits, f"{name}: the page is no wider than its window of {width} once its figures follow")
    browser.size(1280, 800)
    heading = text_of(browser, "h1")
    status = result["verdict"]["status"]
    checks.true(status in heading and result["scenario"]["name"] in heading, f"{name}: the heading says {heading!r}")
    checks.true(browser.run("return document.title").startswith(status), f"{name}: the title begins with the verdict")
    broken = sum(1 for law in result["laws"] if law["violations"] > 0)
    checks.equal(text_of(browser, "#laws-count"), f"{broken} of 2 laws broken", f"{name}: the laws")
    summary = text_of(browser, ".summary")
    entered = result["replications"][0]["flow"]["entered"]
    checks.true(broken > 0 or f"{entered:,} jobs came" in summary, f"{name}: the summary says {summary!r}")


def tables(browser, checks, result, name):
    """Every station is in the tables with its numbers; intervals are there when there are several replications."""
    several = result["verdict"]["replications"] > 1
    stations = result["estimates"]["stations"]
    jobs = rows_of(browser, "stations > div:nth-of-type(1)")
    busy = rows_of(browser, "stations > div:nth-of-type(2)")
    for rows in (jobs, busy):
        checks.equal([row[0] for row in rows], [station["name"] for station in stations], f"{name}: stations")
    for row, station in zip(jobs, stations):
        checks.equal(row[1].split("\n")[0], f"{round(station['arrivals']['mean']):,}", f"{name}: arrivals")
        checks.equal("\u00b1" in row[1], several, f"{name}: an interval in {row[1]!r}")
        checks.equal(row[3] == "\u2013", station["lost"]["mean"] == 0, f"{name}: lost in {row}")
    checks.equal(busy[1][1], "2 \u00d7 4", f"{name}: servers of the branches")
    checks.equal(len(rows_of(browser, "times")), 2 * len(stations) + 1, f"{name}: rows of waits and sojourns")
    sections = browser.run("return [...document.querySelectorAll('section')].map((one) => one.id)")
    checks.equal("figures" in sections, several, f"{name}: the table of the replications in {sections}")
    checks.equal("classes" in sections, len(result["estimates"]["classes"]) > 1, f"{name}: the table of classes")
    links = browser.run("return [...document.querySelectorAll('#contents a')].map((one) => one.hash.slice(1))")
    checks.equal(links, sections, f"{name}: the contents")


def figures(browser, checks, name):
    colours = browser.run(CANVAS_COLOURS)
    checks.equal(len(colours), 3, f"{name}: figures")
    for index, number in enumerate(colours):
        checks.least(number, 20, f"{name}: colours of figure {index + 1}")
    labels = browser.run("return [...document.querySelectorAll('canvas[role=img]')].map((one) => one.ariaLabel)")
    checks.true(all(len(label) > 30 for label in labels), f"{name}: labels of figures {labels}")
    counts = browser.run("return [...document.querySelectorAll('figure details tbody')].map((one) => one.rows.length)")
    checks.true(len(counts) == 3 and all(rows > 4 for rows in counts), f"{name}: tables of figures {counts}")


def broken(directory):
    """The result of two replications as it would be had the simulation lost a job."""
    with open(os.path.join(directory, "several.json"), encoding="utf-8") as file:
        result = json.load(file)
    result["verdict"] = {"status": "VIOLATED", "exit_code": 4, "replications": 3, "stopped": 0, "missing": 0}
    result["laws"][1].update(off=1, violations=1, measured="off by 1 jobs in 12 checks", offender="door is off by 1")
    path = os.path.join(directory, "broken.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file)
    return path


def unfinished(directory):
    """The result of one simulation that Ctrl-C stopped in its warm-up: nulls where figures would be."""
    with open(os.path.join(directory, "one.json"), encoding="utf-8") as file:
        result = json.load(file)
    result["verdict"] = {"status": "INTERRUPTED", "exit_code": 130, "replications": 0, "stopped": 1, "missing": 2}
    result.update(figures=None, estimates=None, pooled=None)
    [first] = result["replications"]
    kept = ("warm_up_ns", "end_ns", "events", "fingerprint", "flow")
    stations = [{key: one[key] for key in ("name", "flow", "little_residual_ns")} for one in first["stations"]]
    result["replications"] = [{**{key: first[key] for key in kept}, "stopped": True, "stations": stations}]
    path = os.path.join(directory, "unfinished.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file)
    return path


def page_of(result_path, checks):
    """Address, result and size of the page of a saved result."""
    page = result_path.replace(".json", ".html")
    checks.equal(os.spawnl(os.P_WAIT, sys.argv[1], "double11", "report", result_path, "--html", page), 0,
                 "the page of a saved result")
    with open(result_path, encoding="utf-8") as file:
        return f"file://{page}", json.load(file), os.path.getsize(page)


def no_figures(browser, checks, page):
    """A page of nothing but laws, scenario and text says why."""
    address, result, _ = page
    browser.open(address)
    first_screen(browser, checks, result, "unfinished")
    summary = text_of(browser, ".summary")
    checks.true("0 of 3 replications finished: there are no figures." in summary and "when it was stopped" in summary,
                f"unfinished: the summary says {summary!r}")
    sections = browser.run("return [...document.querySelectorAll('section')].map((one) => one.id)")
    checks.equal(sections, ["laws", "scenario", "simulation", "text"], "unfinished: sections")
    checks.equal(browser.run("return document.querySelectorAll('.tile').length"), 1, "unfinished: tiles")
    readable(browser, checks, "unfinished")
    checks.equal(browser.errors(), [], "unfinished: errors in the console")


def missed(browser, checks):
    """The thresholds one by one, and where to look."""
    rows = rows_of(browser, "thresholds")
    checks.equal([row[0] for row in rows], ["sojourn.mean < 1ms", "busy.share <= 100%"], "missed: the thresholds")
    checks.true("MISSED" in rows[0][1].upper() and "HOLDS" in rows[1][1].upper(), f"missed: verdicts in {rows}")
    checks.true("First to give way: " in text_of(browser, ".gives"), "missed: the station that gives way")
    checks.true("1 of 2 thresholds holds" in text_of(browser, ".summary"), "missed: how many hold")


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="double11-network-") as directory, Browser(offline=True) as browser:
        scenario = os.path.join(directory, "shop.json")
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump(SHOP, file)
        pages = {
            "one": make(directory, "one", ["simulate", scenario], 0, checks),
            "several": make(directory, "several", ["simulate", scenario, "--replications", "3"], 0, checks),
        }
        thresholds = 'thresholds=["sojourn.mean < 1ms", "busy.share <= 100%"]'
        pages["missed"] = make(directory, "missed", ["simulate", scenario, "--set", thresholds], 3, checks)
        pages["violated"] = page_of(broken(directory), checks)
        for name, (page, result, size) in pages.items():
            browser.open(page)
            first_screen(browser, checks, result, name)
            tables(browser, checks, result, name)
            figures(browser, checks, name)
            readable(browser, checks, name)
            schemes(browser, checks, name)
            if name == "missed":
                missed(browser, checks)
            checks.true(size < 1_000_000, f"{name}: {size} bytes")
            checks.equal(browser.run("return performance.getEntriesByType('resource').length"), 0, f"{name}: loaded")
            checks.equal(browser.run("return document.querySelectorAll('img').length"), 0,
                         f"{name}: a name makes no elements")
            checks.equal(browser.errors(), [], f"{name}: errors in the console")
        checks.true("door is off by 1" in text_of(browser, ".summary"), "what is broken is named first")
        no_figures(browser, checks, page_of(unfinished(directory), checks))
        checks.true(browser.pdf().startswith(b"%PDF"), "the report prints")
    checks.done()


if __name__ == "__main__":
    main()
