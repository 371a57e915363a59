"use strict";

// Where the orders that were dispatched go: all so far, and per second since the last tick.
(() => {
  const {at, parts} = double11.screen;
  const mostRows = 6;
  let before = null;

  // As told; when there are many, those with most and the others together.
  function rowsOf(names, counts, rates) {
    const all = names.map((name, index) => ({name, orders: counts[index] || 0, rate: rates ? rates[index] : null}));
    if (all.length <= mostRows) return all;
    const sorted = [...all].sort((one, other) => other.orders - one.orders);
    const others = sorted.slice(mostRows - 1);
    const sum = (key) => others.reduce((total, one) => total + (one[key] || 0), 0);
    return [...sorted.slice(0, mostRows - 1),
      {name: `${others.length} others`, orders: sum("orders"), rate: rates ? sum("rate") : null}];
  }

  function item() {
    const [name, count, share, bar] = ["name", "count", "share", "bar"]
      .map((one) => double11.element("span", {class: one}));
    const track = double11.element("span", {class: "track", "aria-hidden": "true"}, bar);
    return {made: double11.element("li", null, name, track, count, share), name, bar, count, share};
  }

  let items = [];

  parts.push({
    start() {
      before = null;
      items = [];
      at("regions").replaceChildren();
    },
    show({hello, last, end}) {
      if (!last) return;
      // Rates as judged are of another clock at pace max; the step's own rate is shared out instead.
      const since = before ? last.regions.map((orders, index) => orders - before.regions[index]) : null;
      const all = since ? since.reduce((sum, orders) => sum + orders, 0) : 0;
      const rate = last.rate_per_s[hello.steps.indexOf("dispatched")];
      const rates = since ? since.map((orders) => all > 0 ? rate * orders / all : 0) : null;
      const rows = rowsOf(hello.regions, last.regions, rates);
      while (items.length < rows.length) {
        items.push(item());
        at("regions").append(items[items.length - 1].made);
      }
      const most = Math.max(1, ...rows.map((row) => row.orders));
      const total = Math.max(1, rows.reduce((sum, row) => sum + row.orders, 0));
      rows.forEach((row, index) => {
        const one = items[index];
        one.name.textContent = row.name;
        one.bar.style.width = `${100 * row.orders / most}%`;
        one.count.textContent = double11.count(row.orders);
        one.share.textContent = end || row.rate === null ? double11.percent(row.orders / total)
          : `+${double11.rate(row.rate)}`;
        one.made.classList.toggle("still", Boolean(end) || !(row.rate > 0));
      });
      before = last;
    },
  });
})();
