"use strict";

// The tables of a network's report: laws, stations, times, classes, figures over the replications.
(() => {
  const {count, duration, element, percent, rate, short} = double11;
  const {bar, facts, mark, note, number, table} = double11.parts;
  const {broken, isSeveral} = double11.network;
  const whole = (value) => count(Math.round(value));
  const sections = double11.sections;

  // A mean, and below it half the width of its interval where there is one.
  function cell(estimate, format) {
    const {mean, half_width_95: width} = estimate;
    if (typeof width !== "number") return format(mean);
    return element("span", null, format(mean), element("span", {class: "margin", text: `\u00b1 ${format(width)}`}));
  }

  // The share of those that came, and below it how many they are.
  function lost(estimate, came) {
    if (estimate.mean === 0) return double11.nothing;
    const many = typeof estimate.half_width_95 === "number"
      ? `${whole(estimate.mean)} \u00b1 ${whole(estimate.half_width_95)}` : whole(estimate.mean);
    return element("span", null, percent(estimate.mean / Math.max(1, came.mean)),
      element("span", {class: "margin", text: many}));
  }

  sections.thresholds = ({verdict}) => {
    const checks = verdict.checks || [];
    if (checks.length === 0) return null;
    const rows = checks.map((check) => [element("code", {text: check.expression}),
      mark(check.holds ? "PASS" : "MISSED", check.holds ? "holds" : "missed"), check.measured_text]);
    const held = checks.filter((check) => check.holds).length;
    const of = verdict.replications > 1 ? " in the first replication" : "";
    return {title: "Thresholds", content: [table(`${held} of ${checks.length} hold${of}`,
      ["Threshold", "Verdict", "#Measured"], rows, true)]};
  };

  sections.laws = (result) => {
    const rows = result.laws.map((law) => {
      const isBroken = law.violations > 0;
      const verdict = mark(isBroken ? "VIOLATED" : "PASS", isBroken ? "broken" : "holds");
      return [law.name, verdict, isBroken
        ? element("span", null, law.measured, element("span", {class: "offender", text: law.offender})) : law.measured];
    });
    return {title: "Laws", content: [
      element("p", {class: "lead", id: "laws-count"}, `${broken(result).length} of ${result.laws.length} laws broken`),
      table("Each law compares books that were kept two ways, in whole nanoseconds and jobs",
        ["Law", "Verdict", "Books"], rows, true)]};
  };

  function servers(result, index) {
    const {servers: each, branches} = result.scenario.network.stations[index];
    return branches > 1 ? `${count(branches)} \u00d7 ${count(each)}` : count(each);
  }

  sections.stations = (result) => {
    const {stations} = result.estimates;
    const jobs = stations.map((one) => [one.name, cell(one.arrivals, whole), cell(one.completions, whole),
      lost(one.lost, one.arrivals), lost(one.abandoned, one.arrivals), cell(one.present_mean, short),
      cell(one.waiting_mean, short)]);
    const busy = stations.map((one, index) => [one.name, servers(result, index), cell(one.busy_mean, short),
      cell(one.busy_share, percent), bar(one.busy_share.mean, "stage-inventory"), cell(one.all_busy_share, percent)]);
    const {warm_up_ns: from, end_ns: to} = result.replications[0];
    const caption = isSeveral(result)
      ? `Means over ${count(result.verdict.replications)} replications, \u00b1 half the width of their 95% interval`
      : "Of one replication; several (--replications) would say what chance does";
    return {title: "Stations", content: [
      table(`Jobs. ${caption}`, ["Station", ...["Arrivals", "Completed", "Lost", "Gave up", "Present", "Waiting"]
        .map(number)], jobs, true),
      table("Servers", ["Station", "#Servers", "#Busy", "#Busy share", "", "#All busy"], busy, true),
      note(`Counted from ${double11.clock(from)} to ${double11.clock(to)}. Present, waiting and busy are means over ` +
        "that time; all busy is the share of it in which no server was free.")]};
  };

  const percentiles = {mean_ns: "Mean", p50_ns: "p50", p90_ns: "p90", p99_ns: "p99", p999_ns: "p99.9"};
  const titles = Object.values(percentiles).map(number);
  const timesRow = (name, times) => [name, ...Object.keys(percentiles).map((key) => cell(times[key], duration))];

  sections.times = ({estimates}) => ({title: "Waits and sojourns", content: [
    table("Wait of those who were served", ["Station", ...titles],
      estimates.stations.map((one) => timesRow(one.name, one.wait_served)), true),
    table("Sojourn: from arrival to departure, of those who completed", ["Station", ...titles],
      [...estimates.stations.map((one) => timesRow(one.name, one.sojourn)),
        timesRow("whole network", estimates.sojourn)], true)]});

  sections.classes = ({estimates}) => estimates.classes.length < 2 ? null : {title: "Classes", content: [
    table("Jobs from the start on, and their sojourn in the whole network",
      ["Class", ...["Came", "Completed", "Lost", "Gave up"].map(number), ...titles],
      estimates.classes.map((one) => [one.name, cell(one.entered, whole), cell(one.completed, whole),
        lost(one.lost, one.entered), lost(one.abandoned, one.entered), ...timesRow("", one.sojourn).slice(1)]), true)]};

  function formatOf(name) {
    if (name.endsWith(".share")) return percent;
    if (name.endsWith("_per_s")) return rate;
    return /(wait|sojourn)\.mean$/.test(name) ? duration : short;
  }

  sections.figures = (result) => {
    if (!isSeveral(result)) return null;
    const rows = Object.entries(result.figures).map(([name, one]) => [element("code", {text: name}),
      ...[one.mean, one.half_width_95, one.least, one.most].map(formatOf(name))]);
    const all = table(`${count(result.verdict.replications)} independent runs: mean, and half the width of its 95% ` +
      "interval", ["Figure", "#Mean", "#\u00b1 95%", "#Least", "#Most"], rows, true);
    return {title: "Replications", content: [
      rows.length > 50 ? element("details", null, element("summary", {text: `All ${rows.length} figures`}), all) : all,
      note("The number present over time and the report as text are of the first of them; distributions are of all.")]};
  };

  sections.simulation = (result) => {
    const [first] = result.replications;
    const {machine} = result;
    return {title: "Run and machine", content: [facts([
      ["command", result.command ? element("code", {text: result.command}) : null],
      ["how", "simulated, in virtual time"], ["scenario time", duration(first.end_ns)],
      ["replications", count(result.verdict.replications)],
      [isSeveral(result) ? "events of the first" : "events", count(first.events)], ["seed", String(result.seed)],
      ["scenario digest", element("code", {text: result.scenario_digest})],
      [isSeveral(result) ? "fingerprint of the first" : "fingerprint", element("code", {text: first.fingerprint})],
      ["machine", machine ? `${machine.cpu}, ${double11.words.many(machine.cores, "core", "cores")}` : null],
      ["build", machine ? `${machine.compiler}, ${machine.build}` : null],
      ["program", `${result.program} ${result.version}`]])]};
  };
})();
