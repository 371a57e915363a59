"use strict";

// Payments and their channels, the door and its clients, faults, segments, fairness and hot SKUs.
(() => {
  const {facts, hasKeys, number, word, note, bar} = double11.parts;
  const {element, table, count, rate, percent, duration} = double11;
  const words = double11.words;

  const payments = {paid: "orders paid", declined: "orders declined", given_up: "orders given up", abandoned: "orders abandoned",
    refused: "refused: the queue was full", repeated: "failed payments tried again", superseded: "late successes of those",
    refunds: "late successes returned", unrouted: "found every breaker open"};

  function channels(result) {
    const list = result.payments.channels || [];
    if (list.length === 0) return null;
    const span = Math.max(1, result.run.scenario_end_ns);
    return table("Channels", [word("Channel"), ...["Started", "Paid", "Declined", "Timed out", "Refused", "Left the queue",
      "Queue max", "Servers", "Busy", "Breaker opened"].map(number)], list.map((one) => [one.name, count(one.started),
      count(one.paid), count(one.declined), count(one.timed_out), count(one.refused), count(one.left_queue), count(one.queue_most),
      count(one.servers), percent(one.busy_ns / span / Math.max(1, one.servers)), count(one.breaker_opened)]));
  }

  function reasons(result) {
    const list = Object.entries(result.payments.reasons || {});
    const all = list.reduce((sum, [, value]) => sum + value, 0);
    return all === 0 ? null : table("Declined, by reason", [word("Reason"), number("Payments"), number("Of declined")],
      list.map(([name, value]) => [name, count(value), percent(value / all)]));
  }

  double11.sections.payments = (result) => {
    const {payments: counts, money_fen: money} = result;
    if (!counts) return null;
    return {title: "Payments", content: [
      facts([["turnover", money ? double11.money(money.turnover) : null], ["captured", money ? double11.money(money.captured) : null],
        ["refunded", money ? double11.money(money.refunded) : null],
        ...Object.entries(payments).filter(([name]) => counts[name] > 0).map(([name, said]) => [said, count(counts[name])])]),
      channels(result), reasons(result)]};
  };

  const door = {duplicates: "second clicks known", bots_caught: "bots caught", false_alarms: "people taken for bots",
    over_buyer_rate: "too many clicks of a buyer", over_buyer_units: "too many units of a buyer",
    told_sold_out: "told at once that it is sold out", over_rate: "above the rate limit", room_full: "waiting room full",
    over_limit: "no place", dropped: "dropped from the queue", expired: "stopped waiting in a queue"};

  double11.sections.door = (result) => {
    if (!hasKeys(result.door)) return null;
    const all = result.funnel.offered.count || 1;
    const away = Object.entries(door).filter(([name]) => result.door[name] > 0).sort((a, b) => result.door[b[0]] - result.door[a[0]]);
    return {title: "Door", content: [
      away.length > 0 ? table("Clicks turned away, by reason", [word("Reason"), number("Clicks"), word(""), number("Of offered")],
        away.map(([name, said]) => [said, count(result.door[name]), bar(result.door[name] / all, "muted"),
          percent(result.door[name] / all)])) : note("No click was turned away."),
      facts([["most in the queue", count(result.door.queue_most)], ["most in flight", count(result.door.in_flight_most)],
        ["most in the waiting room", result.door.room_most > 0 ? count(result.door.room_most) : null],
        ["times its pages asked", result.door.polls > 0 ? count(result.door.polls) : null]])]};
  };

  double11.sections.clients = (result) => {
    const {clients} = result;
    if (!hasKeys(clients)) return null;
    return {title: "Clients", content: [
      element("p", {class: "lead", text: `${percent(clients.served_share)} of the buyers' orders were served; each order made ${
        double11.short(clients.amplification)} clicks.`}),
      facts([["orders wanted (first clicks)", count(clients.first_clicks)], ["retries", count(clients.retries)],
        ["second clicks", count(clients.second_clicks)], ["attempts per order", double11.short(clients.attempts_per_order)],
        ["offered", rate(clients.offered_per_s)], ["goodput", rate(clients.goodput_per_s)], ["gave up", count(clients.given_up)],
        ["clicks answered too late", count(clients.answered_late)], ["clicks that timed out", count(clients.timed_out)],
        ["retries not made, over budget", clients.over_budget > 0 ? count(clients.over_budget) : null]])]};
  };

  function recovery(fault) {
    if (fault.recovery_ns === null || fault.recovery_ns === undefined) return "nothing happened any more";
    if (!fault.recovered) return {text: `not within ${duration(fault.recovery_ns)}`, class: "short"};
    return duration(fault.recovery_ns);
  }

  double11.sections.faults = (result) => {
    const list = result.faults || [];
    if (list.length === 0) return null;
    return {title: "Faults", content: [
      table("Rates are those of the step that the fault holds up; recovery: from its end until the rate is back and the backlog gone",
        [word("Fault"), number("At"), number("For"), word("Step"), number("Before"), number("Worst"), number("Backlog"),
          number("Recovery")],
        list.map((fault) => [words.fault(fault.of, fault.factor), double11.clock(fault.at_ns), duration(fault.duration_ns),
          fault.step, rate(fault.before_per_s), rate(fault.worst_per_s),
          fault.backlog_most === null ? null : count(Math.round(fault.backlog_most)), recovery(fault)]))]};
  };

  double11.sections.segments = (result) => {
    const list = result.segments || [];
    if (list.length === 0) return null;
    const lost = double11.outcomes.filter((name) => name !== "dispatched" && list.some((one) => one.outcomes[name] > 0));
    return {title: "Segments of buyers", content: [
      table("Shares are of the segment's own clicks", [word("Segment"), number("Offered"), number("Dispatched"), ...lost.map((name) =>
        number(name)), number("p50"), number("p99")], list.map((one) => [one.name, count(one.offered),
        ...["dispatched", ...lost].map((name) => percent((one.outcomes[name] || 0) / Math.max(1, one.offered))),
        ...["p50", "p99"].map((name) => one.dispatched_latency_ns && one.dispatched_latency_ns.count !== 0
          ? duration(one.dispatched_latency_ns[name]) : null)]))]};
  };

  double11.sections.fairness = (result) => {
    const {fairness} = result;
    if (!hasKeys(fairness)) return null;
    const length = words.quantity(result.scenario ? result.scenario.duration : "");
    const tenth = length ? length / fairness.by_arrival.length : null;
    return {title: "Fairness", content: [
      facts([["buyers who got something", count(fairness.buyers)], ["most units of one buyer", count(fairness.units_most)],
        ["units to the 1% who got most", percent(fairness.top1pct_share)], ["units to bots", percent(fairness.bots_share)],
        ["clicks of bots", percent(fairness.bots_offered_share)]]),
      table("Who came when, in tenths of the sale", [word("Clicks from"), number("Clicks"), number("Dispatched"), number("Mean latency")],
        fairness.by_arrival.map((one, index) => [tenth ? double11.clock(tenth * index) : `${index + 1}`, count(one.offered),
          percent(one.dispatched_share), one.dispatched_share > 0 ? duration(one.latency_mean_s * 1e9) : null]))]};
  };

  double11.sections.hot = (result) => {
    const {hot, sold} = result;
    if ((!hot || hot.length === 0) && !sold) return null;
    const most = hot && hot.length > 0 ? Math.max(1, hot[0].units) : 1;
    return {title: "Hot SKUs", content: [
      hot && hot.length > 0 ? table("Most sold first", [word("SKU"), number("Units"), word(""), number("Stock left"), word("Buyers")],
        hot.map((one) => [count(one.sku), count(one.units), bar(one.units / most, "stage-inventory"), count(one.stock),
          one.refused ? {text: "told sold out", class: "short"} : "all served"])) : null,
      sold ? facts([["SKUs sold", count(sold.skus)], ["units of the most sold SKU", percent(sold.top1_share)],
        ["of the first 10", percent(sold.top10_share)], ["of the first 100", percent(sold.top100_share)],
        ["of the first 1%", percent(sold.top1pct_share)]]) : null]};
  };
})();
