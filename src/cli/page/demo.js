"use strict";

// Told stories: each a question, its answer, and the parts in the order in which they were told.
(() => {
  const {element} = double11;
  const {bar, draw, figure, linked, section, table} = double11.parts;
  const format = {per_second: double11.rate, people: double11.count, nanoseconds: double11.duration};
  const colours = ["step-reserved", "step-paid", "step-dispatched"];

  // "coordinated-omission" -> "Coordinated omission".
  function titleOf(name) {
    const words = name.replace(/-/g, " ");
    return words[0].toUpperCase() + words.slice(1);
  }

  function barsOf({caption, bars}) {
    const most = Math.max(0, ...bars.map(({value}) => value));
    return table(caption, ["", "#Value", ""],
      bars.map(({label, value, text}) => [label, text, bar(most > 0 ? value / most : 0, "step-reserved")]));
  }

  function timelineOf(part, index) {
    const show = format[part.unit];
    const middle = (row) => (row + 0.5) * part.spacing_ns;
    const most = part.values.reduce((high, value) => Math.max(high, value), 0);
    return figure({title: part.caption, finding: `At most ${show(most)}.`, columns: ["Time", `#${part.label}`],
      rows: part.values.map((value, row) => [double11.clock(row * part.spacing_ns), show(value)])},
    {series: [{label: part.label, colour: colours[index % colours.length], fill: true,
      points: part.values.map((value, row) => [middle(row), value])}],
    x: {kind: "time", max: part.values.length * part.spacing_ns},
    y: {format: show}, lines: part.mark > 0 ? [{y: part.mark, label: part.mark_label}] : []});
  }

  function partOf(part, index) {
    if (part.kind === "text") return element("p", null, linked(part.text));
    if (part.kind === "table") return table(part.caption, part.titles, part.rows, true);
    return part.kind === "bars" ? barsOf(part) : timelineOf(part, index);
  }

  function sectionOf(story) {
    let figures = 0;
    const parts = story.parts.map((part) => partOf(part, part.kind === "timeline" ? figures++ : 0));
    const list = (items) => element("ul", null, items.map((item) => element("li", null, item)));
    return section(story.name, `${titleOf(story.name)}: ${story.question}`,
      story.interrupted ? element("p", {class: "lead", text: "Interrupted: this is not the whole story."}) : null,
      story.answer ? element("p", {class: "summary", "data-status": "PASS", text: story.answer}) : null, parts,
      story.next.length > 0 ? [element("h3", {text: "Next"}),
        list(story.next.map(({command, why}) => [element("code", {text: command}), ` ${why}`]))] : null,
      story.sources.length > 0 ? [element("h3", {text: "Sources"}),
        list(story.sources.map((source) => linked(source)))] : null);
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    const names = result.demos.map(({name}) => titleOf(name));
    const title = names.length === 1 ? names[0] : "Told stories";
    document.title = `${title} \u2013 double11 demo`;
    document.getElementById("verdict").append(
      element("p", {class: "kind"}, "double11 demo", element("span", {text: `double11 ${result.version}`})),
      element("h1", {text: title}));
    if (names.length > 1) {
      document.getElementById("verdict").append(element("nav", {"aria-label": "Stories"},
        element("ul", null, result.demos.map(({name}) => element("li", null,
          element("a", {href: `#${name}`, text: titleOf(name)}))))));
    }
    document.getElementById("report").append(...result.demos.map(sectionOf));
    draw();
  }

  main();
})();
