"use strict";

// Puts the report together: banner, contents, sections in their order. What a result does not have
// is left out.
(() => {
  const {element, sections} = double11;
  const order = ["thresholds", "audit", "rate", "latency", "funnel", "stages", "faults", "payments", "door", "clients",
    "segments", "fairness", "hot", "logistics", "published", "replications", "scenario", "run", "text"];

  // The section in view is the current one of the contents.
  function follow(links) {
    const seen = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) seen.add(entry.target.id);
        else seen.delete(entry.target.id);
      }
      const current = [...links.keys()].find((id) => seen.has(id));
      for (const [id, link] of links) {
        if (id === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, {rootMargin: "-10% 0px -60% 0px"});
    for (const id of links.keys()) observer.observe(document.getElementById(id));
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    const links = new Map();
    document.title = `${result.verdict.status} ${result.scenario ? result.scenario.name : ""} \u2013 double11 report`;
    document.getElementById("verdict").append(...double11.banner(result).filter(Boolean));
    for (const id of order) {
      const made = sections[id](result);
      if (!made) continue;
      const heading = element("h2", {id: `${id}-title`, text: made.title});
      document.getElementById("report")
        .append(element("section", {id, "aria-labelledby": heading.id}, heading, made.content));
      links.set(id, element("a", {href: `#${id}`, text: made.title}));
    }
    document.getElementById("contents").append(element("h2", {class: "hidden-visually", text: "Contents"}),
      element("ul", null, [...links.values()].map((link) => element("li", null, link))));
    double11.parts.draw();
    follow(links);
  }

  main();
})();
