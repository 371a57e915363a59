"use strict";

// Light or dark: as the viewer's system prefers, unless the button or the address says so (/#dark): a
// screen on a wall often runs in a browser that nobody has told anything.
(() => {
  const {at} = double11.screen;
  const prefers = matchMedia("(prefers-color-scheme: dark)");

  // The rule of the shared style that holds the dark colours.
  function darkRule() {
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (rule.media && rule.media.mediaText.includes("prefers-color-scheme: dark")) return rule;
      }
    }
    return null;
  }

  const rule = darkRule();
  const usual = rule ? rule.media.mediaText : "";
  const chosen = () => /^#(dark|light)$/.test(location.hash) ? location.hash.slice(1) : "";
  const shown = () => chosen() || (prefers.matches ? "dark" : "light");

  function label() {
    const other = shown() === "dark" ? "light" : "dark";
    at("theme").textContent = other === "light" ? "Light" : "Dark";
    at("theme").setAttribute("aria-label", `Switch to ${other} colours`);
  }

  function apply() {
    if (rule) rule.media.mediaText = chosen() === "dark" ? "screen" : usual;
    if (chosen() === "light") document.documentElement.dataset.theme = "light";
    else delete document.documentElement.dataset.theme;
    label();
    document.dispatchEvent(new Event("theme"));
  }

  at("theme").addEventListener("click", () => {
    history.replaceState(null, "", shown() === "dark" ? "#light" : "#dark");
    apply();
  });
  addEventListener("hashchange", apply);
  prefers.addEventListener("change", label);
  apply();
})();
