"use strict";

// The four stages as orders pass them: what comes in per second, what waits, how busy each is, and which
// one is in trouble.
(() => {
  const {at, parts, trouble} = double11.screen;
  const says = {grows: "queue grows", waits: "long queue", fault: "fault", "": "flows"};
  const remembered = 120;  // readings in a queue's small curve: the last minute
  let cards = [];
  let pipes = [];

  function pipe(step) {
    const rate = double11.element("strong");
    const item = double11.element("li", {class: "pipe"}, double11.element("span", {text: step}), rate,
      double11.element("span", {class: "stream", "aria-hidden": "true"}));
    item.style.setProperty("--colour", `var(--step-${step})`);
    return {item, rate};
  }

  // A label, a number and a bar of a share.
  function meter(label) {
    const value = double11.element("span", {class: "count"});
    const fill = double11.element("span", {class: "bar"});
    const item = double11.element("p", {class: "meter"}, double11.element("span", {class: "name", text: label}),
      double11.element("span", {class: "track", "aria-hidden": "true"}, fill), value);
    return {item, set(text, share) {
      value.textContent = text;
      fill.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    }};
  }

  function card(stage) {
    const state = double11.element("span", {class: "state"});
    const queue = double11.element("strong", {class: "queue"});
    const curve = double11.drawing("path", {class: "curve"});
    const busy = meter("busy");
    const servers = stage === "payment" ? meter("servers") : null;
    const item = double11.element("li", {class: "stage"},
      double11.element("div", {class: "stage-head"}, double11.element("h3", {text: stage}), state),
      double11.element("div", {class: "waiting"}, double11.element("p", null, queue, " wait"),
        double11.drawing("svg", {viewBox: "0 0 100 24", preserveAspectRatio: "none", "aria-hidden": "true"}, curve)),
      busy.item, servers ? servers.item : null);
    item.style.setProperty("--colour", `var(--stage-${stage})`);
    return {item, state, queue, curve, busy, servers};
  }

  // The queue over the last readings as an area from the bottom.
  function curveOf(ticks, index) {
    const queues = ticks.slice(-remembered).map((tick) => tick.queue[index]);
    const most = Math.max(...queues);
    if (most <= 0 || queues.length < 2) return "M0 23.5H100";
    const points = queues.map((queue, i) =>
      `${(100 * i / (queues.length - 1)).toFixed(1)} ${(23.5 - 22 * queue / most).toFixed(1)}`);
    return `M0 24L${points.join("L")}L100 24`;
  }

  function showCard(one, index, {hello, last, ticks, end}, state, worst) {
    const blamed = Boolean(end && end.bottleneck && end.bottleneck.blamed === hello.stages[index]);
    const gaveWay = blamed && end.verdict.status === "MISSED";
    one.item.dataset.trouble = gaveWay ? "gave-way" : end ? "" : state;
    one.item.classList.toggle("worst", gaveWay || (!end && worst === index));
    one.item.classList.toggle("next", blamed && !gaveWay);
    one.state.textContent = gaveWay ? "gave way first" : blamed ? "next to give way" : end ? "" : says[state];
    one.queue.textContent = double11.count(last.queue[index]);
    one.curve.setAttribute("d", curveOf(ticks, index));
    // Nobody works in virtual time: there is nothing to be busy with.
    one.busy.item.hidden = hello.runtime === "virtual_time";
    one.busy.set(double11.percent(last.busy[index]), last.busy[index]);
    if (one.servers) {
      one.servers.set(`${double11.count(last.servers_busy)} of ${double11.count(last.servers)}`,
        last.servers > 0 ? last.servers_busy / last.servers : 0);
    }
  }

  parts.push({
    start({hello}) {
      cards = hello.stages.map(card);
      pipes = hello.steps.map(pipe);
      const items = pipes.flatMap((one, index) => cards[index] ? [one.item, cards[index].item] : [one.item]);
      at("flow").replaceChildren(...items);
    },
    show(model) {
      if (!model.last) return;
      const {of, worst} = trouble(model.hello, model.ticks);
      cards.forEach((one, index) => showCard(one, index, model, of[index], worst));
      pipes.forEach((one, index) => {
        const rate = model.last.rate_per_s[index];
        one.rate.textContent = model.end ? double11.short(model.last.funnel[index]) : double11.rate(rate);
        one.item.classList.toggle("dry", Boolean(model.end) || model.last.paused || !(rate > 0));
      });
    },
  });
})();
