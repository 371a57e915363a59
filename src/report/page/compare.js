"use strict";

// Two results side by side: the verdict first, then every figure before and after with its noise.
(() => {
  const {element, differences} = double11;
  const {headline, section} = double11.parts;

  function banner(result) {
    const status = result.regressed ? "MISSED" : "PASS";
    return [
      element("p", {class: "kind"}, "double11 comparison"),
      headline(status, result.regressed ? "REGRESSED" : "NO REGRESSION", result.scenario),
      element("p", {class: "summary", "data-status": status}, differences.verdictOf(result)),
      element("p", {class: "note"}, "Before: ", element("code", {text: result.before}), ", after: ",
        element("code", {text: result.after})),
    ];
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    const word = result.regressed ? "Regressed" : "No regression";
    document.title = `${word}: ${result.scenario} \u2013 double11 comparison`;
    document.getElementById("verdict").append(...banner(result));
    const report = document.getElementById("report");
    report.append(section("figures", "Figures", differences.table(result)));
    const {differs, doubts} = result;
    if (differs.length > 0) report.append(section("differs", "Keys that differ", differences.keys(differs)));
    if (doubts.length > 0) report.append(section("doubts", "Doubts", differences.doubts(doubts)));
  }

  main();
})();
