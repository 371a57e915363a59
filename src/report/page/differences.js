"use strict";

// Two results side by side, figure by figure: of a comparison alone, or of a result with its baseline.
double11.differences = (() => {
  const {element} = double11;
  const {words} = double11;
  const {mark, note, table} = double11.parts;

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
    const {before, after} = result.verdict;
    const verdict = `Verdict ${before === after ? `${before} before and after` : `${before} before, ${after} after`}.`;
    if (worse.length + better.length === 0) return `None ${of} changed by more than noise and threshold. ${verdict}`;
    const parts = [[worse, "worse"], [better, "better"]].filter(([list]) => list.length > 0)
      .map(([list, how]) => `${list.length} ${how} (${list.map(({name}) => name).join(", ")})`);
    return `${parts.join(", ")} ${of}. ${verdict}`;
  }

  function change(figure) {
    if (figure.change === "worse") return mark("MISSED", "WORSE");
    if (figure.change === "better") return mark("PASS", "better");
    return {equal: "equal", within_noise: "within noise", below_threshold: "below the threshold",
      not_judged: "changed; neither way is better"}[figure.change];
  }

  function rows(figures) {
    return figures.map((figure) => [element("code", {text: figure.name}),
      ...["before", "after", "noise"].map((name) => words.inUnit(figure.unit, figure[name])), changeOf(figure),
      change(figure)]);
  }

  function tableOf(result) {
    const all = table("Better or worse is said of differences above the noise, which is what chance does, and above " +
      `the threshold of ${words.inUnit("share", result.threshold)}`,
    ["Figure", "#Before", "#After", "#Noise \u00b1", "#Change", "Verdict"], rows(result.figures), true);
    const others = (result.left_out || []).map(({name, why}) => `${name} (${why})`);
    return others.length === 0 ? all : [all, note(`Not compared: ${others.join(", ")}.`)];
  }

  const list = (texts, tag) => element("ul", null, texts.map((text) => element("li", null, element(tag, {text}))));

  // On the first screen: that a run passed is half of it when it is worse than the one before.
  function announce({baseline}) {
    if (!baseline) return;
    const status = baseline.regressed ? "MISSED" : "PASS";
    document.querySelector("#verdict .summary").after(
      element("p", {class: "summary", id: "against", "data-status": status},
        `${baseline.regressed ? "Regressed" : "No regression"} against ${baseline.file}: ${verdictOf(baseline)}`));
  }

  // What the tab says.
  const statusOf = ({verdict, baseline}) =>
    baseline && baseline.regressed ? `${verdict.status}, regressed:` : verdict.status;

  const keys = (names) => list(names, "code");
  const doubts = (texts) => list(texts, "span");
  return {announce, doubts, keys, table: tableOf, statusOf, verdictOf};
})();

double11.sections = double11.sections || {};
double11.sections.baseline = ({baseline}) => {
  if (!baseline) return null;
  const {element, differences} = double11;
  const status = baseline.regressed ? "MISSED" : "PASS";
  const verdict = double11.parts.mark(status, baseline.regressed ? "REGRESSED" : "no regression");
  const keys = baseline.differs.length > 0
    ? [element("p", {text: "Keys that differ:"}), differences.keys(baseline.differs)] : [];
  const doubts = baseline.doubts.length > 0
    ? [element("p", {text: "Doubts:"}), differences.doubts(baseline.doubts)] : [];
  return {title: "Against the baseline", content: [
    element("p", {class: "lead"}, verdict, " against ", element("code", {text: baseline.file}),
      `: ${differences.verdictOf(baseline)}`),
    differences.table(baseline), keys, doubts,
  ]};
};
