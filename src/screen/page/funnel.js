"use strict";

// How many orders came to each step, and where the others went.
(() => {
  const {at, parts} = double11.screen;
  const mostLosses = 6;
  let rows = [];

  function row(step) {
    const bar = double11.element("span", {class: "bar"});
    bar.style.background = `var(--step-${step})`;
    const count = double11.element("span", {class: "count"});
    const share = double11.element("span", {class: "share"});
    const item = double11.element("li", null, double11.element("span", {class: "name", text: step}),
      double11.element("span", {class: "track", "aria-hidden": "true"}, bar), count, share);
    return {item, bar, count, share};
  }

  // Written with words instead of the names in code: sold_out.
  const words = (outcome) => outcome.replace(/_/g, " ");

  function lossItem(outcome, orders, offered) {
    const dot = double11.element("span", {class: "dot", "aria-hidden": "true"});
    dot.style.background = double11.outcomes.includes(outcome) ? `var(--outcome-${outcome})` : "var(--muted)";
    return double11.element("li", null, dot, double11.element("span", {class: "name", text: words(outcome)}),
      double11.element("span", {class: "count", text: double11.count(orders)}),
      double11.element("span", {class: "share", text: double11.percent(orders / Math.max(1, offered))}));
  }

  // Outcomes that took any orders, most first; when there are many, the smaller ones together.
  function lossesOf(hello, counts) {
    const losses = hello.outcomes.map((outcome, index) => [outcome, counts[index]])
      .filter(([outcome, orders]) => outcome !== "dispatched" && orders > 0)
      .sort((one, other) => other[1] - one[1]);
    if (losses.length <= mostLosses) return losses;
    const others = losses.splice(mostLosses - 1);
    return [...losses, [`${others.length} other ways`, others.reduce((sum, [, orders]) => sum + orders, 0)]];
  }

  parts.push({
    start({hello}) {
      rows = hello.steps.map(row);
      at("funnel").replaceChildren(...rows.map((one) => one.item));
      at("losses").replaceChildren(double11.element("li", {class: "none", text: "none so far"}));
    },
    show({hello, last, end}) {
      if (!last) return;
      const offered = Math.max(1, last.funnel[0]);
      rows.forEach((one, index) => {
        const orders = last.funnel[index];
        one.bar.style.width = `${100 * Math.min(1, orders / offered)}%`;
        one.count.textContent = double11.count(orders);
        one.share.textContent = index === 0 ? "" : double11.percent(orders / offered);
      });
      const losses = lossesOf(hello, last.outcomes);
      at("losses").replaceChildren(...(losses.length > 0
        ? losses.map(([outcome, orders]) => lossItem(outcome, orders, offered))
        : [double11.element("li", {class: "none", text: end ? "none" : "none so far"})]));
    },
  });
})();
