"""The pictures of README.md and docs, made anew from real sales.

    python3 pictures.py PROGRAM FOLDER
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from browser import Browser
from screen_program import Program

MINUTE = ["simulate", "double11-2017-minute"]
OUTAGE = ["simulate", "double11-2012"]


def report(program, folder, name, arguments, width=1280, height=800):
    """The first screen of a report."""
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / "report.html"
        subprocess.run([program, *arguments, "--quiet", "--html", page], check=False, stdout=subprocess.DEVNULL)
        with Browser(width, height, offline=True) as browser:
            browser.media(motion="reduce")  # or it would still be scrolling
            browser.open(page.as_uri())
            browser.screenshot(str(folder / name))
            print(folder / name)
            # The figures, each with its heading.
            browser.run("document.getElementById('rate').scrollIntoView();")
            browser.screenshot(str(folder / name.replace(".png", "-figures.png")))


def screen(program, folder, name, arguments, progress, scheme):
    """The big screen when so much of the sale is over."""
    with Program(program, *arguments, "--screen", "127.0.0.1:0", "--stay", "10min") as sale:
        with Browser(1600, 900) as browser:
            browser.media(scheme)
            browser.open(sale.url)
            bar = "return Number(document.getElementById('progress').getAttribute('aria-valuenow'));"
            if not browser.wait(f"{bar.replace(';', '')} >= {progress};", 120):
                raise SystemExit(f"the sale did not come to {progress} %")
            browser.screenshot(str(folder / name))
            print(folder / name)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    report(program, folder, "report-missed.png", [*MINUTE, "--set", "payment.servers=20k"])
    screen(program, folder, "screen.png", [*MINUTE, "--speed", "6"], 80, "dark")
    screen(program, folder, "screen-outage.png", [*OUTAGE, "--speed", "20"], 55, "light")


if __name__ == "__main__":
    main()
