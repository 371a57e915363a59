"use strict";

// Orders per second over scenario time: what was offered, what the target is of, and what came out.
(() => {
  const {at, parts, targetOf, best, bands, panelChart} = double11.screen;
  const inSight = 2.5;  // a record higher than this many times all else would flatten the lines
  const chart = panelChart("rate", "Orders per second by scenario time");

  // The step that the target is of is filled; offered and dispatched show what was asked and what came out.
  function seriesOf(hello, ticks) {
    const target = targetOf(hello);
    const steps = ["offered", target.of, "dispatched"].filter((step) => hello.steps.includes(step));
    const shown = [...new Set(steps)];
    return shown.map((step) => {
      const index = hello.steps.indexOf(step);
      return {label: step, colour: `step-${step}`, fill: step === target.of, dashed: step === "offered" && step !== target.of,
        points: ticks.map((tick) => [tick.at_ns, tick.rate_per_s[index]])};
    });
  }

  function linesOf(hello, ticks) {
    const target = targetOf(hello);
    const lines = target.rate ? [{y: target.rate, label: `target ${double11.rate(target.rate)}`}] : [];
    const highest = Math.max(target.rate || 0, (best(ticks, 0) || {rate: 0}).rate);
    if (hello.record && hello.record.per_s <= highest * inSight) {
      lines.push({y: hello.record.per_s, label: `record ${double11.rate(hello.record.per_s)}`});
    }
    return lines;
  }

  function sentence(hello, ticks) {
    const target = targetOf(hello);
    const highest = best(ticks, target.index);
    if (!highest) return "No orders yet.";
    const faults = hello.faults.length > 0 ? ` Faults: ${bands(hello).map((band) => band.label).join(", ")}.` : "";
    const reading = `${target.of}: highest ${double11.rate(highest.rate)} at ${double11.clock(highest.at_ns)}`;
    if (!target.rate) return `${reading}.${faults}`;
    const side = highest.rate >= target.rate ? "above" : "below";
    return `${reading}, ${side} the target of ${double11.rate(target.rate)}.${faults}`;
  }

  function show(model) {
    const {hello} = model;
    const ticks = model.moving();
    chart.show({series: seriesOf(hello, ticks), x: {kind: "time", max: hello.duration_ns}, y: {format: double11.rate},
      marks: bands(hello), lines: linesOf(hello, ticks)}, sentence(hello, ticks), {
      columns: [{title: "scenario time", align: "left"},
        ...hello.steps.map((step) => ({title: `${step}/s`, align: "right"}))],
      rows: ticks.map((tick) => [double11.clock(tick.at_ns, 1),
        ...tick.rate_per_s.map((rate) => double11.count(Math.round(rate)))]),
    });
  }

  parts.push({
    start({hello}) {
      chart.clear();
      at("rate-head").textContent = hello.runtime === "pace_max" ? "Orders per second of this machine, over scenario time"
        : "Orders per second over scenario time";
    },
    show,
  });
})();
