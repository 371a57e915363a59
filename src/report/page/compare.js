"use strict";

// Two results side by side: the verdict first, then every figure before and after with its noise.
(() => {
  const {element, sign, table} = double11;
  const words = double11.words;
  const {number, word} = double11.parts;

  // "+12%", "21 times", or "=" for no change at all.
  function changeOf({before, after}) {
    if (typeof before !== "number" || typeof after !== "number") return double11.nothing;
    if (before === after) return "=";
    if (before === 0) return "from 0";
    const ratio = after / before;
    if (ratio >= 2) return `${double11.short(ratio)} times`;
    const percent = (ratio - 1) * 100;
    return `${percent < 0 ? "\u2212" : "+"}${Math.abs(percent) < 1 ? Math.abs(percent).toFixed(2) : Math.abs(percent).toFixed(1)}%`;
  }

  function verdictOf(result) {
    const worse = result.figures.filter((figure) => figure.change === "worse");
    const better = result.figures.filter((figure) => figure.change === "better");
    const of = `of ${words.many(result.figures.length, "figure", "figures")}`;
    if (worse.length + better.length === 0) return `No figure ${of} changed by more than noise and threshold.`;
    const parts = [[worse, "worse"], [better, "better"]].filter(([list]) => list.length > 0)
      .map(([list, how]) => `${list.length} ${how} (${list.map(({name}) => name).join(", ")})`);
    return `${parts.join(", ")} ${of}.`;
  }

  function banner(result) {
    const status = result.regressed ? "MISSED" : "PASS";
    const same = result.verdict.before === result.verdict.after;
    return [
      element("p", {class: "kind"}, "double11 comparison", result.command ? element("code", {text: result.command}) : null),
      element("h1", null, element("span", {class: "status", "data-status": status}, sign(status),
        result.regressed ? "REGRESSED" : "NO REGRESSION"), " ", element("span", {class: "name", text: result.scenario})),
      element("p", {class: "summary", "data-status": status}, `${verdictOf(result)} Verdict ${same
        ? `${result.verdict.after} before and after.` : `${result.verdict.before} before, ${result.verdict.after} after.`}`),
    ];
  }

  function change(figure) {
    if (figure.change === "worse") return element("span", {class: "mark", "data-status": "MISSED"}, sign("MISSED"), "WORSE");
    if (figure.change === "better") return element("span", {class: "mark", "data-status": "PASS"}, sign("PASS"), "better");
    if (figure.before === figure.after) return "equal";
    return Math.abs(figure.after - figure.before) <= figure.noise ? "within noise" : "below the threshold";
  }

  function section(id, title, ...content) {
    return element("section", {id, "aria-labelledby": `${id}-title`}, element("h2", {id: `${id}-title`, text: title}), content);
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    document.title = `${result.regressed ? "Regressed" : "No regression"}: ${result.scenario} \u2013 double11 comparison`;
    document.getElementById("verdict").append(...banner(result));
    const report = document.getElementById("report");
    report.append(section("figures", "Figures", table("Better or worse is said of a difference above the noise, which is what chance does, and above the threshold",
      [word("Figure"), number("Before"), number("After"), number("Noise \u00b1"), number("Change"), word("Verdict")],
      result.figures.map((figure) => [element("code", {text: figure.name}),
        ...[figure.before, figure.after, figure.noise].map((value) => words.metric(figure.name, value)), changeOf(figure),
        change(figure)]))));
    const list = (texts, tag) => element("ul", null, texts.map((text) => element("li", null, element(tag, {text}))));
    if (result.differs.length > 0) report.append(section("differs", "Keys that differ", list(result.differs, "code")));
    if (result.doubts.length > 0) report.append(section("doubts", "Doubts", list(result.doubts, "span")));
  }

  main();
})();
