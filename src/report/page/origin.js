"use strict";

// Where the figures come from: published points, replications, the scenario, the machine, the text.
(() => {
  const {facts, linked, mark, note, table} = double11.parts;
  const {element, count, percent, duration} = double11;
  const words = double11.words;

  double11.sections.published = (result) => {
    const points = result.published || [];
    if (points.length === 0) return null;
    const met = points.filter((point) => point.met).length;
    return {title: "Published against simulated", content: [
      table(`${met} of ${points.length} published figures are met`,
        ["At", "What", "#Published", "#Here", "#Off", "#Up to", "Verdict", "Source"],
      points.map((point) => [point.at_ns > 0 ? double11.clock(point.at_ns) : "whole run", point.what,
        words.metric(point.what, point.published),
        typeof point.here === "number" ? words.metric(point.what, point.here) : "not reached",
        typeof point.off === "number" ? `${point.off < 0 ? "\u2212" : "+"}${percent(Math.abs(point.off))}` : null,
        percent(point.tolerance), mark(point.met ? "PASS" : "MISSED", point.met ? "met" : "not met"),
        element("span", null, linked(point.source || "", true))]))]};
  };

  double11.sections.replications = (result) => {
    const list = Object.entries(result.replications || {});
    if (list.length === 0) return null;
    const runs = list[0][1].values ? list[0][1].values.length : null;
    return {title: "Replications", content: [
      table(`${runs ? `${runs} runs with other seeds: mean` : "Mean"}, and half the width of its 95% interval`,
        ["Figure", "#Mean", "#\u00b1 95%", "#Least", "#Most"],
        list.map(([name, one]) => [element("code", {text: name}), ...[one.mean, one.half_width_95, one.least, one.most]
          .map((value) => words.metric(name, value))])),
      note("Everything else in this report is of the first of them.")]};
  };

  // "payment.latency.p50" -> "40ms", for every key of the scenario.
  function keysOf(value, path, keys) {
    if (value !== null && typeof value === "object" && Object.keys(value).length > 0) {
      for (const [name, inner] of Object.entries(value)) {
        keysOf(inner, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name, keys);
      }
    } else {
      keys.push([path, typeof value === "string" ? value : JSON.stringify(value)]);
    }
    return keys;
  }

  function keysTable(scenario) {
    const apart = new Set(["sources", "assumptions", "published"]);
    const rest = Object.fromEntries(Object.entries(scenario).filter(([name]) => !apart.has(name)));
    const keys = keysOf(rest, "", []);
    const made = table("Every key with its value; each can be changed with --set key=value", ["Key", "Value"],
      keys.map(([key, value]) => [element("code", {text: key}), value]), true);
    const rows = [...made.querySelectorAll("tbody tr")];
    const found = element("output", {for: "filter", text: `${keys.length} keys`});
    const input = element("input", {type: "search", id: "filter", autocomplete: "off", spellcheck: "false"});
    input.addEventListener("input", () => {
      const sought = input.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !row.textContent.toLowerCase().includes(sought);
        if (!row.hidden) ++shown;
      });
      found.textContent = `${shown} of ${keys.length} keys`;
    });
    return element("details", null, element("summary", {text: `All ${keys.length} keys of the scenario`}),
      element("p", {class: "filter"}, element("label", {for: "filter", text: "Show keys with"}), input, found), made);
  }

  double11.sections.scenario = (result) => {
    const {scenario} = result;
    if (!scenario) return null;
    const lines = (title, list) => list && list.length > 0
      ? [element("h3", {text: title}), element("ul", null, list.map((one) => element("li", null, linked(one))))] : null;
    return {title: "Scenario", content: [element("p", {class: "lead", text: scenario.title}),
      lines("Assumptions", scenario.assumptions), lines("Sources", scenario.sources), keysTable(scenario)]};
  };

  const runtimes = {pace_max: "run, as fast as this machine can (--pace max)",
    pace_real: "run, in wall-clock time (--pace real)", virtual_time: "simulated, in virtual time"};

  double11.sections.run = (result) => {
    const {run, machine} = result;
    return {title: "Run and machine", content: [facts([
      ["command", result.command ? element("code", {text: result.command}) : null],
      ["how", runtimes[run.runtime] || run.runtime], ["workers", count(run.workers)],
      ["scale", run.scale && run.scale !== 1 ? String(run.scale) : null],
      ["scenario time", duration(run.scenario_end_ns)], ["wall-clock time", duration(run.wall_ns)],
      ["seed", String(result.seed ?? "–")], ["order stream", element("code", {text: result.order_stream})],
      ["scenario digest", element("code", {text: result.scenario_digest})],
      ["fingerprint", result.fingerprint ? element("code", {text: result.fingerprint}) : null],
      ["machine", machine ? `${machine.cpu}, ${words.many(machine.cores, "core", "cores")}, load ${
        Number(machine.load_1min).toFixed(2)}` : null],
      ["build", machine ? `${machine.compiler}, ${machine.build}` : null],
      ["program", `${result.program} ${result.version ?? ""}`]])]};
  };

  double11.sections.text = (result) => {
    if (!result.text) return null;
    return {title: "As text", content: [element("details", null,
      element("summary", {text: "The report as the terminal shows it"}),
      element("pre", {tabindex: "0", text: result.text}))]};
  };
})();
