"use strict";

// Where orders went: the funnel, what was lost on the way, and the stages that carried them.
(() => {
  const {bar, figure, condensed, note, number, table} = double11.parts;
  const {element, count, rate, percent} = double11;
  const words = double11.words;

  // One bar of all orders, cut by outcome.
  function outcomeBar(result, all) {
    const made = element("div", {class: "outcomes", "aria-hidden": "true"});
    for (const outcome of double11.outcomes) {
      const share = (result.outcomes[outcome] || 0) / all;
      if (share <= 0) continue;
      const part = element("span", {class: "outcome", title: `${outcome} ${percent(share)}`});
      part.style.width = `${share * 100}%`;
      part.style.background = `var(--outcome-${outcome})`;
      made.append(part);
    }
    return made;
  }

  double11.sections.funnel = (result) => {
    const {funnel, outcomes} = result;
    const all = funnel.offered ? funnel.offered.count : 0;
    if (all === 0) return null;
    const live = result.run.runtime !== "virtual_time";
    const rows = double11.steps.map((step) => [step, count(funnel[step].count),
      bar(funnel[step].count / all, `step-${step}`), percent(funnel[step].count / all),
      rate(funnel[step].rate_peak_per_s), rate(funnel[step].rate_mean_per_s),
      ...(live ? [rate(funnel[step].rate_machine_per_s)] : [])]);
    const lost = Object.entries(outcomes).filter(([name, value]) => name !== "dispatched" && value > 0)
      .sort((a, b) => b[1] - a[1]);
    const swatch = (outcome) => {
      const made = element("span", {class: "dot", "aria-hidden": "true"});
      made.style.background = `var(--outcome-${outcome})`;
      return element("span", null, made, outcome);
    };
    return {title: "Funnel", content: [
      table(`Best second and mean are of scenario time${live ? "; this machine: per second of its own time" : ""}`,
      ["Step", "#Orders", "", "#Of offered", "#Best second", "#Mean",
        ...(live ? ["#This machine"] : [])], rows),
      element("h3", {text: "What became of the orders"}),
      outcomeBar(result, all),
      table(`${lost.length > 0 ? percent(1 - outcomes.dispatched / all) : "Nothing"} was lost on the way`,
        ["Outcome", "#Orders", "#Of offered", "Meaning"],
        [["dispatched", outcomes.dispatched], ...lost].map(([name, value]) =>
          [swatch(name), count(value), percent(value / all), words.outcome[name] || ""])),
    ]};
  };

  function queues(result) {
    const {timeline} = result;
    if (!timeline || !timeline.queue) return null;
    const stages = double11.stages.filter((stage) => timeline.queue[stage]);
    const points = (values) => values.map((value, index) => [timeline.at_ns[index], value]);
    const most = stages.map((stage) => Math.max(0, ...timeline.queue[stage]));
    const longest = stages[most.indexOf(Math.max(...most))];
    const at = timeline.at_ns[timeline.queue[longest].indexOf(Math.max(...most))];
    const flight = timeline.in_flight || [];
    const series = stages.map((stage) =>
      ({label: stage, colour: `stage-${stage}`, points: points(timeline.queue[stage])}));
    if (flight.length > 0) series.push({label: "all in flight", colour: "muted", dashed: true, points: points(flight),
      hidden: Math.max(...most) > 0 && Math.max(...flight) > 8 * Math.max(...most)});
    const {rows} = condensed(timeline.at_ns, [...stages.map((stage) => timeline.queue[stage]), flight]);
    return figure({title: "Orders waiting at each stage",
      finding: Math.max(...most) > 0
        ? `The longest queue seen is that of ${longest}: ${count(Math.max(...most))} orders at ${double11.clock(at)}.`
        : "No stage had a queue when it was looked at.",
      note: "Orders in flight are those waiting, and those that a modelled payment holds.",
      columns: ["At", ...stages.map(number), "#in flight"],
      rows: rows.map(([time, ...values]) => [double11.clock(time), ...values.map(count)])},
    {series, x: {kind: "time", max: double11.endOf(result), title: "scenario time"}, y: {format: double11.short},
      marks: double11.marksOf(result)});
  }

  function busy(result) {
    const {timeline} = result;
    if (!timeline) return null;
    const columns = double11.stages.filter((stage) => (timeline.busy_share || {})[stage])
      .map((stage) => ({label: stage, colour: `stage-${stage}`, values: timeline.busy_share[stage]}));
    const servers = (timeline.servers || []).map((all, index) => all > 0 ? timeline.servers_busy[index] / all : null);
    if (servers.some((share) => share !== null)) {
      columns.push({label: "payment servers", colour: "stage-payment", dashed: columns.length > 0, values: servers});
    }
    if (columns.length === 0) return null;
    const most = columns.map(({values}) => Math.max(0, ...values.filter((value) => typeof value === "number")));
    const first = columns[most.indexOf(Math.max(...most))].label;
    const {rows} = condensed(timeline.at_ns, columns.map(({values}) => values));
    return figure({title: "Busy share",
      finding: `Busiest are the ${first === "payment servers" ? first : `workers with ${first}`}: ${
        percent(Math.max(...most))} at most.`,
      note: columns.length > 1
        ? "Of a stage: share of all workers' time. Of payment servers: share of the modelled servers." : null,
      columns: ["At", ...columns.map(({label}) => number(label))],
      rows: rows.map(([time, ...values]) => [double11.clock(time), ...values.map(percent)])},
    {series: columns.map(({label, colour, dashed, values}) => ({label, colour, dashed,
      points: values.map((value, index) => [timeline.at_ns[index], value])})),
    x: {kind: "time", max: double11.endOf(result), title: "scenario time"},
    y: {format: (share) => `${Math.round(share * 100)}%`}, marks: double11.marksOf(result)});
  }

  double11.sections.stages = (result) => {
    const {stages, run, bottleneck} = result;
    if (!stages) return null;
    const live = run.runtime !== "virtual_time";
    const limit = (value) => value > 0 ? rate(value) : null;
    const rows = Object.entries(stages).map(([name, stage]) => {
      const limits = [stage.modelled_limit_per_s, live ? stage.machine_limit_per_s : 0].filter((value) => value > 0);
      const room = limits.length > 0 && stage.demand_per_s > 0 ? Math.min(...limits) / stage.demand_per_s : null;
      const first = bottleneck && bottleneck.blamed === name;
      const said = room === null ? null
        : {text: `${room < 1 ? room.toFixed(2) : double11.short(room)} times`, class: room < 1 ? "short" : ""};
      return [element("span", null, name, first ? element("span", {class: "tag", text: "first to give way"}) : null),
        ...(live ? [count(stage.workers), percent(stage.busy_ns / Math.max(1, run.wall_ns * stage.workers))] : []),
        count(stage.queue_most), rate(stage.demand_per_s), limit(stage.modelled_limit_per_s),
        ...(live ? [limit(stage.machine_limit_per_s)] : []), said];
    });
    return {title: "Stages", content: [
      table("Demand: in the busiest second. Model limit: of credits, servers, rows. Room: lower limit by demand",
        ["Stage", ...(live ? ["#Workers", "#Busy"] : []), "#Queue max", "#Demand",
          "#Model limit", ...(live ? ["#Machine limit"] : []), "#Room"], rows),
      note(`At most ${count(run.in_flight_most)} orders in flight.`),
      queues(result), busy(result)]};
  };
})();
