"use strict";

// What the report and the big screen share: how numbers are written, how elements and tables are
// made, and the colours. Nothing here knows of results or runs. All text from data goes through
// textContent: names and titles of scenarios are written by anybody.
const double11 = (() => {
  const steps = ["offered", "admitted", "reserved", "paid", "dispatched"];
  const stages = ["admission", "inventory", "payment", "logistics"];
  const outcomes = ["dispatched", "sold_out", "declined", "expired", "refunded", "throttled", "shed", "duplicate",
    "abandoned"];
  const nothing = "\u2013";

  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

  // Three significant digits without an exponent: 6.21, 62.1, 621.
  function threeDigits(value) {
    const size = Math.abs(value);
    const decimals = size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : 2;
    return String(Number(value.toFixed(size < 1 ? 3 : decimals)));
  }

  // 17809344 -> "17,809,344".
  function count(value) {
    if (!isNumber(value)) return nothing;
    const [whole, fraction] = String(Math.abs(value) < 1e15 ? Math.round(value * 1000) / 1000 : value).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction ? `${grouped}.${fraction}` : grouped;
  }

  // 17809344 -> "17.8M".
  function short(value) {
    if (!isNumber(value)) return nothing;
    for (const [size, name] of [[1e12, "T"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]]) {
      if (Math.abs(value) >= size * 0.9995) return threeDigits(value / size) + name;
    }
    return threeDigits(value);
  }

  // Orders per second: 325000 -> "325k/s".
  function rate(value) {
    return isNumber(value) ? `${short(value)}/s` : nothing;
  }

  // Nanoseconds -> "72.4 ms", "1.2 s", "2 h 5 min".
  function duration(ns) {
    if (!isNumber(ns)) return nothing;
    if (ns === 0) return "0";
    if (Math.abs(ns) < 1e3) return `${threeDigits(ns)} ns`;
    if (Math.abs(ns) < 999.5e3) return `${threeDigits(ns / 1e3)} \u00b5s`;
    if (Math.abs(ns) < 999.5e6) return `${threeDigits(ns / 1e6)} ms`;
    if (Math.abs(ns) < 59.95e9) return `${threeDigits(ns / 1e9)} s`;
    const parts = [];
    let seconds = Math.round(ns / 1e9);
    for (const [size, name] of [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]]) {
      const many = Math.floor(seconds / size);
      seconds -= many * size;
      if (many > 0) parts.push(`${many} ${name}`);
    }
    return parts.slice(0, 2).join(" ");
  }

  // Scenario time: "0:26", "13:05:00", "1 d 02:00:00"; with decimals "0:00.5".
  function clock(ns, decimals = 0) {
    if (!isNumber(ns)) return nothing;
    const unit = 10 ** decimals;
    const all = Math.max(0, Math.round(ns / 1e9 * unit) / unit);
    const whole = Math.floor(all);
    const two = (value) => String(value).padStart(2, "0");
    const [days, hours, minutes, seconds] =
      [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
    const fraction = decimals > 0 ? (all - whole).toFixed(decimals).slice(1) : "";
    const start = days > 0 ? `${days} d ${two(hours)}:` : hours > 0 ? `${hours}:` : "";
    return `${start}${start ? two(minutes) : minutes}:${two(seconds)}${fraction}`;
  }

  // Fen -> short yuan: "¥1.23bn", "¥684", "¥4.94".
  function money(fen) {
    if (!isNumber(fen)) return nothing;
    return Math.abs(fen) < 1e5 ? `\u00a5${(fen / 100).toFixed(2)}` : `\u00a5${short(fen / 100)}`;
  }

  // 0.03 -> "3.00%".
  function percent(share) {
    if (!isNumber(share)) return nothing;
    return share > 0 && share < 0.00005 ? "<0.01%" : `${(share * 100).toFixed(2)}%`;
  }

  function fill(made, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") made.textContent = value;
      else made.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return made;
  }

  // element("p", {class: "note", text: title}); children are elements, strings or lists of them.
  function element(tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function drawing(tag, attributes, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  }

  // Each word has a shape of its own, so that nobody needs to tell green from red.
  const signs = {
    PASS: ["M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z", "M6.5 12.5l3.8 3.8 7.2-8"],
    MISSED: ["M12 1.2L23.6 22H.4z", "M12 8.5v6.5M12 18v.6"],
    VIOLATED: ["M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z", "M8 8l8 8M16 8l-8 8"],
    INVALID: ["M6.4 2h11.2L23.4 12l-5.8 10H6.4L.6 12z", "M9.3 9.2a2.8 2.8 0 1 1 4 2.6c-1 .5-1.3 1-1.3 2.2M12 17v.5"],
    INTERRUPTED: ["M2 2h20v20H2z", "M9 7.5v9M15 7.5v9"],
  };

  // A verdict's shape, coloured by the style; the word stands beside it, so it is hidden from readers.
  function sign(status) {
    const [shape, stroke] = signs[status] || signs.INVALID;
    return drawing("svg", {class: "sign", viewBox: "0 0 24 24", "aria-hidden": "true", "data-status": status},
      drawing("path", {class: "sign-shape", d: shape}), drawing("path", {class: "sign-stroke", d: stroke}));
  }

  function cell(tag, column, content, scope) {
    const given = content !== null && typeof content === "object" && !(content instanceof Node) ? content : null;
    const shown = given ? given.text : content;
    const isRight = column.align === "right";
    const made = element(tag, {scope, "data-title": tag === "td" && isRight ? column.title : null,
      class: [isRight ? "number" : "", given ? given.class : ""].filter(Boolean).join(" ") || null});
    made.append(shown === null || shown === undefined ? nothing : shown);
    return made;
  }

  // A wide table scrolls by itself and can then be reached and scrolled by keyboard.
  const watch = typeof ResizeObserver === "undefined" ? null : new ResizeObserver((entries) => {
    for (const {target} of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });

  // columns: {title, align: "left" | "right"}; rows: cells as text, element or {text, class}. The
  // first cell of a row is its head. A stacked table has on a phone a line for the head of each row
  // and one for the rest, where each number has its column's title before it.
  function table(caption, columns, rows, stacked = false) {
    const head = element("tr", null, columns.map((column) => cell("th", column, column.title, "col")));
    const body = rows.map((row) => element("tr", null, row.map((content, index) =>
      index === 0 ? cell("th", columns[0], content, "row") : cell("td", columns[index], content))));
    const around = element("div", {class: stacked ? "table stacked" : "table", role: "region", "aria-label": caption},
      element("table", null, element("caption", {text: caption}), element("thead", null, head),
        element("tbody", null, body)));
    if (watch) watch.observe(around);
    return around;
  }

  // The value of a custom property: colour("step-paid").
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  // All colours as they are now: by light or dark.
  function palette() {
    const group = (prefix, names) => Object.fromEntries(names.map((name) => [name, colour(`${prefix}-${name}`)]));
    const plain = ["page", "surface", "text", "muted", "grid", "accent", "good", "warn", "bad", "band", "target"];
    return {...Object.fromEntries(plain.map((name) => [name, colour(name)])), step: group("step", steps),
      stage: group("stage", stages), outcome: group("outcome", outcomes)};
  }

  return {steps, stages, outcomes, nothing, count, short, rate, duration, clock, money, percent, element, drawing,
    sign, table, colour, palette};
})();
