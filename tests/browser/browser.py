"""A headless Chromium for the tests of pages: no network beyond this machine, a fresh profile, and checks that count.

    with Browser() as browser:
        browser.open("file:///tmp/report.html")
        checks = Checks()
        checks.equal(browser.errors(), [], "the console has no errors")
        checks.done()
"""

import base64
import shutil
import struct
import sys
import tempfile
import zlib

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --force-color-profile=srgb"
).split()


class Browser:
    """One window. Names are resolved nowhere; with offline=True the page reaches no server at all."""

    def __init__(self, width=1280, height=800, offline=False):
        self.profile = tempfile.mkdtemp(prefix="double11-browser-")
        options = Options()
        options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
        for flag in FLAGS + [f"--user-data-dir={self.profile}"]:
            options.add_argument(flag)
        options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = Service(shutil.which("chromedriver") or "chromedriver")
        try:
            self.driver = webdriver.Chrome(service=service, options=options)
        except Exception:
            shutil.rmtree(self.profile, ignore_errors=True)
            raise
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(60)
        self.size(width, height)
        if offline:
            self.command("Network.enable")
            self.command(
                "Network.emulateNetworkConditions",
                offline=True, latency=0, downloadThroughput=0, uploadThroughput=0,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def command(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def size(self, width, height):
        """The window's inner size in CSS pixels, as narrow as a phone if wanted."""
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False,
        )

    def media(self, scheme="light", motion="no-preference", medium=""):
        """What the system prefers: scheme "light" or "dark", motion "reduce"; medium "print" as on paper."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion},
        ]
        self.command("Emulation.setEmulatedMedia", media=medium, features=features)

    def frame(self):
        """Waits until the page has answered what happened so far, such as media(), and is drawn anew."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));"
        )

    def open(self, address):
        self.driver.get(address)

    def run(self, script, *arguments):
        """Runs the body of a function in the page and returns what it returns."""
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, seconds=20):
        """Runs a script again and again until it returns something true; returns that or None when time is up."""
        body = (
            "const done = arguments[arguments.length - 1]; const until = Date.now() + arguments[0];"
            f"const ask = () => {{ {script} }};"
            "const again = () => { const got = ask(); if (got) done(got);"
            " else if (Date.now() > until) done(null); else setTimeout(again, 50); }; again();"
        )
        return self.driver.execute_async_script(body, seconds * 1000)

    def keys(self, *keys):
        """Presses keys one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def errors(self):
        """Errors and warnings of the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path=None, whole=False):
        """A PNG of the window, or of the whole page; written to path if there is one."""
        parameters = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            width, height = self.run("const e = document.documentElement; return [e.clientWidth, e.scrollHeight];")
            parameters["clip"] = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        image = base64.b64decode(self.command("Page.captureScreenshot", **parameters)["data"])
        if path:
            with open(path, "wb") as file:
                file.write(image)
        return image

    def pdf(self, path=None):
        """The page as printed on A4, with backgrounds as a printer leaves them by default: off."""
        printed = self.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True)
        document = base64.b64decode(printed["data"])
        if path:
            with open(path, "wb") as file:
                file.write(document)
        return document


def different_rows(png):
    """How many different rows of bytes a PNG has: one means that nothing is on it."""
    position, data = 8, b""
    width = height = channels = 0
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position:position + 8])
        body = png[position + 8:position + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
            channels = {0: 1, 2: 3, 6: 4}[colour]
        if kind == b"IDAT":
            data += body
        position += 12 + length
    raw = zlib.decompress(data)
    line = width * channels + 1
    return len({raw[row * line:(row + 1) * line] for row in range(height)})


class Checks:
    """Counts what held; the first that does not hold ends the test with both values."""

    def __init__(self):
        self.count = 0

    def true(self, holds, what):
        if not holds:
            sys.exit(f"FAILED: {what}")
        self.count += 1

    def equal(self, found, expected, what):
        self.true(found == expected, f"{what}: found {found!r}, expected {expected!r}")

    def least(self, found, least, what):
        self.true(found >= least, f"{what}: found {found!r}, expected at least {least!r}")

    def done(self):
        print(f"{self.count} checks passed")
