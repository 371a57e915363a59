"use strict";

// double11.ladderChart: p99 against the varied value, a mark for each trial: circles pass, triangles
// do not, crosses could not be judged, so that nobody needs to tell green from red; the limit as a
// band between the last value that passes and the first that does not.
(() => {
  const alive = new Set();

  function datasets(trials, colours) {
    const isOf = (trial, passes) => (trial.judged === false ? passes === null : trial.passes === passes);
    const points = (passes) => trials.filter((trial) => isOf(trial, passes) && trial.latency_ns)
      .map((trial) => ({x: trial.value, y: trial.latency_ns.p99 > 0 ? trial.latency_ns.p99 : null, trial}));
    const set = (label, passes, shape, colour) => ({label, data: points(passes), pointStyle: shape, radius: 6,
      hoverRadius: 8, borderColor: colour, backgroundColor: `${colour}99`, borderWidth: 1.5});
    const judged = [set("passes", true, "circle", colours.good), set("does not pass", false, "triangle", colours.bad)];
    const other = set("not judged", null, "crossRot", colours.muted);
    return other.data.length > 0 ? [...judged, other] : judged;
  }

  // The limit and the scenario's own value behind the points.
  function drawLimit(chart, spec, colours) {
    const {ctx: context, chartArea: area, scales: {x}} = chart;
    const inside = (value) => typeof value === "number" && value >= x.min && value <= x.max;
    context.save();
    const {passes, fails} = spec.limit;
    if (inside(passes) && inside(fails)) {
      const [from, to] = [x.getPixelForValue(passes), x.getPixelForValue(fails)].sort((a, b) => a - b);
      context.fillStyle = colours.band;
      context.fillRect(from, area.top, Math.max(2, to - from), area.bottom - area.top);
    }
    if (inside(spec.own)) {
      context.strokeStyle = colours.target;
      context.setLineDash([6, 4]);
      context.beginPath();
      context.moveTo(x.getPixelForValue(spec.own), area.top);
      context.lineTo(x.getPixelForValue(spec.own), area.bottom);
      context.stroke();
    }
    context.restore();
  }

  function options(spec, colours) {
    const font = {family: double11.colour("font"), size: 12};
    const grid = {color: colours.grid, borderColor: colours.grid};
    const title = (text) => ({display: true, text, color: colours.muted, font});
    const ticks = (callback) => ({color: colours.muted, font, maxTicksLimit: 7, maxRotation: 0, callback});
    const label = ({raw: {trial}}) => [`${spec.key} ${trial.text}: ${trial.status}`,
      `p99 ${double11.duration(trial.latency_ns.p99)}`, ...(trial.why ? [trial.why] : [])];
    return {responsive: true, maintainAspectRatio: false, animation: false,
      scales: {
        x: {type: spec.wide ? "logarithmic" : "linear", grid, title: title(spec.key), ticks: ticks(spec.format)},
        y: {type: "logarithmic", grid, title: title(spec.measures), ticks: ticks(double11.duration)}},
      plugins: {legend: {labels: {usePointStyle: true, color: colours.text, font}},
        tooltip: {backgroundColor: colours.text, titleColor: colours.surface, bodyColor: colours.surface,
          animation: false, callbacks: {label}}}};
  }

  // spec: {trials, limit: {passes, fails}, own, key, format, measures: what the y axis says}
  double11.ladderChart = (canvas, spec) => {
    const values = spec.trials.map(({value}) => value);
    spec.wide = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 8;
    const colours = double11.palette();
    const chart = new Chart(canvas, {type: "scatter", data: {datasets: datasets(spec.trials, colours)},
      options: options(spec, colours),
      plugins: [{id: "limit", beforeDatasetsDraw: (drawn) => drawLimit(drawn, spec, double11.palette())}]});
    alive.add({chart, recolour: () => {
      const now = double11.palette();
      chart.data.datasets = datasets(spec.trials, now);
      chart.options = options(spec, now);
      chart.update("none");
    }});
  };

  // As line_chart.js does: dark or light on the screen, light on paper.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change",
    () => alive.forEach(({recolour}) => recolour()));
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    alive.forEach(({chart, recolour}) => {
      recolour();
      chart.resize(680, 260);
    });
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.theme;
    alive.forEach(({chart, recolour}) => {
      recolour();
      chart.resize();
    });
  });
})();
