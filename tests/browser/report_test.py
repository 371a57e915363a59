#!/usr/bin/python3
"""Reports in a real browser, from disk and without network: report_test.py PROGRAM [SOURCE_DIRECTORY]"""

import functools
import os
import sys
import tempfile

from selenium.webdriver.common.keys import Keys

from browser import Browser, Checks
from page_checks import CANVAS_COLOURS, WORST_CONTRAST, made_by, readable, schemes

make = functools.partial(made_by, sys.argv[1])
HOSTILE = "</script><img src=x onerror=alert(1)><b>bold</b>"

FORMATS = {
    "double11.count(17809344)": "17,809,344",
    "double11.count(null)": "\u2013",
    "double11.short(17809344)": "17.8M",
    "double11.short(999950)": "1M",
    "double11.rate(325000)": "325k/s",
    "double11.rate(6211000)": "6.21M/s",
    "double11.rate(46.68)": "46.7/s",
    "double11.rate(NaN)": "\u2013",
    "double11.duration(0)": "0",
    "double11.duration(43500)": "43.5 \u00b5s",
    "double11.duration(72.4e6)": "72.4 ms",
    "double11.duration(1.2e9)": "1.2 s",
    "double11.duration(59.97e9)": "1 min",
    "double11.duration(7500e9)": "2 h 5 min",
    "double11.clock(26e9)": "0:26",
    "double11.clock(0.5e9, 1)": "0:00.5",
    "double11.clock(47100e9)": "13:05:00",
    "double11.clock(93600e9)": "1 d 02:00:00",
    "double11.money(494)": "\u00a54.94",
    "double11.money(123e9)": "\u00a51.23bn",
    "double11.percent(0.03)": "3.00%",
    "double11.percent(0.00001)": "<0.01%",
    "double11.words.quantity('325k/s')": 325000,
    "double11.words.quantity('400ms')": 400e6,
    "double11.words.quantity('30%')": 0.3,
    "double11.words.quantity('anything')": None,
    "double11.words.setting('payment.servers=27k')": "--set payment.servers=27k",
    "double11.words.setting(\"a=[{'b'}]\")": "--set 'a=[{'\\''b'\\''}]'",
}


def first_screen(browser, checks, result, name):
    """The verdict is seen without scrolling, on a desk and on a phone, and says what the result says."""
    status = result["verdict"]["status"]
    for width, height in ((1280, 800), (360, 740)):
        browser.size(width, height)
        bottom = browser.run("return document.querySelector('.summary').getBoundingClientRect().bottom")
        checks.true(0 < bottom < height, f"{name}: the verdict's sentence ends at {bottom} of {height} at {width} wide")
        text = browser.run("return document.querySelector('h1').innerText")
        checks.true(status in text and result["scenario"]["name"] in text, f"{name}: the heading says {text!r}")
        fits = browser.wait(f"return document.documentElement.scrollWidth <= {width}")
        checks.true(fits, f"{name}: the page is no wider than its window of {width} once its figures follow")
    browser.size(1280, 800)
    summary = browser.run("return document.querySelector('.summary').innerText")
    for check in result["verdict"]["checks"]:
        if status == "MISSED" and not check["holds"]:
            checks.true(check["measured_text"] in summary, f"{name}: {summary!r} has {check['expression']}'s measure")
    checks.true(browser.run("return document.querySelector('.gives').innerText").startswith(
        f"First to give way: {result['bottleneck']['blamed']}"), f"{name}: the banner names what gives way first")
    checks.true(browser.run("return document.title").startswith(status), f"{name}: the title begins with the verdict")


def audit(browser, checks, result, name):
    laws = result["audit"]["laws"]
    broken = sum(1 for law in laws if law["violations"] > 0)
    found = browser.run("return document.getElementById('audit-count').innerText")
    checks.equal(found, f"{broken} of {len(laws)} laws broken", f"{name}: the audit's count")
    rows = browser.run("return [...document.querySelectorAll('#audit tbody tr')].map((row) => [row.cells[0].innerText, "
                       "row.cells[1].innerText])")
    said = [[law["name"], "broken" if law["violations"] > 0 else "holds"] for law in laws]
    checks.equal(rows, said, f"{name}: the audit's laws")


def figures(browser, checks, name):
    """Each figure that the data has is there, drawn, labelled, and beside a table."""
    data = browser.run("return JSON.parse(document.getElementById('result').textContent)")
    expected = 2 + sum(1 for key in ("latency_over_time", "timeline") if data.get(key))
    busy = data.get("timeline", {})
    expected += 1 if busy.get("busy_share") or any(busy.get("servers", [])) else 0
    colours = browser.run(CANVAS_COLOURS)
    checks.equal(len(colours), expected, f"{name}: figures")
    for index, number in enumerate(colours):
        checks.least(number, 20, f"{name}: colours of figure {index + 1}")
    labels = browser.run("return [...document.querySelectorAll('canvas[role=img]')].map((one) => one.ariaLabel)")
    checks.equal(len(labels), expected, f"{name}: figures that say what they show")
    checks.true(all(len(label) > 30 for label in labels), f"{name}: labels of figures {labels}")
    tables = browser.run("return [...document.querySelectorAll('figure details tbody')].map((one) => one.rows.length)")
    checks.true(len(tables) == expected and all(rows > 0 for rows in tables), f"{name}: tables of figures {tables}")
    readable(browser, checks, name)


def hot(browser, checks, result, name):
    """The most sold SKUs: their units, what is left of them, and whether a buyer came too late."""
    rows = browser.run("return [...document.querySelectorAll('#hot tbody tr')]"
                       ".map((row) => [0, 1, 3, 4].map((index) => row.cells[index].innerText.trim()))")
    said = [[f"{one['sku']:,}", f"{one['units']:,}", f"{one['left']:,}", "somebody" if one["refused"] else "nobody"]
            for one in result["hot"]]
    checks.least(len(said), 1, f"{name}: hot SKUs")
    checks.equal(rows, said, f"{name}: the hot SKUs")


def keyboard(browser, checks, address):
    """All is reached by Tab: the way past the contents, the contents, details, lines of a figure."""
    browser.open(address)
    active = "const one = document.activeElement; return [one.tagName, one.className, one.getAttribute('href')]"
    browser.keys(Keys.TAB)
    checks.equal(browser.run(active)[1], "skip", "the first Tab is the way past the contents")
    browser.keys(Keys.TAB)
    checks.equal(browser.run(active)[::2], ["A", "#thresholds"], "the second Tab is the first of the contents")
    browser.keys(Keys.TAB)
    outline = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
    checks.equal(outline, "solid", "the focus is seen")
    browser.keys(Keys.ENTER)
    checks.equal(browser.run("return location.hash"), "#audit", "Enter follows a link of the contents")
    for _ in range(60):
        browser.keys(Keys.TAB)
        if browser.run(active)[0] == "BUTTON":
            break
    browser.keys(Keys.SPACE)
    checks.equal(browser.run("return document.activeElement.getAttribute('aria-pressed')"), "false",
                 "Space on the name of a line hides it")
    for _ in range(60):
        if browser.run(active)[0] == "SUMMARY":
            break
        browser.keys(Keys.TAB)
    browser.keys(Keys.ENTER)
    checks.true(browser.run("return document.activeElement.parentElement.open"), "Enter opens details")


def keys_of_scenario(browser, checks):
    browser.run("document.querySelector('#scenario details').open = true; document.getElementById('filter').focus();")
    browser.keys("payment.servers")
    rows = browser.run("return [...document.querySelectorAll('#scenario tbody tr:not([hidden])')]"
                       ".map((row) => row.innerText)")
    checks.true(len(rows) == 1 and rows[0].split() == ["payment.servers", "2000"], f"the filter of keys leaves {rows}")


def regressed_by_verdict(browser, checks, directory, before):
    """No figure is worse, but what passed does not any more: the pages say that it is the verdict."""
    missed = ["--set", 'thresholds=["paid.rate.peak >= 900M/s"]']
    simulated = ["simulate", "smoke", "--replications", "3", *missed]
    held, result, _ = make(directory, "verdict", [*simulated, "--baseline", before, "--any-scenario"], 3, checks)
    after = os.path.join(directory, "verdict.json")
    compared, comparison, _ = make(directory, "by-verdict", ["compare", before, after, "--any-scenario"], 6, checks)
    checks.equal([figure["name"] for figure in comparison["figures"] if figure["change"] == "worse"], [],
                 "figures that are worse")
    for name, address, selector, found in (("comparison", compared, ".summary", comparison),
                                           ("result", held, "#against", result["baseline"])):
        browser.open(address)
        checks.true(found["regressed"], f"the {name} regressed")
        said, status = browser.run("const one = document.querySelector(arguments[0]);"
                                   "return [one.innerText, one.dataset.status]", selector)
        checks.true(f"None of {len(found['figures'])} figures changed" in said
                    and "Verdict PASS before, MISSED after." in said, f"regressed by verdict, the {name} says {said!r}")
        checks.equal(status, "MISSED", f"regressed by verdict, how the {name} shows it")
        checks.equal(browser.errors(), [], f"regressed by verdict, the {name}: errors in the console")
    checks.true(said.startswith("Regressed against "), f"regressed by verdict, the result says {said!r}")
    browser.open(compared)
    heading = browser.run("return document.querySelector('h1').innerText")
    checks.true("REGRESSED" in heading and "NO REGRESSION" not in heading, f"by verdict: the heading says {heading!r}")


def print_keeps_together(browser, checks, address):
    """Nothing that announces what follows is left at the end of a sheet."""
    browser.media(medium="print")
    browser.open(address)
    left = browser.run("return [...document.querySelectorAll('h2, h3, figcaption, caption, thead, .lead')]"
                       ".filter((one) => getComputedStyle(one).breakAfter !== 'avoid').map((one) => one.outerHTML)")
    checks.equal(left, [], "headings that may be the last on a sheet")
    first = browser.run("return [...document.querySelectorAll('tbody tr:first-child')]"
                        ".filter((one) => getComputedStyle(one).breakBefore !== 'avoid').length")
    checks.equal(first, 0, "heads of tables that may be without rows")
    short = browser.run("return [...document.querySelectorAll('#funnel .table')]"
                        ".map((one) => getComputedStyle(one).breakInside)")
    checks.true(short and set(short) == {"avoid"}, f"short tables on one sheet: {short}")
    browser.media()


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="double11-report-") as directory, Browser(offline=True) as browser:
        runs = {
            "pass": make(directory, "pass", ["run", "smoke"], 0, checks),
            "missed": make(directory, "missed", ["run", "smoke", "--set", "target.rate=900M/s"], 3, checks),
            "violated": make(directory, "violated", ["run", "smoke", "--canary", "lost_order"], 4, checks),
            "simulated": make(directory, "simulated", ["simulate", "retry-storm"], 0, checks),
            "replicated": make(directory, "replicated", ["simulate", "smoke", "--replications", "3"], 0, checks),
        }
        for name, (address, result, size) in runs.items():
            browser.open(address)
            first_screen(browser, checks, result, name)
            audit(browser, checks, result, name)
            figures(browser, checks, name)
            hot(browser, checks, result, name)
            schemes(browser, checks, name)
            checks.true(size < 1_000_000, f"{name}: {size} bytes")
            loaded = browser.run("return performance.getEntriesByType('resource').length")
            checks.equal(loaded, 0, f"{name}: things loaded")
            checks.equal(browser.errors(), [], f"{name}: errors in the console")
        for expression, expected in FORMATS.items():
            checks.equal(browser.run(f"return {expression}"), expected, expression)
        keyboard(browser, checks, runs["pass"][0])
        keys_of_scenario(browser, checks)
        print_keeps_together(browser, checks, runs["pass"][0])
        checks.true(browser.pdf().startswith(b"%PDF"), "the report prints")
        theme = browser.run("return document.documentElement.dataset.theme || ''")
        checks.equal(theme, "", "paper's colours end with printing")

        hostile, _, _ = make(directory, "hostile", ["run", "smoke", "--set", f"title={HOSTILE}"], 0, checks)
        browser.open(hostile)
        checks.equal(browser.run("return document.querySelectorAll('img, b').length"), 0, "a title makes no elements")
        title = browser.run("return document.querySelector('.title').textContent")
        checks.equal(title, HOSTILE, "a title is shown as it is")

        slower = ["--set", "payment.latency.p50=80ms", "--set", "payment.latency.p99=400ms"]
        make(directory, "after", ["simulate", "smoke", "--replications", "3", *slower], 0, checks)
        files = [os.path.join(directory, f"{name}.json") for name in ("replicated", "after")]
        compared, result, _ = make(directory, "compared", ["compare", *files, "--any-scenario"], 6, checks)
        browser.open(compared)
        heading = browser.run("return document.querySelector('h1').innerText")
        checks.true("REGRESSED" in heading, f"the comparison's heading says {heading!r}")
        rows = browser.run("return document.querySelectorAll('#figures tbody tr').length")
        checks.equal(rows, len(result["figures"]), "the comparison's figures")
        worse = browser.run("return [...document.querySelectorAll('#figures .mark')]"
                            ".filter((one) => one.innerText === 'WORSE').length")
        checks.equal(worse, sum(figure["change"] == "worse" for figure in result["figures"]), "figures that are worse")
        checks.least(browser.run(WORST_CONTRAST)["ratio"], 4.5, "contrast of the comparison")
        regressed_by_verdict(browser, checks, directory, files[0])

        held = ["simulate", "smoke", "--replications", "3", *slower, "--baseline", files[0], "--any-scenario"]
        address, result, _ = make(directory, "held", held, 6, checks)
        browser.open(address)
        checks.true(browser.run("return document.title").startswith("PASS, regressed: "), "the tab says regressed")
        said = browser.run("return document.getElementById('against').innerText")
        checks.true(said.startswith(f"Regressed against {files[0]}: "), f"the first screen says {said!r}")
        rows = browser.run("return document.querySelectorAll('#baseline tbody tr').length")
        checks.equal(rows, len(result["baseline"]["figures"]), "figures against the baseline")
        checks.least(browser.run(WORST_CONTRAST)["ratio"], 4.5, "contrast of a result with its baseline")
        checks.equal(browser.errors(), [], "errors in the console")
    checks.done()


if __name__ == "__main__":
    main()
