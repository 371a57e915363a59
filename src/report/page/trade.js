"use strict";

// Payments and their channels, the door and its clients, faults, segments, fairness and hot SKUs.
(() => {
  const {facts, hasKeys, number, note, bar, table} = double11.parts;
  const {element, count, rate, percent, duration, money} = double11;
  const words = double11.words;
  const some = (value) => value > 0 ? count(value) : null;

  const channelColumns = {started: "Started", paid: "Paid", declined: "Declined", timed_out: "Timed out",
    refused: "Refused", left_queue: "Left the queue", queue_most: "Queue max", servers: "Servers",
    breaker_opened: "Breaker opened"};

  function channels(result) {
    const list = result.payments.channels || [];
    if (list.length === 0) return null;
    const span = Math.max(1, result.run.scenario_end_ns);
    const busy = (one) => percent(one.busy_ns / span / Math.max(1, one.servers));
    return table("Channels", ["Channel", "#Busy", ...Object.values(channelColumns).map(number)],
      list.map((one) => [one.name, busy(one), ...Object.keys(channelColumns).map((name) => count(one[name]))]));
  }

  function reasons(result) {
    const list = Object.entries(result.payments.reasons || {});
    const all = list.reduce((sum, [, value]) => sum + value, 0);
    return all === 0 ? null : table("Declined, by reason", ["Reason", "#Payments", "#Of declined"],
      list.map(([name, value]) => [name, count(value), percent(value / all)]));
  }

  const payments = {paid: "orders paid", declined: "orders declined", given_up: "orders given up",
    abandoned: "orders abandoned", refused: "refused: the queue was full", repeated: "failed payments tried again",
    superseded: "late successes of those", refunds: "late successes returned", unrouted: "found every breaker open"};

  double11.sections.payments = (result) => {
    const {payments: counts, money_fen: fen} = result;
    if (!counts) return null;
    return {title: "Payments", content: [
      facts([...["turnover", "captured", "refunded"].map((name) => [name, fen ? money(fen[name]) : null]),
        ...Object.entries(payments).map(([name, said]) => [said, some(counts[name])])]),
      channels(result), reasons(result)]};
  };

  const door = {duplicates: "second clicks known", bots_caught: "bots caught", false_alarms: "people taken for bots",
    over_buyer_rate: "too many clicks of a buyer", over_buyer_units: "too many units of a buyer",
    told_sold_out: "told at once that it is sold out", over_rate: "above the rate limit",
    room_full: "waiting room full", over_limit: "no place", dropped: "dropped from the queue",
    expired: "stopped waiting in a queue"};

  double11.sections.door = (result) => {
    if (!hasKeys(result.door)) return null;
    const all = result.funnel.offered.count || 1;
    const away = Object.entries(door).map(([name, said]) => [said, result.door[name]])
      .filter(([, clicks]) => clicks > 0).sort((a, b) => b[1] - a[1]);
    return {title: "Door", content: [
      away.length === 0 ? note("No click was turned away.")
        : table("Clicks turned away, by reason", ["Reason", "#Clicks", "", "#Of offered"],
          away.map(([said, clicks]) => [said, count(clicks), bar(clicks / all, "muted"), percent(clicks / all)])),
      facts([["most in the queue", count(result.door.queue_most)],
        ["most in flight", count(result.door.in_flight_most)],
        ["most in the waiting room", some(result.door.room_most)],
        ["times its pages asked", some(result.door.polls)]])]};
  };

  double11.sections.clients = (result) => {
    const {clients} = result;
    if (!hasKeys(clients)) return null;
    return {title: "Clients", content: [
      element("p", {class: "lead"}, `${percent(clients.served_share)} of the buyers' orders were served; `,
        `each order made ${double11.short(clients.amplification)} clicks.`),
      facts([["orders wanted (first clicks)", count(clients.first_clicks)], ["retries", count(clients.retries)],
        ["second clicks", count(clients.second_clicks)],
        ["attempts per order", double11.short(clients.attempts_per_order)],
        ["offered", rate(clients.offered_per_s)], ["goodput", rate(clients.goodput_per_s)],
        ["gave up", count(clients.given_up)], ["clicks answered too late", count(clients.answered_late)],
        ["clicks that timed out", count(clients.timed_out)],
        ["retries not made, over budget", some(clients.over_budget)]])]};
  };

  function recovery(fault) {
    if (typeof fault.recovery_ns !== "number") return "nothing happened any more";
    return fault.recovered ? duration(fault.recovery_ns)
      : {text: `not within ${duration(fault.recovery_ns)}`, class: "short"};
  }

  double11.sections.faults = (result) => {
    const list = result.faults || [];
    if (list.length === 0) return null;
    const rows = list.map((fault) => [words.fault(fault.of, fault.factor), double11.clock(fault.at_ns),
      duration(fault.duration_ns), fault.step, rate(fault.before_per_s), rate(fault.worst_per_s),
      typeof fault.backlog_most === "number" ? count(Math.round(fault.backlog_most)) : null, recovery(fault)]);
    return {title: "Faults", content: [
      table("Rates are those of the step that the fault holds up", ["Fault", "#At", "#For", "Step", "#Before", "#Worst",
        "#Backlog", "#Recovery"], rows),
      note("Recovery: from a fault's end until the rate is back and the backlog gone.")]};
  };

  double11.sections.segments = (result) => {
    const list = result.segments || [];
    if (list.length === 0) return null;
    const ends = double11.outcomes.filter((name) =>
      name === "dispatched" || list.some((one) => one.outcomes[name] > 0));
    const latency = (one, name) => one.outcomes.dispatched > 0 && one.dispatched_latency_ns
      ? duration(one.dispatched_latency_ns[name]) : null;
    return {title: "Segments of buyers", content: [
      table("Shares are of the segment's own clicks", ["Segment", "#offered", ...ends.map(number), "#p50", "#p99"],
        list.map((one) => [one.name, count(one.offered),
          ...ends.map((name) => percent((one.outcomes[name] || 0) / Math.max(1, one.offered))),
          latency(one, "p50"), latency(one, "p99")]))]};
  };

  double11.sections.fairness = (result) => {
    const {fairness} = result;
    if (!hasKeys(fairness)) return null;
    const length = words.quantity(result.scenario.duration) || 0;
    const from = (index) => double11.clock(length / fairness.by_arrival.length * index);
    return {title: "Fairness", content: [
      facts([["buyers who got something", count(fairness.buyers)],
        ["most units of one buyer", count(fairness.units_most)],
        ["units to the 1% who got most", percent(fairness.top1pct_share)],
        ["units to bots", percent(fairness.bots_share)], ["clicks of bots", percent(fairness.bots_offered_share)]]),
      table("Who came when, in tenths of the sale", ["Clicks from", "#Clicks", "#Dispatched", "#Mean latency"],
        fairness.by_arrival.map((one, index) => [from(index), count(one.offered), percent(one.dispatched_share),
          one.dispatched_share > 0 ? duration(one.latency_mean_s * 1e9) : null]))]};
  };

  double11.sections.hot = (result) => {
    const hot = result.hot || [];
    const sold = result.sold && result.sold.skus > 0 ? result.sold : null;
    if (hot.length === 0 && !sold) return null;
    const rows = hot.map((one) => [count(one.sku), count(one.units), bar(one.units / hot[0].units, "stage-inventory"),
      count(one.left), one.refused ? {text: "somebody", class: "short"} : "nobody"]);
    return {title: "Hot SKUs", content: [
      rows.length > 0 ? table("Most sold first", ["SKU", "#Units", "", "#Stock left", "Told that it is sold out"], rows) : null,
      sold ? facts([["SKUs sold", count(sold.skus)], ["units of the most sold SKU", percent(sold.top1_share)],
        ["of the first 10", percent(sold.top10_share)], ["of the first 100", percent(sold.top100_share)],
        ["of the first 1%", percent(sold.top1pct_share)]]) : null]};
  };
})();
