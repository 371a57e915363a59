"use strict";

// double11.lineChart: lines over time (or over a percentile axis) with faults as shaded bands and
// targets as labelled dashed lines. Colours are names of custom properties, so that a chart follows
// light, dark and paper. Nothing moves: animations are off.
(() => {
  const second = 1e9;
  const day = 86400 * second;
  const timeSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900,
    1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 345600, 864000].map((seconds) => seconds * second);
  const alive = new Set();

  const named = (name) => /^[a-z]/.test(name) && !name.startsWith("rgb") ? double11.colour(name) : name;

  // Whole steps of a clock, about one per 90 pixels.
  function timeTicks(axis) {
    const most = Math.max(2, Math.floor((axis.width || 600) / 90));
    const span = axis.max - axis.min;
    const step = timeSteps.find((candidate) => span / candidate <= most) || Math.ceil(span / most);
    const ticks = [];
    for (let at = Math.ceil(axis.min / step) * step; at <= axis.max * 1.0001; at += step) ticks.push({value: at});
    axis.ticks = ticks;
    axis.clockDecimals = step >= second ? 0 : step >= second / 10 ? 1 : 3;
  }

  // Powers of ten; the fewer of them there are, the more between them.
  function logTicks(axis) {
    const ticks = [];
    const decades = Math.log10(axis.max / axis.min);
    const within = decades > 3 ? [1] : decades > 1 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
    for (let power = Math.floor(Math.log10(axis.min)); power <= Math.ceil(Math.log10(axis.max)); ++power) {
      for (const digit of within) {
        const value = digit * 10 ** power;
        if (value >= axis.min * 0.999 && value <= axis.max * 1.001) ticks.push({value});
      }
    }
    axis.ticks = ticks;
  }

  // The percentile axis of latency plots: x = 1 / (1 - share), logarithmic, so that each nine is as wide.
  function shareTicks(axis) {
    axis.ticks = [1, 2, 4, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter((value) => value <= axis.max * 1.001)
      .map((value) => ({value}));
  }

  const shareText = (x) => x <= 1 ? "0%" : `${Number((100 - 100 / x).toFixed(Math.ceil(Math.log10(x))))}%`;

  // The least and the greatest of a logarithmic axis: all points and lines, but no more than five
  // powers of ten below the greatest, as a nearly nothing would press everything else together.
  function logRange(spec) {
    const values = spec.series.flatMap(({points}) => points.map(([, y]) => y))
      .concat((spec.lines || []).map(({y}) => y)).filter((y) => typeof y === "number" && y > 0);
    if (values.length === 0) return {min: 1, max: 10};
    const greatest = values.reduce((most, y) => Math.max(most, y)) * 1.1;
    const least = Math.max(values.reduce((most, y) => Math.min(most, y)), greatest / 1e5);
    const digit = (y) => 10 ** Math.floor(Math.log10(y));
    return {min: Math.floor(least / digit(least) * 0.999) * digit(least) || digit(least) * 0.9,
      max: Math.ceil(greatest / digit(greatest) * 1.001) * digit(greatest)};
  }

  function halo(context, text, x, y, colours) {
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colours.surface;
    context.strokeText(text, x, y);
    context.fillStyle = colours.text;
    context.fillText(text, x, y);
  }

  // Faults behind the lines; their labels on top, in rows where they would overlap.
  function drawBands(chart, marks, colours) {
    const {ctx: context, chartArea: area, scales: {x}} = chart;
    context.save();
    for (const mark of marks) {
      const from = Math.max(area.left, x.getPixelForValue(mark.from));
      const to = Math.min(area.right, x.getPixelForValue(mark.to));
      if (to < area.left || from > area.right) continue;
      context.fillStyle = colours.band;
      context.fillRect(from, area.top, Math.max(2, to - from), area.bottom - area.top);
      context.fillStyle = colours.bad;
      context.fillRect(from, area.top, 1, area.bottom - area.top);
    }
    context.restore();
  }

  function drawBandLabels(chart, marks, colours) {
    const {ctx: context, chartArea: area, scales: {x}} = chart;
    context.save();
    context.font = `12px ${double11.colour("font")}`;
    context.textBaseline = "top";
    const ends = [];
    for (const mark of marks) {
      const width = context.measureText(mark.label).width;
      const at = Math.min(Math.max(area.left, x.getPixelForValue(mark.from)) + 4, area.right - width - 2);
      let row = ends.findIndex((end) => end < at);
      if (row < 0) row = ends.length;
      if (row > 3) continue;
      ends[row] = at + width + 8;
      halo(context, mark.label, at, area.top + 3 + row * 15, colours);
    }
    context.restore();
  }

  function drawLines(chart, lines, colours) {
    const {ctx: context, chartArea: area, scales: {y}} = chart;
    context.save();
    context.font = `12px ${double11.colour("font")}`;
    for (const line of lines) {
      const at = y.getPixelForValue(line.y);
      if (!(at >= area.top - 1 && at <= area.bottom + 1)) continue;
      context.strokeStyle = colours.target;
      context.lineWidth = 1.5;
      context.setLineDash([6, 4]);
      context.beginPath();
      context.moveTo(area.left, at);
      context.lineTo(area.right, at);
      context.stroke();
      context.setLineDash([]);
      context.textAlign = "right";
      context.textBaseline = at - area.top > 18 ? "bottom" : "top";
      halo(context, line.label, area.right - 4, at + (context.textBaseline === "bottom" ? -3 : 4), colours);
    }
    context.restore();
  }

  // Later lines lie over earlier ones. Nothing cannot be drawn on a logarithmic axis.
  function datasetOf(series, index, log) {
    const colour = named(series.colour);
    return {label: series.label, order: -index, borderColor: colour, backgroundColor: `${colour}2e`,
      fill: series.fill ? "origin" : false, borderWidth: series.width || 2, borderDash: series.dashed ? [5, 4] : [],
      pointRadius: series.points.length === 1 ? 3 : 0, pointHitRadius: 8, stepped: series.stepped ? "before" : false,
      hidden: Boolean(series.hidden), tension: 0,
      data: series.points.map(([x, y]) => ({x, y: typeof y !== "number" || (log && y <= 0) ? null : y}))};
  }

  function axes(spec, colours) {
    const kind = spec.x.kind || "time";
    const font = {family: double11.colour("font"), size: 12};
    const title = (text) => ({display: Boolean(text), text, color: colours.muted, font});
    const yFormat = spec.y.format || double11.short;
    const highest = Math.max(0, ...(spec.lines || []).map((line) => line.y));
    const x = kind === "share"
      ? {type: "logarithmic", min: 1, max: spec.x.max, afterBuildTicks: shareTicks}
      : {type: "linear", min: spec.x.min || 0, max: spec.x.max, afterBuildTicks: timeTicks};
    const show = kind === "share" ? shareText : function clockOf(value) {
      return value > 0 && value % day === 0 ? `${value / day} d` : double11.clock(value, this.clockDecimals || 0);
    };
    const y = spec.y.log
      ? {type: "logarithmic", ...logRange(spec), afterBuildTicks: logTicks}
      : {type: "linear", beginAtZero: true, max: spec.y.max, suggestedMax: highest > 0 ? highest * 1.08 : undefined};
    const grid = {color: colours.grid, borderColor: colours.grid, tickLength: 4};
    return {
      x: {...x, title: title(spec.x.title), grid,
        ticks: {color: colours.muted, font, maxRotation: 0, autoSkip: true, autoSkipPadding: 12, callback: show}},
      y: {...y, title: title(spec.y.title), grid: {...grid, drawBorder: false},
        ticks: {color: colours.muted, font, maxTicksLimit: 6, callback: (value) => yFormat(value)}},
    };
  }

  function tooltip(spec, colours) {
    const yFormat = spec.y.format || double11.short;
    const within = (x) => (spec.marks || []).filter((mark) => x >= mark.from && x <= mark.to).map((mark) => mark.label);
    const title = (x) => (spec.x.kind === "share" ? `percentile ${shareText(x)}`
      : `at ${double11.clock(x, spec.x.max < 120 * second ? 1 : 0)}`);
    return {backgroundColor: colours.text, titleColor: colours.surface, bodyColor: colours.surface,
      footerColor: colours.surface, cornerRadius: 4, padding: 10, boxPadding: 4, animation: false,
      callbacks: {
        title: (items) => items.length > 0 ? title(items[0].parsed.x) : "",
        label: (item) => `${item.dataset.label}: ${yFormat(item.parsed.y)}`,
        footer: (items) => items.length > 0 ? within(items[0].parsed.x) : [],
      }};
  }

  function options(spec) {
    const colours = double11.palette();
    return {responsive: true, maintainAspectRatio: false, animation: false, parsing: false, normalized: true,
      interaction: {mode: spec.x.kind === "share" ? "nearest" : "index", axis: "x", intersect: false},
      scales: axes(spec, colours), plugins: {legend: {display: false}, tooltip: tooltip(spec, colours)}};
  }

  // One button per line: shows and hides it, by mouse and by keyboard.
  function legendOf(chart, spec) {
    return double11.element("ul", {class: "legend"}, spec.series.map((series, index) => {
      const swatch = double11.element("span", {class: series.dashed ? "swatch dashed" : "swatch", "aria-hidden": true});
      swatch.style.borderColor = /^[a-z]/.test(series.colour) ? `var(--${series.colour})` : series.colour;
      const button = double11.element("button", {type: "button", "aria-pressed": String(!series.hidden)}, swatch,
        series.label);
      button.addEventListener("click", () => {
        const shown = !chart.isDatasetVisible(index);
        chart.setDatasetVisibility(index, shown);
        button.setAttribute("aria-pressed", String(shown));
        chart.update("none");
      });
      return double11.element("li", null, button);
    }));
  }

  // spec: {series: [{label, points: [[x, y]...], colour: "step-paid", fill?, dashed?, stepped?, hidden?}],
  //   x: {kind: "time" (nanoseconds) | "share", max, title?}, y: {log?, format, title?, max?},
  //   marks: [{from, to, label}], lines: [{y, label}]}
  // Returns update(series), destroy() and legend, a list of buttons to put beside the canvas, whose
  // parent is an element of class "chart" that gives the size.
  double11.lineChart = (canvas, spec) => {
    const overlay = {id: "faultsAndTargets",
      beforeDatasetsDraw: (chart) => drawBands(chart, spec.marks || [], double11.palette()),
      afterDatasetsDraw: (chart) => {
        const colours = double11.palette();
        drawLines(chart, spec.lines || [], colours);
        drawBandLabels(chart, spec.marks || [], colours);
      }};
    const chart = new Chart(canvas, {type: "line", options: options(spec), plugins: [overlay],
      data: {datasets: spec.series.map((series, index) => datasetOf(series, index, spec.y.log))}});
    const recolour = () => {
      chart.options = options(spec);
      spec.series.forEach((series, index) => Object.assign(chart.data.datasets[index],
        {borderColor: named(series.colour), backgroundColor: `${named(series.colour)}2e`}));
      chart.update("none");
    };
    const update = (series) => {
      spec.series = series;
      series.forEach((one, index) => {
        const made = datasetOf(one, index, spec.y.log);
        if (chart.data.datasets[index]) Object.assign(chart.data.datasets[index], {data: made.data, label: made.label,
          pointRadius: made.pointRadius});
        else chart.data.datasets.push(made);
      });
      chart.data.datasets.length = series.length;
      chart.options.scales.x.max = spec.x.max;
      if (spec.y.log) Object.assign(chart.options.scales.y, logRange(spec));
      chart.update("none");
    };
    const entry = {chart, recolour};
    alive.add(entry);
    return {update, legend: legendOf(chart, spec), destroy: () => {
      alive.delete(entry);
      chart.destroy();
    }};
  };

  // Paper is white and narrow whatever the screen is: before printing all is drawn anew for it.
  const paper = {width: 680, height: 220};
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => alive.forEach(({recolour}) => recolour()));
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    alive.forEach(({chart, recolour}) => {
      recolour();
      chart.resize(paper.width, paper.height);
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
