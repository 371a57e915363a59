"use strict";

// The verdict in words: what held or broke, in a sentence, and what gave way first. The words are those
// of the report.
(() => {
  const {words} = double11;
  const failed = (checks) => checks.filter((check) => !check.holds);

  // What of a result the report's words ask for.
  function resultOf(hello, end) {
    const {rate, of} = double11.screen.targetOf(hello);
    return {...end, scenario: {target: rate ? {rate: `${rate}/s`, of} : null}};
  }

  // One sentence has room for the worst; the list of checks has them all.
  function missed(result) {
    const target = words.targetOf(result);
    const isTarget = Boolean(target && !target.holds);
    const misses = failed(result.verdict.checks);
    const first = isTarget ? target : misses[0];
    if (!first) return "Something that was asked for did not hold.";
    const more = misses.length > 1 ? `, and ${misses.length - 1} more` : "";
    const held = target && target.holds ? " The target itself held." : "";
    return `${isTarget ? "The target was missed" : "Missed"}: ${words.finding(first)}, ${words.wantedOf(first)} ` +
      `wanted${more}.${held}`;
  }

  // The finding, for sighted viewers and to be read out.
  double11.screen.finding = (hello, end) => {
    const result = resultOf(hello, end);
    if (end.verdict.status === "MISSED") return missed(result);
    const nothingAsked = end.verdict.status === "PASS" && end.verdict.checks.length === 0;
    return nothingAsked ? "Nothing was asked for, and no law is broken." : words.summary(result);
  };

  double11.screen.cause = ({verdict, bottleneck}) => {
    if (!bottleneck || !bottleneck.reason) return "";
    const what = verdict.status === "MISSED" ? "First to give way" : "Next to give way";
    const setting = bottleneck.setting ? ` To move it: ${words.setting(bottleneck.setting)}` : "";
    return `${what}: ${bottleneck.blamed}: ${bottleneck.reason}.${setting}`;
  };

  // One item per check: what failed comes first.
  double11.screen.checkItems = ({verdict}) => [...failed(verdict.checks), ...verdict.checks.filter((check) => check.holds)]
    .map((check) => double11.element("li", {class: check.holds ? "held" : "missed"},
      double11.sign(check.holds ? "PASS" : "MISSED"),
      double11.element("span", {class: "hidden-visually", text: check.holds ? "held: " : "missed: "}),
      double11.element("strong", {text: words.finding(check)}),
      double11.element("span", {class: "wanted", text: `${words.wantedOf(check)} wanted`})));
})();
