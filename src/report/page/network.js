"use strict";

// Puts the report of a network together. What it does not have is left out.
(() => {
  const order = ["thresholds", "laws", "baseline", "stations", "times", "present", "distribution", "classes", "figures",
    "scenario", "simulation", "text"];

  const result = JSON.parse(document.getElementById("result").textContent);
  document.title = `${double11.differences.statusOf(result)} ${result.scenario.name} \u2013 double11 report`;
  document.getElementById("verdict").append(...double11.network.banner(result).filter(Boolean));
  double11.differences.announce(result);
  const {sections} = double11;
  const figures = ["stations", "times", "present", "distribution", "classes", "figures"];
  const has = (id) => double11.network.hasFigures(result) || !figures.includes(id);
  double11.contents(order.filter(has).map((id) => [id, sections[id](result)]));
})();
