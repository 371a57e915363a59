"use strict";

// A search for a limit: what was found first, then the ladder as a figure and as tables.
(() => {
  const {element, sign} = double11;
  const {facts, headline, mark, note, section, table} = double11.parts;
  const statusOf = {"FOUND": "PASS", "ALL PASS": "PASS", "NONE PASSES": "MISSED", "UNSTEADY": "INVALID",
    "MACHINE LIMIT": "INVALID", "NOT JUDGED": "INVALID", "INTERRUPTED": "INTERRUPTED"};

  function banner(result) {
    const status = statusOf[result.status];
    const gives = result.gives_way;
    return [
      element("p", {class: "kind"}, "double11 capacity", element("code", {text: result.command})),
      headline(status, result.status, result.scenario),
      element("p", {class: "title", text: result.title}),
      element("p", {class: "summary", "data-status": status, text: result.finding}),
      result.surprise ? element("p", {class: "doubt", "data-status": "INVALID"}, sign("INVALID"), result.surprise) : null,
      result.warning ? element("p", {class: "doubt", "data-status": "INVALID"}, sign("INVALID"), result.warning) : null,
      gives ? element("p", {class: "gives"}, `Gives way there: ${gives.blamed}: ${gives.reason}.`,
        gives.setting ? [" To move it: ", element("code", {text: double11.words.setting(gives.setting)})] : null) : null,
    ].filter(Boolean);
  }

  const isNetwork = (result) => result.of === "network";

  // All trials of a value, the easiest value first.
  function rungs(result) {
    const byValue = new Map();
    for (const trial of result.trials) {
      if (!byValue.has(trial.value)) byValue.set(trial.value, []);
      byValue.get(trial.value).push(trial);
    }
    const order = result.limit.is === "lowest" ? -1 : 1;
    return [...byValue.entries()].sort(([a], [b]) => order * (a - b)).map(([, trials]) => trials);
  }

  // Files of before have no "judged".
  const isJudged = (trial) => trial.judged !== false;

  function verdict(judged) {
    const failing = judged.find(({passes}) => !passes);
    const status = judged.length === 0 ? "INVALID" : failing ? failing.status : "PASS";
    return mark(status, judged.length === 0 ? "not judged" : status);
  }

  function ladder(result) {
    const rows = rungs(result).map((trials) => {
      const judged = trials.filter(isJudged);
      const [first] = judged.length > 0 ? judged : trials;
      const latency = (name) => double11.duration(first.latency_ns ? first.latency_ns[name] : null);
      const failing = (judged.length > 0 ? judged : trials).find(({passes}) => !passes);
      const rate = isNetwork(result) ? first.throughput_per_s : first.offered_per_s;
      return [first.text, double11.rate(rate), ...["p50", "p90", "p99", "p99.9"].map(latency),
        `${judged.filter(({passes}) => passes).length} of ${judged.length}`, verdict(judged),
        failing ? failing.why : ""];
    });
    const of = isNetwork(result) ? "sojourns of jobs in" : "latencies of";
    return table(`Each value with the ${of} its first trial, and how many pass of those that could be judged`,
      [result.key, isNetwork(result) ? "#Served" : "#Offered", "#p50", "#p90", "#p99", "#p99.9", "#Passed", "Verdict",
        "Why"], rows, true);
  }

  function outcomes(result) {
    const trials = result.trials.filter((trial) => isJudged(trial) && trial.outcome_shares);
    const shown = double11.outcomes.filter((name) => trials.some(({outcome_shares: shares}) => shares[name]));
    const rows = rungs({...result, trials})
      .map(([first]) => [first.text, ...shown.map((name) => double11.percent(first.outcome_shares[name] || 0))]);
    return table("Outcomes, of all orders", [result.key, ...shown.map((name) => `#${name.replace("_", " ")}`)], rows, true);
  }

  function jobs(result) {
    const names = ["completed", "lost", "abandoned"];
    const rows = rungs(result).filter(([first]) => first.busiest).map(([first]) => [first.text,
      ...names.map((name) => double11.percent(first.outcome_shares[name])), double11.percent(first.busiest.busy_share),
      first.busiest.station]);
    return table("What became of the jobs that ended, and the busiest station",
      [result.key, "#Completed", "#Lost", "#Gave up", "#Busy", "Station"], rows, true);
  }

  function figure(result) {
    const canvas = element("canvas", {role: "img", "aria-label": `p99 by ${result.key}. ${result.finding}`});
    return {canvas, made: element("figure", null,
      element("figcaption", null, element("h3", {text: `p99 by ${result.key}`}), element("p", {text: result.range ||
        result.finding})), element("div", {class: "chart"}, canvas),
      note("Circles pass, triangles do not; crosses could not be judged. The band is the range of the limit, the dashed " +
        "line the scenario's own value."))};
  }

  function main() {
    const result = JSON.parse(document.getElementById("result").textContent);
    document.title = `${result.status}: ${result.scenario} \u2013 double11 capacity`;
    document.getElementById("verdict").append(...banner(result));
    const {canvas, made} = figure(result);
    const {machine} = result;
    document.getElementById("report").append(
      section("ladder", "Ladder", made, ladder(result)),
      section("outcomes", "Outcomes", isNetwork(result) ? jobs(result) : outcomes(result)),
      section("meaning", "What it means", element("p", {text: result.meaning}),
        result.range ? element("p", {text: result.range}) : null,
        facts([["Mode", result.mode === "run" ? `run, pace ${result.pace}` : "simulate"],
          ["Tolerance", double11.percent(result.tolerance)], ["Other seeds on either side", String(result.confirm)],
          ["Trials", String(result.trials.length)], ["Machine", `${machine.cpu}, ${machine.cores} cores`]])));
    const text = Object.fromEntries(result.trials.map((trial) => [trial.value, trial.text]));
    double11.ladderChart(canvas, {trials: result.trials, limit: result.limit, own: result.own_value, key: result.key,
      format: (value) => text[value] || double11.short(value),
      measures: isNetwork(result) ? "p99 of the sojourns" : "p99 to dispatched"});
  }

  main();
})();
