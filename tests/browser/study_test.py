#!/usr/bin/python3
"""Pages of capacity and sweep in a browser, from disk and without network: study_test.py PROGRAM [SOURCE_DIRECTORY]"""

import json
import os
import subprocess
import sys
import tempfile

from selenium.webdriver.common.keys import Keys

from browser import Browser, Checks
from page_checks import CANVAS_COLOURS, WORST_CONTRAST

PROGRAM = sys.argv[1]
SEARCH = ["capacity", "smoke", "--by", "payment.servers", "--only"]
# Of a short while in which no order arrives nothing can be said.
SHORT = ["capacity", "smoke", "--set", "traffic.scale=0.02", "--by", "duration", "--from", "1ms", "--to", "2s", "--only"]
# Measured throughput by units, with a peak that both laws are fitted to.
POINTS = "n,throughput\n1,64.9\n18,995.9\n36,1652.4\n72,1853.2\n108,1828.9\n144,1775.0\n216,1702.2\n"
# A network of queues: the tills give way before the door does.
TILLS = {"name": "tills", "duration": "10min", "traffic": {"curve": [{"at": "0s", "rate": "20/s"}]},
         "network": {"stations": [
             {"name": "till", "servers": 10, "service": {"distribution": "exponential", "mean": "300ms"}},
             {"name": "door", "servers": 30, "service": {"distribution": "exponential", "mean": "1s"}}]}}
ROWS = """return [...document.querySelectorAll(arguments[0] + ' tbody tr')]
  .map((row) => [...row.cells].map((cell) => cell.innerText.trim()));"""


def make(directory, name, arguments, expected, checks):
    """A page and the result that it is made of."""
    html, result = os.path.join(directory, f"{name}.html"), os.path.join(directory, f"{name}.json")
    command = [PROGRAM, *arguments, "--quiet", "--html", html, "--json", result]
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    checks.equal(code, expected, f"exit code of {' '.join(command[1:])}")
    checks.true(os.path.getsize(html) < 1_000_000, f"{name}: {os.path.getsize(html)} bytes")
    with open(result, encoding="utf-8") as file:
        return f"file://{html}", json.load(file)


def text(browser, selector):
    return browser.run("return document.querySelector(arguments[0]).innerText", selector)


def page(browser, checks, address, name, figures):
    """What every page has: it loads by itself, fits a phone, is drawn, and can be read and reached by keys."""
    browser.size(1280, 800)
    browser.open(address)
    checks.equal(browser.run("return performance.getEntriesByType('resource').length"), 0, f"{name}: things loaded")
    browser.keys(Keys.TAB)
    skip = browser.run("const one = document.activeElement; return one.className === 'skip' && one.hash")
    checks.true(skip, f"{name}: the first Tab is the way past the head")
    left = browser.run("return document.activeElement.getBoundingClientRect().left")
    checks.true(left >= 0, f"{name}: which is seen, at {left}")
    browser.keys(Keys.ENTER)
    checks.equal(browser.run("return location.hash"), skip, f"{name}: Enter follows it")
    place = browser.run("return document.querySelector(arguments[0]).getBoundingClientRect().top", skip)
    checks.true(place < 800, f"{name}: where it leads is on the screen, at {place}")
    for width in (1280, 390):
        browser.size(width, 900)
        browser.open(address)
        colours = browser.run(CANVAS_COLOURS)
        checks.equal(len(colours), figures, f"{name}: figures")
        for index, number in enumerate(colours):
            checks.least(number, 20, f"{name}, {width} wide: colours of figure {index + 1}")
        wide = browser.run("return document.documentElement.scrollWidth")
        checks.true(wide <= width, f"{name}: the page is {wide} wide in a window of {width}")
    labels = browser.run("return [...document.querySelectorAll('canvas[role=img]')].map((one) => one.ariaLabel)")
    checks.true(len(labels) == figures and all(len(label) > 30 for label in labels), f"{name}: labels {labels}")
    for scheme in ("dark", "light"):
        browser.media(scheme)
        worst = browser.run(WORST_CONTRAST)
        checks.least(worst["ratio"], 4.5, f"{name}, {scheme}: contrast of {worst['text']!r}")
        checks.least(worst["seen"], 20, f"{name}, {scheme}: texts whose contrast was measured")
    said = browser.run("return document.body.innerText")
    for word in ("NaN", "undefined", "[object", "Infinity"):
        checks.true(word not in said, f"{name}: no {word} in the text")
    checks.equal(browser.run("return document.querySelectorAll('table:not(:has(caption))').length"), 0,
                 f"{name}: tables without a caption")
    checks.equal(browser.errors(), [], f"{name}: errors in the console")
    browser.size(1280, 800)


def capacity(browser, checks, result, name, status):
    """What was found first, then every value that was tried."""
    checks.equal(result["status"], status, f"{name}: what was found")
    heading = text(browser, "h1")
    checks.true(status in heading and result["scenario"] in heading, f"{name}: the heading says {heading!r}")
    checks.true(browser.run("return document.title").startswith(status), f"{name}: the title begins with it")
    checks.equal(text(browser, ".summary"), result["finding"], f"{name}: the finding")
    checks.true(result["meaning"] in text(browser, "#meaning"), f"{name}: what it means")
    tried = {trial["text"] for trial in result["trials"]}
    rows = browser.run(ROWS, "#ladder")
    checks.equal({row[0] for row in rows}, tried, f"{name}: values of the ladder")
    checks.equal(len(rows), len(tried), f"{name}: each once")
    passed = {trial["text"] for trial in result["trials"]} - {
        trial["text"] for trial in result["trials"] if not trial["passes"]}
    checks.equal({row[0] for row in rows if row[7].endswith("PASS")}, passed, f"{name}: those that pass")
    judged = {trial["text"] for trial in result["trials"] if trial["judged"]}
    said = {row[0] for row in rows if not row[7].endswith("not judged")}
    checks.equal(said, judged, f"{name}: those that were judged")
    checks.equal({row[0] for row in browser.run(ROWS, "#outcomes")}, judged, f"{name}: outcomes of those")


def of_network(browser, checks, result):
    """What a network has instead of orders."""
    heads = browser.run("return [...document.querySelectorAll('#ladder th')].map((one) => one.innerText)")
    checks.true("Served" in heads and "Offered" not in heads, f"network: columns of the ladder {heads}")
    busiest = {trial["busiest"]["station"] for trial in result["trials"]}
    checks.equal({row[-1] for row in browser.run(ROWS, "#outcomes")}, busiest, "network: the busiest stations")
    checks.true("Gives way there: till" in text(browser, ".gives"), "network: the station that gives way")


def sweep(browser, checks, result):
    """Every combination with its medians; a section for each law."""
    checks.true(result["scenario"] in text(browser, "h1"), "sweep: the heading")
    checks.equal(text(browser, ".summary"), " ".join(result["words"]), "sweep: the findings")
    rows = browser.run(ROWS, "#table")
    checks.equal(len(rows), len(result["combinations"]), "sweep: combinations")
    for row, combination in zip(rows, result["combinations"]):
        values = list(combination["values"].values())
        medians = [metric["median_text"] for metric in combination["metrics"].values()]
        checks.true(row[:len(values)] == values and set(medians) <= set(row), f"sweep: {values} has {medians} in {row}")
    checks.equal(browser.run("return document.querySelectorAll('[id^=law-]:is(section)').length"),
                 len(result["laws"]), "sweep: laws")


def points(browser, checks, result):
    """Points that were given: the law in words, and its coefficients."""
    law = result["laws"][0]
    checks.equal(law["preferred"], "usl", "points: the law that fits")
    checks.equal(text(browser, ".summary"), " ".join(law["words"]), "points: the findings")
    rows = browser.run(ROWS, "#law-0")
    checks.equal(len(rows), 5, "points: two coefficients of Amdahl's law and three of the other")
    checks.true(any("kappa" in row[0] and float(row[1]) > 0 for row in rows), f"points: kappa in {rows}")


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="double11-study-") as directory, Browser(offline=True) as browser:
        browser.media(motion="reduce")  # or it would still be scrolling
        csv = os.path.join(directory, "points.csv")
        with open(csv, "w", encoding="utf-8") as file:
            file.write(POINTS)
        for search, name, threshold, status, code in (
                (SEARCH, "found", "paid.rate.peak >= 3k/s", "FOUND", 0),
                (SEARCH, "all pass", "offered.count > 10", "ALL PASS", 0),
                (SEARCH, "none passes", "offered.count > 100M", "NONE PASSES", 3),
                (SHORT, "not judged", "offered.count > 0", "NOT JUDGED", 5)):
            address, result = make(directory, name.replace(" ", "-"), [*search, threshold], code, checks)
            page(browser, checks, address, name, 1)
            capacity(browser, checks, result, name, status)
        tills = os.path.join(directory, "tills.scenario")
        with open(tills, "w", encoding="utf-8") as file:
            json.dump(TILLS, file)
        servers = "network.stations[till].servers"
        search = ["capacity", tills, "--by", servers, "--only", "stations[till].wait.mean < 40ms"]
        address, result = make(directory, "network", search, 0, checks)
        page(browser, checks, address, "network", 1)
        capacity(browser, checks, result, "network", "FOUND")
        of_network(browser, checks, result)
        address, result = make(directory, "network-sweep", ["sweep", tills, "--vary", f"{servers}=1,2,4,8"], 0, checks)
        page(browser, checks, address, "network sweep", 4)
        sweep(browser, checks, result)
        varied = ["sweep", "smoke", "--vary", "payment.servers=10,30,100,1k", "--vary", "payment.timeout=1s,2s",
                  "--metric", "paid.rate.mean", "--metric", "outcome.expired.share", "--repeat", "2"]
        address, result = make(directory, "sweep", varied, 0, checks)
        page(browser, checks, address, "sweep", 2)
        sweep(browser, checks, result)
        address, result = make(directory, "points", ["sweep", "--fit", csv], 0, checks)
        page(browser, checks, address, "points", 1)
        points(browser, checks, result)
    checks.done()


if __name__ == "__main__":
    main()
