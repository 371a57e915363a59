"use strict";

// The figures of a network's report: how many are present over time, sojourns and waits by percentile.
(() => {
  const {clock, count, duration, short} = double11;
  const {condensed, distribution, figure, merged, number} = double11.parts;
  const {isSeveral} = double11.network;
  // More lines than colours nobody can tell apart: the stations with most jobs are drawn.
  const colours = ["step-reserved", "step-paid", "step-dispatched", "step-admitted", "outcome-refunded",
    "outcome-expired", "bad"];
  const sections = double11.sections;

  // The stations that are drawn, each with its index.
  function drawn(result) {
    return result.estimates.stations.map((one, index) => ({name: one.name, index, mean: one.present_mean.mean}))
      .sort((a, b) => b.mean - a.mean || a.index - b.index).slice(0, colours.length).sort((a, b) => a.index - b.index);
  }

  const others = (result, shown) => result.estimates.stations.length > shown.length
    ? ` Drawn are the ${shown.length} of ${count(result.estimates.stations.length)} stations with most jobs.` : "";

  // What is far apart is seen on a logarithmic axis only.
  function isFarApart(columns) {
    const greatest = columns.map((column) => Math.max(...column)).filter((value) => value > 0);
    return Math.max(...greatest) > 30 * Math.min(...greatest);
  }

  sections.present = (result) => {
    const [{series_interval_ns: interval_ns, stations, warm_up_ns: warm_up, end_ns: end}] = result.replications;
    const shown = drawn(result);
    const columns = shown.map(({index}) => stations[index].present_series);
    const rows = Math.max(0, ...columns.map((column) => column.length));
    if (rows === 0) return null;
    const most = shown.map(({name}, at) => ({name, value: Math.max(0, ...columns[at])}))
      .reduce((best, one) => one.value > best.value ? one : best);
    const at = columns[shown.findIndex(({name}) => name === most.name)].indexOf(most.value);
    const log = isFarApart(columns);
    const table = condensed(Array.from({length: rows}, (_, row) => row * interval_ns), columns);
    const finding = `Most are present at ${most.name}: ${short(most.value)} near ${clock(at * interval_ns)}.`;
    const notes = [`One point per ${duration(interval_ns)}, the mean over it.`,
      warm_up > 0 ? `All other figures begin at ${clock(warm_up)}, after the warm-up.` : "",
      isSeveral(result) ? "Of the first replication." : "",
      log ? "The axis is logarithmic: nobody in an interval is a gap." : ""].filter(Boolean).join(" ");
    return {title: "Present over time", content: [figure({title: "Jobs present at each station", finding,
      note: notes + others(result, shown),
      caption: `Jobs present, the most in each ${duration(interval_ns * table.every)}`,
      columns: ["From", ...shown.map(({name}) => number(name))],
      rows: table.rows.map(([from, ...values]) => [clock(from), ...values.map(short)])},
    {series: shown.map(({name}, index) => ({label: name, colour: colours[index], fill: shown.length === 1,
      points: columns[index].map((value, row) => [(row + 0.5) * interval_ns, value])})),
      x: {kind: "time", max: Math.max(end, rows * interval_ns), title: "scenario time"}, y: {log, format: short}})]};
  };

  const levels = {p50_ns: "p50", p90_ns: "p90", p99_ns: "p99", p999_ns: "p99.9", max_ns: "max"};

  // lines: {name, times, colour}.
  function spread(title, finding, note, lines) {
    const rows = Object.entries(levels).map(([key, name]) => [name, ...lines.map(({times}) => duration(times[key]))]);
    return figure({title, finding, note, columns: ["Percentile", ...lines.map(({name}) => number(name))], rows},
      {series: merged(lines.map(({name, times, colour, dashed}) =>
        ({label: name, colour, dashed, points: distribution(times.cells, times.max_ns)}))),
        x: {kind: "share", max: Math.max(100, ...lines.map(({times}) => times.count)), title: "share of the jobs"},
        y: {log: true, format: duration}});
  }

  sections.distribution = (result) => {
    const {pooled} = result;
    const shown = drawn(result).map(({name, index}, at) => ({name, colour: colours[at], ...pooled.stations[index]}));
    const sojourns = shown.map(({name, colour, sojourn: times}) => ({name, colour, times}))
      .concat({name: "whole network", colour: "text", dashed: true, times: pooled.sojourn})
      .filter(({times}) => times.max_ns > 0);
    if (sojourns.length === 0) return null;
    const waits = shown.map(({name, colour, wait_served: times}) => ({name, colour, times}))
      .filter(({times}) => times.max_ns > 0);
    const {p50_ns: p50, p99_ns: p99, max_ns: max} = pooled.sojourn;
    const of = isSeveral(result) ? "All replications together. " : "";
    const longest = waits.reduce((most, one) => one.times.p99_ns > most.times.p99_ns ? one : most, waits[0]);
    return {title: "Distributions", content: [
      spread("Sojourn by percentile", `Half of the jobs are through within ${duration(p50)}, 99% within ${
        duration(p99)}; the longest took ${duration(max)}.`,
      `${of}Each nine is as wide: 90%, 99%, 99.9% of the jobs are at or below the line.${others(result, shown)}`,
      sojourns),
      longest ? spread("Wait by percentile", `At ${longest.name} 99% of those who were served waited at most ${
        duration(longest.times.p99_ns)}, the longest ${duration(longest.times.max_ns)}.`,
      `${of}A line begins where the waits do: those left of it did not wait.`, waits) : null]};
  };
})();
