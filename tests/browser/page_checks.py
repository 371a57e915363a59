"""What every page of one file is asked in a browser: that it can be read in light and dark, and has no broken words."""

import json
import os
import subprocess

from browser import different_rows

# What each text of the page has behind it: the first background up the tree that is not transparent.
WORST_CONTRAST = """
  const parse = (text) => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let worst = {ratio: 99, text: ""};
  let seen = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest("script, noscript")) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    ++seen;
    if (ratio < worst.ratio) worst = {ratio, text: element.textContent.slice(0, 60), seen};
  }
  return {...worst, seen};
"""

CANVAS_COLOURS = """
  return [...document.querySelectorAll("canvas")].map((canvas) => {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
"""


def made_by(program, directory, name, arguments, expected, checks):
    """A report and the result that it is made of."""
    html, result = os.path.join(directory, f"{name}.html"), os.path.join(directory, f"{name}.json")
    command = [program, *arguments, "--html", html, "--json", result]
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    checks.equal(code, expected, f"exit code of {' '.join(command[1:])}")
    with open(result, encoding="utf-8") as file:
        return f"file://{html}", json.load(file), os.path.getsize(html)


def readable(browser, checks, name):
    """Words are whole, headings in order, tables have captions."""
    text = browser.run("return document.body.innerText")
    for word in ("NaN", "undefined", "[object", "Infinity"):
        checks.true(word not in text, f"{name}: no {word} in the text")
    headings = browser.run("return [...document.querySelectorAll('h1, h2, h3')].map((one) => Number(one.tagName[1]))")
    checks.true(all(b - a <= 1 for a, b in zip(headings, headings[1:])), f"{name}: headings in order {headings}")
    checks.equal(browser.run("return document.querySelectorAll('table:not(:has(caption))').length"), 0,
                 f"{name}: tables without a caption")


def schemes(browser, checks, name):
    """Light and dark differ, and every text can be read in both."""
    seen = {}
    for scheme in ("light", "dark"):
        browser.media(scheme)
        browser.frame()
        background = browser.run("return getComputedStyle(document.body).backgroundColor")
        worst = browser.run(WORST_CONTRAST)
        checks.least(worst["ratio"], 4.5, f"{name}, {scheme}: contrast of {worst['text']!r}")
        checks.least(worst["seen"], 60, f"{name}, {scheme}: texts whose contrast was measured")
        seen[scheme] = (background, browser.run("return document.querySelector('canvas').toDataURL()"))
        checks.least(different_rows(browser.screenshot()), 100, f"{name}, {scheme}: different rows of the screenshot")
    checks.true(seen["light"][0] != seen["dark"][0], f"{name}: backgrounds {seen['light'][0]} and {seen['dark'][0]}")
    checks.true(seen["light"][1] != seen["dark"][1], f"{name}: figures follow light and dark")
    browser.media("light")
