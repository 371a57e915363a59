"use strict";

// double11.contents: the sections of a long page in their order, and beside them what they are.
(() => {
  const {element} = double11;

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

  // made: [id, {title, content}], or nothing instead of the latter where the result has nothing of it.
  double11.contents = (made) => {
    const main = document.getElementById("report");
    const links = new Map();
    for (const [id, section] of made) {
      if (!section) continue;
      main.append(double11.parts.section(id, section.title, section.content));
      links.set(id, element("a", {href: `#${id}`, text: section.title}));
    }
    const columns = element("div", {class: "columns"});
    main.replaceWith(columns);
    columns.append(element("nav", {id: "contents", "aria-label": "Contents"},
      element("h2", {class: "hidden-visually", text: "Contents"}),
      element("ul", null, [...links.values()].map((link) => element("li", null, link)))), main);
    double11.parts.draw();
    follow(links);
  };
})();
