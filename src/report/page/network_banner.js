"use strict";

// The first screen of a network's report: whether the laws hold, and the main figures.
double11.network = (() => {
  const {count, duration, element, percent, rate} = double11;
  const {headline, tile} = double11.parts;
  const many = double11.words.many;
  const meaning = {PASS: "The laws hold", MISSED: "A threshold was missed", INVALID: "The run cannot be trusted",
    VIOLATED: "A law is broken", INTERRUPTED: "Stopped before its end"};

  // There are none when all were stopped within their warm-up.
  const hasFigures = (result) => result.estimates !== null;
  const isSeveral = (result) => result.verdict.replications > 1;
  const broken = (result) => result.laws.filter((law) => law.violations > 0);

  // " ± 0.6" where there is an interval.
  const within = (estimate, format) =>
    typeof estimate.half_width_95 === "number" ? ` \u00b1 ${format(estimate.half_width_95)}` : "";

  // What became of the jobs of the first replication.
  function jobs(result) {
    const {flow} = result.replications[0];
    const inside = `inside ${result.replications[0].stopped ? "when it was stopped" : "at the end"}`;
    const ends = [["completed", flow.completed], ["lost", flow.lost], ["gave up", flow.abandoned],
      [inside, flow.inside]].filter(([name, value]) => value > 0 || name === "completed");
    return `${many(flow.entered, "job", "jobs")} came${isSeveral(result) ? " in the first" : ""}: ${
      ends.map(([name, value]) => `${count(value)} ${name}`).join(", ")}.`;
  }

  // What the thresholds say, if there are any; results of before have no list of them.
  function judged({verdict}) {
    const checks = verdict.checks || [];
    if (checks.length === 0) return "";
    const held = checks.filter((check) => check.holds).length;
    const passed = verdict.replications > 1
      ? `${count(verdict.passed)} of ${count(verdict.replications)} replications passed; of the first ` : "";
    return `${passed}${held} of ${many(checks.length, "threshold", "thresholds")} ${held === 1 ? "holds" : "hold"}. `;
  }

  function summary(result) {
    const {status, replications} = result.verdict;
    if (status === "VIOLATED") {
      const [first] = broken(result);
      return `${broken(result).length} of ${result.laws.length} laws broken: these figures prove nothing. First: ${
        first.name}: ${first.offender}.`;
    }
    if (status === "INTERRUPTED") {
      const all = replications + (result.verdict.stopped || 0) + result.verdict.missing;
      const part = hasFigures(result) ? "the figures are of the part that ran" : "there are no figures";
      return `Stopped before its end. ${count(replications)} of ${many(all, "replication", "replications")} finished: ${
        replications > 0 ? "the figures are of these alone" : part}. ${jobs(result)}`;
    }
    const doubt = (result.verdict.doubts || []).map((each) => `Doubt: ${each}. `).join("");
    const where = isSeveral(result) ? ` in all ${count(replications)} replications` : "";
    return `${doubt}${judged(result)}Little's law and the conservation of jobs hold exactly at every station${where}. ${
      jobs(result)}`;
  }

  function lawsTile(result) {
    const many = broken(result).length;
    return tile("Laws", `${many} of ${result.laws.length}`,
      many > 0 ? "broken: the books do not agree" : "broken: no job lost, no time lost",
      many > 0 ? "VIOLATED" : "PASS");
  }

  function busiestTile({stations}) {
    const busiest = stations.reduce((most, one) => one.busy_share.mean > most.busy_share.mean ? one : most);
    return tile("Busiest station", percent(busiest.busy_share.mean),
      `of the servers' time at ${busiest.name}; a mean wait of ${duration(busiest.wait_all.mean_ns.mean)}`);
  }

  function figureTiles(estimates) {
    const {throughput_per_s: throughput, sojourn, stations} = estimates;
    const arrivals = stations[0].arrivals.mean;
    return [
      tile("Throughput", rate(throughput.mean),
        `completed${within(throughput, rate)}; ${count(Math.round(arrivals))} arrivals at ${stations[0].name}`),
      tile("Mean sojourn", duration(sojourn.mean_ns.mean),
        [within(sojourn.mean_ns, duration).trim(), `half within ${duration(sojourn.p50_ns.mean)}, 99% within ${
          duration(sojourn.p99_ns.mean)}`].filter(Boolean).join("; ")),
      busiestTile(estimates),
    ];
  }

  // The station to look at where a threshold is missed.
  function gives({bottleneck, verdict}) {
    if (!bottleneck || verdict.status !== "MISSED") return null;
    return element("p", {class: "gives"}, element("strong", {text: `First to give way: ${bottleneck.blamed}.`}),
      ` It is ${bottleneck.reason}. To move it: `, element("code", {text: double11.words.setting(bottleneck.setting)}));
  }

  function banner(result) {
    const {status} = result.verdict;
    return [
      element("p", {class: "kind"}, "double11 report: a network of queues",
        result.command ? element("code", {text: result.command}) : null),
      headline(status, status, result.scenario.name),
      element("p", {class: "title", text: result.scenario.title}),
      element("p", {class: "summary", "data-status": status},
        element("span", {class: "hidden-visually", text: `${meaning[status] || status}. `}), summary(result)),
      element("dl", {class: "tiles"}, hasFigures(result) ? figureTiles(result.estimates) : null, lawsTile(result)),
      gives(result),
    ];
  }

  return {banner, broken, hasFigures, isSeveral};
})();
