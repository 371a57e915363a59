"""The big screen in a real browser, and what the same server tells machines: metrics and the result.

    python3 screen_test.py PROGRAM SOURCE_FOLDER
"""

import json
import sys
from pathlib import Path

from selenium.webdriver.common.keys import Keys

import prometheus
import raw_http
from browser import Browser, Checks, different_rows
from screen_program import Program

# Twenty seconds of a sale in about ten; the page stays long enough for everything that is asked at the end.
SALE = ["simulate", "smoke", "--set", "duration=20s", "--speed", "2", "--screen", "127.0.0.1:0", "--stay", "10min"]
# A sale that would take hours, to be cut off.
LONG = ["simulate", "smoke", "--set", "duration=2h", "--speed", "1", "--stay", "10min", "--screen"]

NUMBER = "const number = (id) => Number(document.getElementById(id).textContent.replace(/[^0-9]/g, ''));"
ENDED = "return document.body.dataset.state === 'ended';"
POINTS = "return Number(document.getElementById('rate-chart').dataset.points || 0);"
# Pixels of a canvas that are not empty.
INK = """return [...document.querySelectorAll('canvas')].map((canvas) => {
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let ink = 0;
  for (let i = 3; i < data.length; i += 4) ink += data[i] > 0;
  return ink;
});"""
FOCUS = """const focused = document.activeElement;
if (!focused || focused === document.body) return null;
const style = getComputedStyle(focused);
return {name: focused.getAttribute('aria-label') || focused.textContent, tag: focused.tagName,
  visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};"""
FITS = """const page = document.documentElement;
return [page.scrollWidth <= innerWidth, page.scrollHeight <= innerHeight];"""

# Canvases that reach out of their panels, or leave much of their place empty.
MISFITS = """return [...document.querySelectorAll('canvas')].filter((canvas) => {
  const own = canvas.getBoundingClientRect();
  const panel = canvas.closest('.panel').getBoundingClientRect();
  const place = canvas.parentElement.getBoundingClientRect();
  const inside = own.left >= panel.left && own.right <= panel.right + 0.5 && own.top >= panel.top &&
    own.bottom <= panel.bottom + 0.5;
  return !inside || own.width < 0.9 * place.width || own.height < 0.9 * place.height;
}).map((canvas) => canvas.id);"""


def text(browser, name):
    return browser.run("return document.getElementById(arguments[0]).textContent;", name)


def running(browser, program, checks):
    """While the sale goes on: counters move, and a viewer who comes late sees what came before."""
    browser.open(program.url)
    checks.true(browser.wait("return document.body.dataset.state === 'running';"), "the page shows a running sale")
    checks.true("tiny sale" in text(browser, "title"), "the title of the scenario is shown")
    for counter in ("turnover", "dispatched"):
        before = browser.wait(f"{NUMBER} return number('{counter}');")
        checks.true(before, f"{counter} counts")
        checks.true(browser.wait(f"{NUMBER} return number('{counter}') > {before};"), f"{counter} moves")
    checks.true(browser.wait("return /\\d/.test(document.getElementById('rate-now').textContent);"), "a rate is shown")
    shown = browser.run(f"{NUMBER} return number('turnover');")
    status, _, body = raw_http.get(program.port, "/api/result")
    going_on = json.loads(body)
    checks.equal((status, going_on["status"]), (200, "RUNNING"), "/api/result while it runs")
    checks.true(shown <= going_on["tick"]["turnover_fen"] // 100, "no more turnover is shown than there was")
    prometheus.parse(raw_http.get(program.port, "/metrics")[2].decode())
    checks.equal(text(browser, "audit-text"), "0 broken so far", "the audit's lamp")
    checks.true(browser.wait(f"return (() => {{ {POINTS} }})() > 5;"), "the chart grows")
    resized(browser, checks, "while it runs")

    first = browser.driver.current_window_handle
    points = browser.run(POINTS)
    browser.driver.switch_to.new_window("window")
    browser.open(program.url)
    seen = browser.wait(f"return (() => {{ {POINTS} }})() >= {points} - 2;")
    checks.true(seen, "a late viewer sees the history")
    checks.equal(browser.run("return document.body.dataset.state;"), "running", "both look on while it runs")
    return first, browser.driver.current_window_handle


def resized(browser, checks, moment):
    """Charts follow the window down and up again."""
    for width, height in ((1920, 1080), (1280, 720), (1920, 1080), (1280, 720)):
        browser.size(width, height)
        fit = browser.wait(f"return (() => {{ {MISFITS} }})().length === 0;")
        checks.true(fit, f"{moment}, {width} by {height}: charts in their panels, not {browser.run(MISFITS)}")


def ended(browser, windows, checks):
    """The verdict, in both windows; the page fits a wall, and a phone needs to scroll in one direction only."""
    for window in windows:
        browser.driver.switch_to.window(window)
        checks.true(browser.wait(ENDED, 90), "the sale ends")
        checks.equal(text(browser, "word"), "PASS", "the verdict")
        laws = text(browser, "audit-text")
        checks.true(laws.startswith("0 of ") and laws.endswith(" laws broken"), f"the audit: {laws}")
        checks.equal(browser.run("return document.getElementById('audit').dataset.lamp;"), "good", "the lamp is green")
        checks.true("Verdict: PASS" in text(browser, "announce"), "the verdict is read out")
        checks.true(browser.run("return document.getElementById('lost').hidden;"), "the end is no lost connection")
        for width, height in ((1920, 1080), (1280, 720)):
            browser.size(width, height)
            fits = browser.wait(f"return (() => {{ {FITS} }})().every((one) => one);")
            checks.true(fits, f"one view at {width} by {height}")
        resized(browser, checks, "after the end")
        checks.true(all(ink > 1000 for ink in browser.run(INK)), "the charts are drawn")
        checks.least(different_rows(browser.screenshot()), 200, "something is on the screen")
        browser.size(360, 800)
        fits = browser.wait(f"return (() => {{ {FITS} }})()[0];")
        checks.true(fits, "no scrolling sideways on a phone")
        browser.size(1280, 720)
        checks.equal(browser.errors(), [], "the console has no errors")
    loaded = browser.run("return performance.getEntriesByType('resource').map((one) => one.name);")
    checks.least(len(loaded), 3, "what the page loads")
    here = browser.run("return location.origin + '/';")
    checks.equal([name for name in loaded if not name.startswith(here)], [], "everything comes from this server")


def keyboard(browser, checks):
    """Everything that can be used is reached by Tab and seen to be; tables open and close."""
    browser.run("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');")
    seen = []
    for _ in range(40):
        browser.keys(Keys.TAB)
        focused = browser.run(FOCUS)
        if not focused:
            break
        checks.true(focused["visible"], f"the focus is visible on {focused['name']}")
        seen.append(focused["name"])
        if focused["tag"] == "SUMMARY":
            browser.keys(Keys.ENTER)
            rows = browser.wait("return document.querySelectorAll('details[open] tbody tr').length;")
            checks.least(rows or 0, 3, "a table opens")
            browser.keys(Keys.ESCAPE)
            checks.true(browser.wait("return !document.querySelector('details[open]');"), "and closes")
    checks.least(len(seen), 6, "what Tab reaches")
    before = browser.run("return getComputedStyle(document.body).backgroundColor;")
    browser.run("document.getElementById('theme').focus();")
    browser.keys(Keys.ENTER)
    changed = browser.wait(f"return getComputedStyle(document.body).backgroundColor !== '{before}';")
    checks.true(changed, "the colours change")


def machines(port, browser, checks):
    """/api/result and /metrics say the same, and the page shows it."""
    status, fields, body = raw_http.get(port, "/api/result")
    checks.equal((status, fields.get("content-type", "").split(";")[0]), (200, "application/json"), "/api/result")
    result = json.loads(body)
    checks.equal(result["verdict"]["status"], "PASS", "the verdict of /api/result")
    status, fields, body = raw_http.get(port, "/metrics")
    checks.equal((status, fields.get("content-type", "").split(";")[0]), (200, "text/plain"), "/metrics")
    samples = prometheus.parse(body.decode())
    checks.least(len(samples), 20, "samples")
    for step, told in result["funnel"].items():
        checks.equal(prometheus.value(samples, "double11_orders_total", step=step), told["count"], f"orders {step}")
    for outcome, orders in result["outcomes"].items():
        checks.equal(prometheus.value(samples, "double11_outcomes_total", outcome=outcome), orders, f"orders {outcome}")
    checks.true(prometheus.buckets_rise(samples, "double11_order_latency_seconds"), "the histogram is cumulative")
    checks.equal(prometheus.value(samples, "double11_verdict", status="PASS"), 1, "the verdict as a metric")
    dispatched = result["funnel"]["dispatched"]["count"]
    same = browser.wait(f"{NUMBER} return number('dispatched') === {dispatched};")
    checks.true(same, "the page shows all that were dispatched")
    yuan = result["money_fen"]["turnover"] // 100
    checks.true(browser.wait(f"{NUMBER} return number('turnover') === {yuan};"), "and the whole turnover")


def hostile(port, source, checks):
    """What nobody should ask is refused, and nobody else notices."""
    page = (Path(source) / "src/screen/page/screen.html").read_bytes()
    for path in ("/nothing", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
                 "//etc/passwd", "/screen.css/../../etc/passwd", "/api/", "/api/result/x", "/SCREEN.JS"):
        status, _, body = raw_http.get(port, path)
        checks.true(400 <= status < 500 and b"root:" not in body, f"{path} is refused: {status}")
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        for path in ("/", "/api/result", "/metrics", "/api/events"):
            status, _, _ = raw_http.get(port, path, method)
            checks.true(400 <= status < 500, f"{method} {path} is refused: {status}")
    for what, request in {
        "a field of 64 KiB": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 65536 + b"\r\n\r\n",
        "ten thousand fields": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: x\r\n" * 10000 + b"\r\n",
        "a target of 64 KiB": b"GET /" + b"x" * 65536 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "a body of a megabyte":
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1048576\r\n\r\n" + b"x" * 1048576,
        "a body that says it is huge": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n",
        "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        "another host's name": b"GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n",
    }.items():
        status, _, _ = raw_http.ask(port, request)
        # One that hangs up on a client that still writes may not get its answer through.
        checks.true(status == 0 or 400 <= status < 500, f"{what} is refused: {status}")
    waiting = [raw_http.connect(port) for _ in range(100)]
    for client in waiting:
        client.close()
    status, fields, body = raw_http.get(port, "/")
    checks.equal((status, body), (200, page), "after all that the page is served as it is in the source")
    policy = fields.get("content-security-policy", "")
    checks.true("default-src 'none'" in policy and "unsafe" not in policy, "the page may load nothing from elsewhere")


def broken_off(browser, program, checks):
    """When the program dies the page says so, and goes on when there is a program again."""
    browser.media("light", motion="reduce")
    with Program(program, *LONG, "127.0.0.1:0") as first:
        browser.open(first.url)
        checks.true(browser.wait("return document.body.dataset.state === 'running';"), "a second sale runs")
        moving = "return getComputedStyle(document.querySelector('.stream')).animationName;"
        checks.equal(browser.run(moving), "none", "nothing moves for who does not want it")
        checks.true(browser.run("return document.getElementById('lost').hidden;"), "the connection stands")
        first.kill()
        checks.true(browser.wait("return !document.getElementById('lost').hidden;"), "a lost connection is told")
        browser.errors()  # that nobody is there is in the console
    with Program(program, *LONG, f"127.0.0.1:{first.port}") as second:
        checks.true(browser.wait("return document.getElementById('lost').hidden;", 30), "and it is found again")
        checks.equal(second.interrupt(), 130, "Ctrl-C ends a sale")
    checks.true(browser.wait(ENDED), "a sale that was interrupted has ended")
    checks.equal(text(browser, "word"), "INTERRUPTED", "and says so")


def main():
    program, source = sys.argv[1:3]
    checks = Checks()
    with Browser(1280, 720) as browser, Program(program, *SALE) as sale:
        browser.media("dark")
        # It wants to hear everything and reads nothing.
        slow = raw_http.connect(sale.port, receive_buffer=1024)
        slow.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{sale.port}\r\n\r\n".encode())
        windows = running(browser, sale, checks)
        ended(browser, windows, checks)
        slow.close()
        keyboard(browser, checks)
        machines(sale.port, browser, checks)
        hostile(sale.port, source, checks)
        browser.open(sale.url)
        checks.true(browser.wait(ENDED), "who comes after the end sees the end")
        checks.equal(text(browser, "word"), "PASS", "with its verdict")
        checks.equal(sale.interrupt(), 0, "Ctrl-C ends the stay, and a PASS exits 0")
        broken_off(browser, program, checks)
    checks.done()


if __name__ == "__main__":
    main()
