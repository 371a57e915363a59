"use strict";

// double11.scalingChart: a metric against the values of a factor. Each point is a median with a bar
// from the least to the most of its rounds; a law is a dashed curve. Axes whose values span decades
// are logarithmic. Words on the x axis stand beside each other in their order.
(() => {
  const alive = new Set();
  const colours = ["step-reserved", "step-paid", "step-dispatched", "step-admitted", "bad", "outcome-expired",
    "outcome-refunded", "muted"];
  const shapes = ["circle", "rect", "triangle", "rectRot", "cross", "star", "crossRot", "line"];

  // Whether all are above 0 and the greatest is so many times the least.
  function spans(values, times) {
    const least = values.reduce((low, value) => Math.min(low, value), Infinity);
    const most = values.reduce((high, value) => Math.max(high, value), -Infinity);
    return least > 0 && most >= least * times;
  }

  function datasetsOf(spec) {
    const lines = spec.series.map((series, index) => {
      const colour = double11.colour(colours[index % colours.length]);
      const hasLaw = spec.curves.some((curve) => curve.series === index);
      return {label: series.label, showLine: !hasLaw, borderColor: colour, backgroundColor: colour,
        borderWidth: 2, pointStyle: shapes[index % shapes.length], pointRadius: 5, pointHoverRadius: 7, spread: true,
        data: series.points.map(({x, y, least, most}) => ({x, y, least, most}))};
    });
    const laws = spec.curves.map((curve) => {
      const colour = double11.colour(colours[curve.series % colours.length]);
      return {label: curve.label, showLine: true, borderColor: colour, backgroundColor: colour, borderDash: [6, 4],
        borderWidth: 2, pointRadius: 0, pointHitRadius: 0, pointStyle: "line",
        data: curve.points.map(([x, y]) => ({x, y}))};
    });
    return [...lines, ...laws];
  }

  function drawSpreads(chart) {
    const {ctx: context, scales: {x, y}} = chart;
    context.save();
    chart.data.datasets.forEach((set, index) => {
      if (!set.spread || !chart.isDatasetVisible(index)) return;
      context.strokeStyle = set.borderColor;
      context.lineWidth = 1.5;
      for (const point of set.data) {
        if (!(point.most > point.least)) continue;
        const [at, top, bottom] = [x.getPixelForValue(point.x), y.getPixelForValue(point.most),
          y.getPixelForValue(point.least)];
        context.beginPath();
        context.moveTo(at, top);
        context.lineTo(at, bottom);
        for (const end of [top, bottom]) {
          context.moveTo(at - 4, end);
          context.lineTo(at + 4, end);
        }
        context.stroke();
      }
    });
    context.restore();
  }

  // A tick at each value that was measured, where they are few.
  function valueTicks(xs) {
    return xs.length > 12 ? undefined : (axis) => {
      axis.ticks = xs.filter((value) => value >= axis.min && value <= axis.max).map((value) => ({value}));
    };
  }

  function optionsOf(spec) {
    const palette = double11.palette();
    const font = {family: double11.colour("font"), size: 12};
    const grid = {color: palette.grid, borderColor: palette.grid};
    const title = (text) => ({display: true, text, color: palette.muted, font});
    const ticks = {color: palette.muted, font, maxRotation: 0, autoSkipPadding: 12};
    const all = spec.series.flatMap(({points}) => points);
    const xs = [...new Set(all.map(({x}) => x))].sort((a, b) => a - b);
    const ys = all.flatMap(({y, least, most}) => [y, least, most])
      .filter((value) => typeof value === "number");
    const wide = !spec.x.labels && spans(xs, 8);
    const xText = (value) => spec.x.labels ? spec.x.labels[value] || "" : double11.short(value);
    const x = spec.x.labels ? {type: "linear", min: -0.5, max: spec.x.labels.length - 0.5}
      : {type: wide ? "logarithmic" : "linear", beginAtZero: !wide};
    // The bars have room, too.
    const most = ys.reduce((high, value) => Math.max(high, value), 0);
    const yRange = spans(ys, 30)
      ? {type: "logarithmic", suggestedMin: ys.reduce((low, value) => Math.min(low, value)), suggestedMax: most}
      : {type: "linear", beginAtZero: true, suggestedMax: most};
    const label = ({dataset, raw}) => {
      const spread = raw.most > raw.least ? ` (${spec.y.format(raw.least)} to ${spec.y.format(raw.most)})` : "";
      return `${dataset.label}: ${spec.y.format(raw.y)}${spread}`;
    };
    return {responsive: true, maintainAspectRatio: false, animation: false,
      interaction: {mode: "nearest", intersect: false},
      scales: {
        x: {...x, grid, title: title(spec.x.title), afterBuildTicks: valueTicks(xs),
          ticks: {...ticks, callback: xText}},
        y: {...yRange, grid, title: title(spec.y.title),
          ticks: {...ticks, maxTicksLimit: 7, callback: (value) => spec.y.format(value)}}},
      plugins: {legend: {labels: {usePointStyle: true, boxWidth: 8, boxHeight: 8, color: palette.text, font}},
        tooltip: {backgroundColor: palette.text, titleColor: palette.surface, bodyColor: palette.surface,
          animation: false, callbacks: {label, title: (items) => items.length ? xText(items[0].raw.x) : ""}}}};
  }

  // spec: {series: [{label, points: [{x, y, least, most}]}], curves: [{label, series, points: [[x, y]]}],
  //   x: {title, labels?}, y: {title, format}}; a curve has the colour of the series it belongs to.
  double11.scalingChart = (canvas, spec) => {
    const chart = new Chart(canvas, {type: "scatter", data: {datasets: datasetsOf(spec)}, options: optionsOf(spec),
      plugins: [{id: "spreads", beforeDatasetsDraw: drawSpreads}]});
    alive.add({chart, recolour: () => {
      chart.data.datasets = datasetsOf(spec);
      chart.options = optionsOf(spec);
      chart.update("none");
    }});
  };

  // As line_chart.js does: dark or light on the screen, light and narrow on paper.
  const recolourAll = (resize) => alive.forEach(({chart, recolour}) => {
    recolour();
    resize(chart);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => recolourAll(() => {}));
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    recolourAll((chart) => chart.resize(680, 260));
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.theme;
    recolourAll((chart) => chart.resize());
  });
})();
