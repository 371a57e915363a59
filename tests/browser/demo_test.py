#!/usr/bin/python3
"""A told story as a page, from disk and without network: demo_test.py PROGRAM [SOURCE_DIRECTORY]"""

import os
import subprocess
import sys
import tempfile

from browser import Browser, Checks

PROGRAM = sys.argv[1]
STORIES = {"coordinated-omission": (0, "22 of 22"), "retry-storm": (2, "busy with orders"),
           "waiting-room": (3, "price of anarchy")}

COLOURS = """
  return [...document.querySelectorAll("canvas")].map((canvas) => {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
"""

checks = Checks()
with tempfile.TemporaryDirectory() as folder, Browser(offline=True) as browser:
    for name, (charts, words) in STORIES.items():
        page = os.path.join(folder, name + ".html")
        subprocess.run([PROGRAM, "demo", name, "--quiet", "--html", page], check=True, stdout=subprocess.DEVNULL)
        for width in (1280, 390):
            browser.size(width, 900)
            browser.open("file://" + page)
            ask = browser.driver.execute_script
            checks.equal(browser.errors(), [], f"{name}: the console has no errors")
            colours = ask(COLOURS)
            checks.equal(len(colours), charts, f"{name}: charts")
            checks.equal([count for count in colours if count < 10], [], f"{name}: charts are drawn")
            checks.equal(ask("return document.documentElement.scrollWidth <= innerWidth"), True,
                         f"{name}: nothing is wider than {width} pixels")
            checks.equal(words in ask("return document.body.textContent"), True, f"{name}: says {words}")
            checks.equal(ask("return document.querySelectorAll('section h3').length"), ask(
                "return 2 + document.querySelectorAll('figure').length"), f"{name}: has Next and Sources")
checks.done()
