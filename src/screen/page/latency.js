"use strict";

// Time from planned arrival to dispatched: half of the orders and 99% of them, now and over time.
(() => {
  const {at, parts, bands, panelChart} = double11.screen;
  const chart = panelChart("latency", "Latency from planned arrival to dispatched, by scenario time");

  // "latency.dispatched.p99 < 400ms" is drawn as a line; thresholds of other figures are not.
  function limits(hello) {
    return hello.thresholds.map(double11.words.parsed)
      .filter(({name, sign, value}) => /^latency\.dispatched\.p(50|99)$/.test(name) && sign.startsWith("<") && value > 0)
      .map(({name, value}) => ({y: value, share: name.split(".p")[1],
        label: `p${name.split(".p")[1]} at most ${double11.duration(value)}`}));
  }

  const latest = (ticks, key) => {
    for (let i = ticks.length - 1; i >= 0; --i) if (ticks[i][key] !== null) return ticks[i][key];
    return null;
  };

  // While it runs those of the last tick; at the end those of the whole run, if they are told.
  function shown({last, end}, ticks) {
    const whole = end && end.latency_ns && end.latency_ns.dispatched;
    if (whole) return {p50: whole.p50, p99: whole.p99, of: ", whole run"};
    if (end) return {p50: latest(ticks, "p50_ns"), p99: latest(ticks, "p99_ns"), of: ", last reading"};
    return {p50: last ? last.p50_ns : null, p99: last ? last.p99_ns : null, of: ""};
  }

  function show(model) {
    const {hello} = model;
    const ticks = model.moving();
    const lines = limits(hello);
    const now = shown(model, ticks);
    at("latency-head").textContent = `Latency to dispatched${now.of}`;
    at("p50").textContent = double11.duration(now.p50);
    at("p99").textContent = double11.duration(now.p99);
    const limit = lines.find((line) => line.share === "99");
    at("p99").classList.toggle("over", Boolean(limit && now.p99 > limit.y));
    const worst = Math.max(0, ...ticks.map((tick) => tick.p99_ns || 0));
    const line = (key) => ticks.map((tick) => [tick.at_ns, tick[key]]);
    chart.show({
      series: [{label: "p99", colour: "bad", points: line("p99_ns")},
        {label: "p50", colour: "accent", points: line("p50_ns")}],
      x: {kind: "time", max: hello.duration_ns}, y: {format: double11.duration},
      marks: bands(hello).map((band) => ({...band, label: ""})), lines,
    }, worst > 0 ? `99% of the orders were dispatched within ${double11.duration(worst)} in the slowest reading` +
      `${limit ? `; asked for: ${limit.label}` : ""}.` : "Nothing was dispatched yet.", {
      columns: [{title: "scenario time", align: "left"}, {title: "p50, ms", align: "right"},
        {title: "p99, ms", align: "right"}],
      rows: ticks.map((tick) => [double11.clock(tick.at_ns, 1), ...[tick.p50_ns, tick.p99_ns].map((ns) =>
        ns === null ? double11.nothing : (ns / 1e6).toFixed(1))]),
    });
  }

  parts.push({start: chart.clear, show});
})();
