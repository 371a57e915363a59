"use strict";

// The verdict in words: what held or broke, in one sentence, and what gave way first.
(() => {
  const failed = (checks) => checks.filter((check) => !check.holds);
  const words = (check) => check.expression.replace(">=", "\u2265").replace("<=", "\u2264").replace("==", "=");
  const measured = (check) => check.measured_text || (check.measured === null ? "never" : double11.short(check.measured));

  function missed(checks) {
    const [first, ...rest] = failed(checks);
    if (!first) return "Something that was asked for did not hold.";
    const more = rest.length > 0 ? `, and ${rest.length} more` : "";
    return `Did not hold: ${words(first)}; measured ${measured(first)}${more}.`;
  }

  function violated(audit) {
    const law = audit.laws.find((one) => one.violations > 0);
    if (!law) return "An audit law is broken.";
    return `Broken: ${law.name}; ${law.measured}${law.offender ? `; ${law.offender}` : ""}.`;
  }

  function held(hello, checks) {
    const target = double11.screen.targetOf(hello);
    const check = target.rate ? checks.find((one) => one.expression.startsWith(`${target.of}.rate`)) : null;
    if (check) return `The target held: ${measured(check)} ${target.of}, ${double11.rate(target.rate)} asked for.`;
    return checks.length > 0 ? "All that was asked for held." : "Nothing was asked for, and no law is broken.";
  }

  // The finding, for sighted viewers and to be read out.
  double11.screen.finding = (hello, {verdict, audit}) => {
    switch (verdict.status) {
      case "PASS": return held(hello, verdict.checks);
      case "MISSED": return missed(verdict.checks);
      case "VIOLATED": return violated(audit);
      case "INVALID": return `The run cannot be trusted: ${verdict.doubts[0] || "it is in doubt"}.`;
      default: return "Stopped before its end; the figures are of what happened until then.";
    }
  };

  double11.screen.cause = ({verdict, bottleneck}) => {
    if (!bottleneck || !bottleneck.reason) return "";
    const what = verdict.status === "MISSED" ? "First to give way" : "Next to give way";
    const setting = bottleneck.setting ? ` To move it: --set ${bottleneck.setting}` : "";
    return `${what}: ${bottleneck.blamed}: ${bottleneck.reason}.${setting}`;
  };

  // One item per check: what failed comes first.
  double11.screen.checkItems = ({verdict}) => [...failed(verdict.checks), ...verdict.checks.filter((check) => check.holds)]
    .map((check) => double11.element("li", {class: check.holds ? "held" : "missed"},
      double11.sign(check.holds ? "PASS" : "MISSED"),
      double11.element("span", {class: "hidden-visually", text: check.holds ? "held: " : "missed: "}),
      double11.element("code", {text: words(check)}),
      double11.element("strong", {text: measured(check)})));
})();
