"use strict";

// What sections are made of: figures with their table, lists of facts, bars, notes. Each section is a
// function in double11.sections that makes {title, content} of a result, or nothing.
double11.sections = {};
double11.parts = (() => {
  const {element, sign} = double11;
  const waiting = [];

  // A table whose columns are named by their titles; one that begins with # holds numbers.
  const number = (title) => `#${title}`;

  function table(caption, titles, rows, stacked) {
    return double11.table(caption, titles.map((title) => title.startsWith("#") ? {title: title.slice(1), align: "right"}
      : {title}), rows, stacked);
  }

  // "paid" after "paid": steps with the same values are one line with both names.
  function merged(series) {
    const kept = [];
    for (const one of series) {
      const same = kept.find((other) => JSON.stringify(other.points) === JSON.stringify(one.points));
      if (same) same.label += `, ${one.label}`;
      else kept.push({...one});
    }
    return kept;
  }

  // A chart with its finding as a sentence, and the same as a table. Charts need a size, so they are
  // drawn by draw() once the page is in place.
  function figure({title, finding, note, columns, rows, caption}, spec) {
    const canvas = element("canvas", {role: "img", "aria-label": `${title}. ${finding}`});
    const made = element("figure", null,
      element("figcaption", null, element("h3", {text: title}), element("p", {text: finding})),
      element("div", {class: "chart"}, canvas), note ? element("p", {class: "note", text: note}) : null,
      element("details", {class: "as-table"}, element("summary", {text: "As a table"}),
        table(caption || title, columns, rows)));
    waiting.push(() => canvas.parentNode.before(double11.lineChart(canvas, spec).legend));
    return made;
  }

  function draw() {
    for (const one of waiting.splice(0)) one();
  }

  // At most 48 rows: each the greatest of those that it stands for.
  function condensed(xs, columns) {
    const every = Math.max(1, Math.ceil(xs.length / 48));
    const rows = [];
    for (let from = 0; from < xs.length; from += every) {
      rows.push([xs[from], ...columns.map((column) => {
        const part = column.slice(from, from + every).filter((value) => typeof value === "number");
        return part.length > 0 ? Math.max(...part) : null;
      })]);
    }
    return {rows, every};
  }

  function facts(pairs) {
    return element("dl", {class: "facts"}, pairs.filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => element("div", null, element("dt", {text: name}), element("dd", null, value))));
  }

  // A bar of a share 0..1 with a colour's name.
  function bar(share, colour) {
    const inner = element("span", {class: "bar-inner"});
    inner.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
    inner.style.background = `var(--${colour})`;
    return element("span", {class: "bar", "aria-hidden": "true"}, inner);
  }

  function section(id, title, ...content) {
    const heading = element("h2", {id: `${id}-title`, text: title});
    return element("section", {id, "aria-labelledby": heading.id}, heading, content);
  }

  // A word with the shape of its status before it.
  const mark = (status, said) => element("span", {class: "mark", "data-status": status}, sign(status), said);

  // A main figure of the first screen, in a list of class "tiles".
  function tile(title, value, below, status) {
    return element("div", {class: "tile", "data-status": status},
      element("dt", null, status ? sign(status) : null, title),
      element("dd", null, element("strong", {text: value}), element("span", {text: below})));
  }

  // What the page is of, after the word of its verdict.
  function headline(status, word, name) {
    return element("h1", null, element("span", {class: "status", "data-status": status}, sign(status), word), " ",
      element("span", {class: "name", text: name}));
  }

  const note = (text) => element("p", {class: "note", text});

  function hostOf(address) {
    try {
      return new URL(address).hostname.replace(/^www\./, "");
    } catch (error) {
      return address;
    }
  }

  // Text with the addresses in it as links, whole or by their host; nothing but http and https becomes one.
  function linked(text, byHost = false) {
    return String(text).split(/(https?:\/\/[^\s]+)/).map((part, index) => {
      if (index % 2 === 0) return part;
      const end = /[),.;]*$/.exec(part)[0];
      const address = part.slice(0, part.length - end.length);
      return [element("a", {href: address, rel: "noreferrer noopener", title: byHost ? address : null,
        text: byHost ? hostOf(address) : address}), end];
    });
  }

  // Milliseconds for what a pipeline does, seconds where the longest is above two minutes.
  function unitOf(longest_ns) {
    const seconds = longest_ns > 120e9;
    const size = seconds ? 1e9 : 1e6;
    const digits = (value) => value === 0 ? "0" : double11.count(Number((value / size).toFixed(
      value / size < 1 ? 3 : value / size < 10 ? 2 : value / size < 100 ? 1 : 0)));
    return {name: seconds ? "s" : "ms", text: (ns) => typeof ns === "number" ? digits(ns) : double11.nothing};
  }

  // Points of a histogram on the percentile axis: from each cell the share of orders up to it.
  function distribution(cells, most) {
    const all = cells.reduce((sum, [, count]) => sum + count, 0);
    let below = 0;
    const points = cells.length > 0 ? [[1, cells[0][0]]] : [];
    for (const [value, count] of cells) {
      below += count;
      points.push([below < all ? all / (all - below) : all, Math.min(value, most)]);
    }
    return points;
  }

  const hasKeys = (value) => value && typeof value === "object" && Object.keys(value).length > 0;

  return {number, table, merged, figure, draw, condensed, facts, bar, section, mark, tile, headline, note, linked, unitOf,
    distribution, hasKeys};
})();
