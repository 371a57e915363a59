"use strict";

// The first screen: whether the target held, what broke, what gives way first, and the audit.
(() => {
  const {element, sign} = double11;
  const {headline, mark, note, table, tile} = double11.parts;
  const words = double11.words;
  const text = {PASS: "The target held", MISSED: "A target or threshold was missed",
    VIOLATED: "A law of the audit is broken", INVALID: "The run cannot be trusted",
    INTERRUPTED: "Stopped before its end"};

  function targetTile(result) {
    const target = words.targetOf(result) || result.verdict.checks[0];
    if (!target) return null;
    const value = words.measured(target);
    return tile(words.targetOf(result) ? "Target" : "First threshold", value,
      `${words.finding(target).replace(value, "").trim()}; ${words.wantedOf(target)} wanted`,
      target.holds ? "PASS" : "MISSED");
  }

  function servedTile(result) {
    const {offered, dispatched} = result.funnel;
    if (!offered || offered.count === 0) return null;
    const lost = Object.entries(result.outcomes).filter(([name, value]) => name !== "dispatched" && value > 0)
      .sort((a, b) => b[1] - a[1]);
    const most = lost.length > 0
      ? `; most lost: ${lost[0][0].replace("_", " ")} ${double11.percent(lost[0][1] / offered.count)}` : "";
    return tile("Dispatched", double11.percent(dispatched.count / offered.count),
      `${double11.short(dispatched.count)} of ${double11.short(offered.count)} orders${most}`);
  }

  function latencyTile(result) {
    const latency = result.latency_ns && result.latency_ns.dispatched;
    if (!latency || latency.count === 0) return null;
    const modelled = result.run.runtime === "pace_max" ? "modelled waits only" : "from the planned arrival";
    return tile("p99 until dispatched", double11.duration(latency.p99),
      `half within ${double11.duration(latency.p50)}; ${modelled}`);
  }

  function auditTile(result) {
    const broken = result.audit.laws.filter((law) => law.violations > 0).length;
    const below = broken > 0 ? "laws broken: the books do not agree" : "laws broken: nothing oversold, nothing lost";
    return tile("Audit", `${broken} of ${result.audit.laws.length}`, below, broken > 0 ? "VIOLATED" : "PASS");
  }

  function gives(result) {
    const {bottleneck} = result;
    if (!bottleneck || !bottleneck.reason) return null;
    return element("p", {class: "gives"}, element("strong", {text: `First to give way: ${bottleneck.blamed}.`}), " ",
      `${bottleneck.reason.charAt(0).toUpperCase()}${bottleneck.reason.slice(1)}.`,
      bottleneck.setting ? [" To move it: ", element("code", {text: words.setting(bottleneck.setting)})] : null);
  }

  double11.banner = (result) => {
    const {status} = result.verdict;
    const name = result.scenario ? result.scenario.name : "";
    const scale = result.run.scale;
    return [
      element("p", {class: "kind"}, "double11 report", result.command ? element("code", {text: result.command}) : null),
      headline(status, status, name),
      element("p", {class: "title", text: result.scenario ? result.scenario.title : ""}),
      scale && scale !== 1 ? element("p", {class: "scaled",
        text: `Scaled: ${scale} times that sale, and so are the counts, rates and money below.`}) : null,
      element("p", {class: "summary", "data-status": status}, element("span", {class: "hidden-visually",
        text: `${text[status] || status}. `}), words.summary(result)),
      element("dl", {class: "tiles"}, targetTile(result), latencyTile(result), servedTile(result), auditTile(result)),
      gives(result),
    ];
  };

  double11.sections.thresholds = (result) => {
    const {checks, doubts} = result.verdict;
    if (checks.length === 0 && doubts.length === 0) return null;
    const rows = checks.map((check) => [element("code", {text: check.expression}),
      mark(check.holds ? "PASS" : "MISSED", check.holds ? "holds" : "missed"),
      words.measured(check), words.room(check), words.finding(check)]);
    const held = checks.filter((check) => check.holds).length;
    return {title: "Thresholds", content: [
      table(`${held} of ${checks.length} hold`,
        ["Threshold", "Verdict", "#Measured", "#Room", "In words"], rows, true),
      doubts.map((doubt) =>
        element("p", {class: "doubt", "data-status": "INVALID"}, sign("INVALID"), `Doubt: ${doubt}`)),
    ]};
  };

  double11.sections.audit = (result) => {
    const {laws, undersold_units: units, undersold_skus: skus} = result.audit;
    const broken = laws.filter((law) => law.violations > 0).length;
    const rows = laws.map((law) => [law.name, mark(law.violations > 0 ? "VIOLATED" : "PASS", law.violations > 0
      ? "broken" : "holds"), law.violations > 0 && law.offender
      ? element("span", null, law.measured, element("span", {class: "offender", text: law.offender})) : law.measured]);
    return {title: "Audit", content: [
      element("p", {class: "lead", id: "audit-count"}, `${broken} of ${laws.length} laws broken`),
      table("Each law compares books that were kept by different code", ["Law", "Verdict", "Books"], rows,
        true),
      note(units > 0
        ? `Undersold: ${double11.count(units)} units of ${double11.count(skus)} SKUs left although buyers were refused.`
        : "Undersold: nothing was left that buyers were told is sold out."),
    ]};
  };
})();
