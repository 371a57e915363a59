"use strict";

// Two results side by side: the verdict first, then every figure before and after with its noise.
(() => {
  const {element, sign} = double11;
  const words = double11.words;
  const {table} = double11.parts;

  // "+12%", "21 times", or "=" for no change at all.
  function changeOf({before, after}) {
    if (typeof before !== "number" || typeof after !== "number") return double11.nothing;
    if (before === after) return "=";
    if (before === 0) return "from 0";
    const ratio = after / before;
    if (ratio >= 2) return `${double11.short(ratio)} times`;
    const percent = Math.abs(ratio - 1) * 100;
    return `${ratio < 1 ? "\u2212" : "+"}${percent.toFixed(percent < 1 ? 2 : 1)}%`;
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
    const {before, after} = result.verdict;
    const verdicts = before === after ? `${after} before and after` : `${before} before, ${after} after`;
    const command = result.command ? element("code", {text: result.command}) : null;
    return [
      element("p", {class: "kind"}, "double11 comparison", command),
      element("h1", null,
        element("span", {class: "status", "data-status": status}, sign(status),
          result.regressed ? "REGRESSED" : "NO REGRESSION"), " ",
        element("span", {class: "name", text: result.scenario})),
      element("p", {class: "summary", "data-status": status}, `${verdictOf(result)} Verdict ${verdicts}.`),
    ];
  }

  function change(figure) {
    const mark = (status, text) => element("span", {class: "mark", "data-status": status}, sign(status), text);
    if (figure.change === "worse") return mark("MISSED", "WORSE");
    if (figure.change === "better") return mark("PASS", "better");
    if (figure.before === figure.after) return "equal";
    return Math.abs(figure.after - figure.before) <= figure.noise ? "within noise" : "below the threshold";
  }

  function section(id, title, ...content) {
    const heading = element("h2", {id: `${id}-title`, text: title});
    return element("section", {id, "aria-labelledby": heading.id}, heading, content);
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    const word = result.regressed ? "Regressed" : "No regression";
    document.title = `${word}: ${result.scenario} \u2013 double11 comparison`;
    document.getElementById("verdict").append(...banner(result));
    const report = document.getElementById("report");
    const rows = result.figures.map((figure) => [element("code", {text: figure.name}),
      ...["before", "after", "noise"].map((name) => words.metric(figure.name, figure[name])), changeOf(figure),
      change(figure)]);
    report.append(section("figures", "Figures",
      table("Better or worse is said of differences above the noise, which is what chance does, and the threshold",
        ["Figure", "#Before", "#After", "#Noise \u00b1", "#Change", "Verdict"], rows, true)));
    const list = (texts, tag) => element("ul", null, texts.map((text) => element("li", null, element(tag, {text}))));
    if (result.differs.length > 0) report.append(section("differs", "Keys that differ", list(result.differs, "code")));
    if (result.doubts.length > 0) report.append(section("doubts", "Doubts", list(result.doubts, "span")));
  }

  main();
})();
