"use strict";

// A sweep, or points that were given: findings first, a figure for each metric, laws, the table.
(() => {
  const {element} = double11;
  const {section, table} = double11.parts;
  const words = double11.words;
  const waiting = [];

  const list = (sentences) => element("ul", {class: "words"}, sentences.map((text) => element("li", {text})));

  function throughput(law, n) {
    const kappa = law.kappa ? law.kappa.value : 0;
    return law.lambda.value * n / (1 + law.sigma.value * (n - 1) + kappa * n * (n - 1));
  }

  // From the least to half as far again as the greatest that was measured.
  function curveOf(law, series) {
    const fit = law.preferred ? law[law.preferred] : null;
    if (!fit) return [];
    const ns = law.points.map(([n]) => n);
    const [least, most] = [ns.reduce((low, n) => Math.min(low, n)), 1.5 * ns.reduce((high, n) => Math.max(high, n))];
    const points = Array.from({length: 81}, (_, step) => {
      const n = least * (most / least) ** (step / 80);
      return [n, throughput(fit, n)];
    });
    const name = law.preferred === "usl" ? "Universal Scalability Law" : "Amdahl's law";
    return [{label: law.others ? `${name}, ${law.others}` : name, series, points}];
  }

  function figure(title, finding, spec) {
    const canvas = element("canvas", {role: "img", "aria-label": `${title}. ${finding}`});
    waiting.push(() => double11.scalingChart(canvas, spec));
    return element("figure", null,
      element("figcaption", null, element("h3", {text: title}), element("p", {text: finding})),
      element("div", {class: "chart tall"}, canvas));
  }

  // The x axis: the capacity if there is one, else the first factor of numbers, else the first.
  function axisOf(result) {
    const over = result.laws.length > 0 ? result.laws[0].over : null;
    return result.factors.find(({key}) => key === over) || result.factors.find(({numbers}) => numbers) ||
      result.factors[0];
  }

  function labelOf(result, combination, without) {
    return result.factors.filter((factor) => factor !== without)
      .map(({key}) => `${key}=${combination.values[key]}`).join(" ");
  }

  function metricFigure(result, {name, meaning}) {
    const axis = axisOf(result);
    // Where the law's points are: of a scaled sale by the capacity that the part has.
    const ofPart = result.scale !== 1 && result.laws.some(({over}) => over === axis.key);
    const series = [];
    for (const combination of result.combinations) {
      const measured = combination.metrics[name];
      if (!measured || typeof measured.median !== "number") continue;
      const label = labelOf(result, combination, axis);
      let line = series.find((one) => one.others === label);
      if (!line) series.push(line = {others: label, label: label || name, points: []});
      const position = axis.values.indexOf(combination.values[axis.key]);
      const number = ofPart ? combination.capacity : axis.numbers ? axis.numbers[position] : position;
      line.points.push({x: number, y: measured.median, least: measured.least, most: measured.most});
    }
    for (const line of series) line.points.sort((a, b) => a.x - b.x);
    const curves = result.laws.filter(({metric}) => metric === name)
      .flatMap((law) => curveOf(law, Math.max(0, series.findIndex(({others}) => others === law.others))));
    const bars = result.rounds > 1 ? " Bars are from the least to the most of the rounds." : "";
    return figure(name, `${meaning[0].toUpperCase()}${meaning.slice(1)}.${bars}`, {series, curves,
      x: {title: ofPart ? `${axis.key} of the scaled sale` : axis.key, labels: axis.numbers ? null : axis.values},
      y: {title: name, format: (value) => words.metric(name, value)}});
  }

  function lawTable(law) {
    const number = (value) => typeof value === "number" ? String(Number(value.toPrecision(6))) : double11.nothing;
    const rows = [["Amdahl's law", law.amdahl], ["Universal Scalability Law", law.usl]].filter(([, fit]) => fit)
      .flatMap(([name, fit]) => ["lambda", "sigma", "kappa"].filter((one) => fit[one]).map((one) => [
        `${name}: ${one}`, number(fit[one].value), fit[one].at_bound ? "at its bound" : number(fit[one].standard_error),
        number(fit[one].low_95), number(fit[one].high_95)]));
    return rows.length > 0 ? table("Coefficients with standard errors and 95 % intervals by Student's t",
      ["Coefficient", "#Value", "#Standard error", "#From", "#To"], rows, true) : null;
  }

  const lawSection = (law, index) => section(`law-${index}`,
    `Scaling of ${law.metric} over ${law.over}${law.others ? ` at ${law.others}` : ""}`, list(law.words),
    lawTable(law));

  function tableSection(result) {
    const titles = [...result.factors.map(({key}) => key),
      ...result.metrics.flatMap(({name}) => [`#${name}`, "#from", "#to"]), "Verdicts"];
    const rows = result.combinations.map((combination) => [...result.factors.map(({key}) => combination.values[key]),
      ...result.metrics.flatMap(({name}) => {
        const measured = combination.metrics[name] || {};
        return [measured.median_text || double11.nothing,
          ...["least", "most"].map((end) => words.metric(name, measured[end]))];
      }), combination.verdicts.join(", ") || double11.nothing]);
    return section("table", "All combinations", table("Median, least and most of the rounds", titles, rows, true));
  }

  function pointsFigure(law) {
    const points = law.points.map(([x, y]) => ({x, y}));
    return figure("Throughput by n", "The points that were given, and the law.", {
      series: [{label: "measured", points}], curves: curveOf(law, 0), x: {title: "n"},
      y: {title: "throughput", format: double11.short}});
  }

  function banner(result) {
    const of = result.kind === "sweep" ? `${result.combinations.length} combinations, ${result.rounds} ` +
      `${result.rounds === 1 ? "round" : "rounds"}, ${result.mode === "run" ? "wall-clock" : "virtual"} time`
      : `${result.laws[0].points.length} points`;
    const summary = result.kind === "sweep" ? result.words : result.laws[0].words;
    const passes = ({verdicts}) => verdicts.length > 0 && verdicts.every((verdict) => verdict === "PASS");
    const passed = result.kind !== "sweep" || result.combinations.some(passes);
    const status = result.interrupted ? "INTERRUPTED" : passed ? "PASS" : "MISSED";
    return [element("p", {class: "kind"}, "double11 sweep", element("code", {text: result.command})),
      element("h1", null, element("span", {class: "name", text: result.scenario})),
      element("p", {class: "title", text: result.interrupted ? `INTERRUPTED: ${of}` : of}),
      element("p", {class: "summary", "data-status": status, text: summary.join(" ")})];
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    document.title = `${result.scenario} \u2013 double11 sweep`;
    document.getElementById("verdict").append(...banner(result));
    const report = document.getElementById("report");
    if (result.kind === "sweep") {
      report.append(section("figures", "Figures", result.metrics.map((metric) => metricFigure(result, metric))));
    } else {
      report.append(section("figures", "Figure", pointsFigure(result.laws[0])));
    }
    report.append(...result.laws.map(lawSection));
    if (result.kind === "sweep") report.append(tableSection(result));
    for (const draw of waiting) draw();
  }

  main();
})();
