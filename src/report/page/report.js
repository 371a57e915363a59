"use strict";

// Puts the report together: banner, contents, sections in their order. What a result does not have
// is left out.
(() => {
  const order = ["thresholds", "audit", "baseline", "rate", "latency", "funnel", "stages", "faults", "payments", "door",
    "clients", "segments", "fairness", "hot", "logistics", "published", "replications", "scenario", "run", "text"];

  const result = JSON.parse(document.getElementById("result").textContent);
  document.title = `${double11.differences.statusOf(result)} ${result.scenario ? result.scenario.name : ""} \u2013 ` +
    "double11 report";
  document.getElementById("verdict").append(...double11.banner(result).filter(Boolean));
  double11.differences.announce(result);
  double11.contents(order.map((id) => [id, double11.sections[id](result)]));
})();
