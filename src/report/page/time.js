"use strict";

// What happened over time: orders per second against the target, and latencies, with the faults.
(() => {
  const {distribution, figure, merged, condensed, number, unitOf, note, table} = double11.parts;
  const words = double11.words;
  const percentiles = ["p50", "p90", "p99", "p99.9"];

  // Faults of the scenario, and the slowdowns of payment that are written in its own key.
  double11.marksOf = (result) => {
    const marks = (result.faults || []).map((fault) => ({from: fault.at_ns, to: fault.at_ns + fault.duration_ns,
      label: words.fault(fault.of, fault.factor)}));
    const slowdowns = result.scenario && result.scenario.payment ? result.scenario.payment.slowdowns || [] : [];
    for (const one of slowdowns) {
      const [from, length] = [words.quantity(one.at), words.quantity(one.duration)];
      if (from === null || !length) continue;
      marks.push({from, to: from + length, label: words.fault("payment", Number(one.factor) || 0)});
    }
    return marks;
  };

  // All figures over time end together, so that they can be read one above the other.
  double11.endOf = (result) => {
    const series = result.series;
    const rows = series && series.counts.offered ? series.counts.offered.length * series.interval_ns : 0;
    const timeline = result.timeline && result.timeline.at_ns ? result.timeline.at_ns.slice(-1)[0] || 0 : 0;
    return Math.max(rows, timeline, 1);
  };

  // Few intervals are drawn as steps, many as a line through their middles.
  function pointsOf(values, interval_ns) {
    if (values.length > 120) return values.map((value, index) => [(index + 0.5) * interval_ns, value]);
    const points = values.map((value, index) => [index * interval_ns, value]);
    return points.length > 0 ? [...points, [values.length * interval_ns, values[values.length - 1]]] : points;
  }

  // Targets and thresholds of rates, as far as they are on the same scale as what happened.
  function linesOf(result, highest) {
    const lines = [];
    for (const check of result.verdict.checks) {
      const {name, sign, bound, value} = words.parsed(check.expression);
      const [step, rate] = name.split(".");
      if (rate !== "rate" || !double11.steps.includes(step) || !value || value > 4 * highest) continue;
      const said = check === words.targetOf(result) ? "target: " : "";
      lines.push({y: value, label: `${said}${step} ${sign === ">=" ? "\u2265" : sign} ${bound}`});
    }
    return lines;
  }

  // Where a rush of minutes stands beside a day of hours, a plain axis would show only the rush.
  function isDay(offered, highest) {
    const sorted = offered.filter((value) => value > 0).sort((a, b) => a - b);
    return sorted.length > 120 && highest > 20 * sorted[Math.floor(sorted.length / 2)];
  }

  function rateFinding(result, rates, step, interval_ns) {
    const funnel = result.funnel[step];
    const at = rates[step].indexOf(Math.max(...rates[step]));
    const best = `The best second has ${double11.rate(funnel.rate_peak_per_s)} ${step}, near ${
      double11.clock(at * interval_ns)}; the mean is ${double11.rate(funnel.rate_mean_per_s)}.`;
    const target = words.targetOf(result);
    if (!target) return best;
    return `${best} The target, ${words.wantedOf(target)}, ${target.holds ? "held" : "was missed"}${
      target.expression.includes(".machine") ? `: this machine carries ${target.measured_text}` : ""}.`;
  }

  double11.sections.rate = (result) => {
    const {series} = result;
    if (!series || !series.counts.offered || series.counts.offered.length === 0) return null;
    const seconds = series.interval_ns / 1e9;
    const rates = Object.fromEntries(double11.steps.map((step) =>
      [step, series.counts[step].map((count) => count / seconds)]));
    const thinned = Boolean(series.peak);
    const step = result.scenario && result.scenario.target && double11.steps.includes(result.scenario.target.of)
      ? result.scenario.target.of : "dispatched";
    const shown = thinned ? series.peak : rates;
    const stepped = series.counts.offered.length <= 120;
    const drawn = merged(double11.steps.map((name) => ({label: name, colour: `step-${name}`, stepped,
      fill: name === "offered", points: pointsOf(rates[name], series.interval_ns)})));
    if (thinned) drawn.push({label: `${step}, best second`, colour: "text", dashed: true, width: 1,
      points: pointsOf(series.peak[step], series.interval_ns)});
    const highest = Math.max(...double11.steps.map((name) => Math.max(...shown[name])));
    const log = isDay(rates.offered, highest);
    const {rows, every} = condensed(series.counts.offered.map((_, index) => index * series.interval_ns),
      double11.steps.map((name) => shown[name]));
    const interval = double11.duration(series.interval_ns);
    const machine = words.targetOf(result) && words.targetOf(result).expression.includes(".machine");
    const notes = [log ? "The axis is logarithmic: nothing in an interval is a gap." : "",
      `One point per ${interval}${thinned ? " (mean), and the best second of each" : ""}, in scenario time.`,
      machine ? "At pace max the target is held against orders per second of this machine's own time." : ""];
    return {title: "Orders per second", content: [figure({title: "Rate at each step of the funnel",
      finding: rateFinding(result, shown, step, series.interval_ns), note: notes.filter(Boolean).join(" "),
      caption: `Orders per second, ${every > 1 || thinned ? "the most " : ""}in each ${
        double11.duration(series.interval_ns * every)}`,
      columns: ["From", ...double11.steps.map(number)],
      rows: rows.map(([at, ...values]) => [double11.clock(at), ...values.map(double11.rate)])},
    {series: drawn, x: {kind: "time", max: double11.endOf(result), title: "scenario time"},
      y: {log, format: double11.rate}, marks: double11.marksOf(result), lines: linesOf(result, highest)})]};
  };

  function latencyLines(result, step) {
    return result.verdict.checks.map((check) => words.parsed(check.expression))
      .filter(({name, value}) => name.startsWith(`latency.${step}.`) && value)
      .map(({name, sign, bound, value}) =>
        ({y: value, label: `${name.split(".").slice(2).join(".")} ${sign} ${bound}`}));
  }

  function overTime(result) {
    const over = result.latency_over_time;
    if (!over || !over.count || over.count.length === 0) return null;
    const points = (values) => values.map((value, index) => [(index + 0.5) * over.interval_ns, value]);
    const highest = Math.max(0, ...over.p99.filter((value) => typeof value === "number"));
    const at = over.p99.indexOf(highest);
    const {rows} = condensed(over.count.map((_, index) => index * over.interval_ns),
      percentiles.map((name) => over[name]));
    const unit = unitOf(highest);
    const of = over.every > 1 ? `One order in ${over.every} is in it. ` : "";
    return figure({title: "Latency of dispatched orders over time",
      finding: `p99 is at most ${double11.duration(highest)}, near ${double11.clock(at * over.interval_ns)}.`,
      note: `${of}From the planned arrival, by the time of dispatch.`, caption: `Latency in ${unit.name}`,
      columns: ["From", ...percentiles.map(number)],
      rows: rows.map(([from, ...values]) => [double11.clock(from), ...values.map(unit.text)])},
    {series: percentiles.map((name, index) => ({label: name, colour: `ramp-${index + 1}`, points: points(over[name])})),
      x: {kind: "time", max: double11.endOf(result), title: "scenario time"}, y: {log: true, format: double11.duration},
      marks: double11.marksOf(result), lines: latencyLines(result, "dispatched")});
  }

  function spread(result) {
    const steps = double11.steps.filter((step) => result.latency_ns[step] && result.latency_ns[step].max > 0);
    if (steps.length === 0) return null;
    const {p50, p99, max, count} = result.latency_ns[steps[steps.length - 1]];
    const rows = ["p50", "p90", "p99", "p99.9", "max"].map((name) =>
      [name, ...steps.map((step) => double11.duration(result.latency_ns[step][name]))]);
    return figure({title: "Latency by percentile",
      finding: `Half of the ${steps[steps.length - 1]} orders take at most ${double11.duration(p50)}, 99% at most ${
        double11.duration(p99)}; the longest takes ${double11.duration(max)}.`,
      note: "Each nine is as wide: 90%, 99%, 99.9% of the orders are at or below the line.",
      columns: ["Percentile", ...steps.map(number)], rows},
    {series: merged(steps.map((step) =>
      ({label: step, colour: `step-${step}`,
        points: distribution(result.latency_ns[step].cells, result.latency_ns[step].max)}))),
      x: {kind: "share", max: Math.max(100, count), title: "share of the orders"},
      y: {log: true, format: double11.duration}, lines: latencyLines(result, "dispatched")});
  }

  double11.sections.latency = (result) => {
    const latency = result.latency_ns;
    if (!latency) return null;
    const steps = double11.steps.filter((step) => latency[step] && latency[step].count > 0);
    if (steps.length === 0) return null;
    const unit = unitOf(Math.max(...steps.map((step) => latency[step].max)));
    const columns = ["p50", "p90", "p99", "p99.9", "max"];
    const lag = result.generator_lag_ns;
    return {title: "Latency", content: [
      table(`From the planned arrival, in ${unit.name}`, ["Until", ...columns.map(number)],
        steps.map((step) => [step, ...columns.map((name) => unit.text(latency[step][name]))])),
      result.run.runtime === "pace_max"
        ? note("Scenario time: modelled waits only. With --pace real the machine's own time is in it.") : null,
      lag && lag.count > 0 ? note(`Arrivals were released late by ${double11.duration(lag.p50)} (p50), ${
        double11.duration(lag.p99)} (p99), ${double11.duration(lag.max)} at most.`) : null,
      overTime(result), spread(result)]};
  };
})();
