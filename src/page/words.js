"use strict";

// What figures mean in plain words: thresholds, outcomes, settings. The sentences of the report are
// made here, so that banner, labels and tables say the same.
double11.words = (() => {
  const outcome = {
    dispatched: "paid and on its way, once",
    sold_out: "a line of the basket had no stock left",
    declined: "the payment channel answered no",
    expired: "payment took longer than the shop waits",
    refunded: "money came too late and went back",
    throttled: "turned away by a rule of the door",
    shed: "no room: a queue was full",
    duplicate: "the second click of a double click",
    abandoned: "the buyer left a queue",
  };
  // Metrics that are named as a whole; {} is the value.
  const metrics = {
    "audit.violations": "{} violations of the audit's laws",
    "clients.served.share": "{} of the buyers' orders served",
    "clients.amplification": "{} clicks per order",
    "published.missed.count": "{} published figures missed",
    "payments.repeated": "{} payments tried again",
    "payments.refunds": "{} late payments returned",
    "faults.recovery": "{} to recover from the faults",
    "first_parcel.domestic": "{} until the first domestic parcel",
    "first_parcel.overseas": "{} until the first overseas parcel",
    "promise.domestic.share": "{} of the domestic promises kept",
    "promise.overseas.share": "{} of the overseas promises kept",
    "fairness.bots.share": "{} of the units to bots",
  };
  const wanted = {">=": "at least", "<=": "at most", "<": "below", ">": "above", "==": "exactly", "!=": "anything but"};
  const units = {ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9, d: 86400e9, "%": 0.01, yuan: 100, "/s": 1,
    "": 1};
  const factors = {"": 1, k: 1e3, M: 1e6, G: 1e9};

  // "325k/s" -> 325000, "400ms" -> 4e8, "3%" -> 0.03; null for anything else.
  function quantity(text) {
    const parts = /^([\d.]+)\s*(k|M|G)?\s*(ns|us|ms|s|min|h|d|%|yuan|\/s)?$/.exec(String(text).trim());
    return parts ? Number(parts[1]) * factors[parts[2] || ""] * units[parts[3] || ""] : null;
  }

  // {name, sign, bound, value} of "reserved.rate.peak >= 325k/s".
  function parsed(expression) {
    const parts = /^(\S+)\s*(>=|<=|==|!=|<|>)\s*(.+)$/.exec(expression);
    return parts ? {name: parts[1], sign: parts[2], bound: parts[3], value: quantity(parts[3])}
      : {name: expression, sign: "", bound: "", value: null};
  }

  const step = (name) => double11.steps.includes(name);

  // The recovery of a fault may never have come.
  function measured(check) {
    return typeof check.measured === "number" ? check.measured_text || double11.short(check.measured) : "never";
  }

  // "310k/s reserved in the best second".
  function finding(check) {
    const {name} = parsed(check.expression);
    const value = measured(check);
    const [first, second, ...rest] = name.split(".");
    const third = rest.join(".");
    if (step(first) && second === "rate") {
      const where = {peak: "in the best second", mean: "on average", machine: "on this machine"}[third];
      if (where) return `${value} ${first} ${where}`;
    }
    if (step(first) && second === "count") return `${value} orders ${first}`;
    if (step(first) && second === "share") return `${value} of the orders ${first}`;
    if (first === "latency") return `${third} until ${second} ${value}`;
    if (first === "outcome") {
      return `${value} ${third === "share" ? "of the orders" : "orders"} ${second.replace("_", " ")}`;
    }
    if (Object.hasOwn(metrics, name)) return metrics[name].replace("{}", value);
    return `${name} ${value}`;
  }

  function wantedOf(check) {
    const {sign, bound} = parsed(check.expression);
    return `${wanted[sign] || sign} ${bound}`;
  }

  // What is left to the bound: "19 times", "+4.6%"; "-4.7%" or "3.1 times too high" when it is missed.
  function room(check) {
    const {sign, value} = parsed(check.expression);
    if (!value || !check.measured || typeof check.measured !== "number") return double11.nothing;
    const above = sign.startsWith(">");
    if (!above && !sign.startsWith("<")) return double11.nothing;
    const ratio = above ? check.measured / value : value / check.measured;
    if (ratio >= 2) return `${double11.short(ratio)} times`;
    if (ratio <= 0.5) return `${double11.short(1 / ratio)} times too ${above ? "low" : "high"}`;
    const change = (above ? ratio - 1 : 1 - 1 / ratio) * 100;
    return `${change < 0 ? "\u2212" : "+"}${Math.abs(change).toFixed(1)}%`;
  }

  // The check of the scenario's own target, which is the first one where there is a target.
  function targetOf(result) {
    const target = result.scenario && result.scenario.target;
    const check = result.verdict.checks[0];
    if (!target || !check || !(quantity(target.rate) > 0)) return null;
    return check.expression.startsWith(`${target.of}.rate.`) ? check : null;
  }

  const list = (checks) => checks.map((check) => `${finding(check)} (${wantedOf(check)} wanted)`).join("; ");
  const many = (value, one, several) => `${double11.count(value)} ${value === 1 ? one : several}`;

  // One sentence, or two, that say whether the target held and what was missed.
  // Of several runs the figures are those of the first, the verdict that of the worst.
  function summary(result) {
    const {verdict} = result;
    if (!(verdict.replications > 1)) return summaryOfOne(result);
    const runs = `${verdict.passed} of ${verdict.replications} replications passed.`;
    const explained = {PASS: true, INTERRUPTED: true, MISSED: verdict.checks.some((check) => !check.holds),
      VIOLATED: result.audit.violations > 0, INVALID: verdict.doubts.length > 0}[verdict.status];
    return explained ? `${runs} The first: ${summaryOfOne(result)}`
      : `${runs} What is shown below is the first of them, which did.`;
  }

  function summaryOfOne(result) {
    const {verdict, audit} = result;
    const target = targetOf(result);
    const missed = verdict.checks.filter((check) => !check.holds && !check.expression.startsWith("audit.violations"));
    const broken = audit.laws.filter((law) => law.violations > 0);
    const held = target ? `${finding(target)}, ${wantedOf(target)} wanted` : null;
    if (verdict.status === "VIOLATED") {
      const first = broken.map((law) => `${law.name}: ${law.offender || law.measured}`)[0] || "see below";
      return `The audit found ${broken.length} of ${audit.laws.length} laws broken: orders, stock or money do ` +
        `not add up. First: ${first}.`;
    }
    if (verdict.status === "INVALID") return `This run proves nothing: ${verdict.doubts.join("; ")}.`;
    if (verdict.status === "INTERRUPTED") {
      return `Stopped before its end. The figures are those of the part that ran${held ? `: ${held}` : ""}.`;
    }
    if (verdict.status === "PASS") {
      const all = verdict.checks.length === 1 ? "The only threshold holds"
        : `All ${verdict.checks.length} thresholds hold`;
      return held ? `The target held: ${held}. ${all}.` : `${all}; this sale has no target for a rate.`;
    }
    if (target && !target.holds) {
      const others = missed.filter((check) => check !== target);
      return `The target was missed: ${held}.${others.length > 0 ? ` Also missed: ${list(others)}.` : ""}`;
    }
    return `Missed: ${list(missed)}.${held ? ` The target itself held: ${held}.` : ""}`;
  }

  // A setting as it is typed in a shell.
  function setting(text) {
    return `--set ${/^[\w.=/:,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`}`;
  }

  // "payment down", "payment.alipay at 0.4 of its speed".
  function fault(of, factor) {
    return factor === 0 ? `${of} down` : `${of} \u00d7 ${factor}`;
  }

  // A metric's value by its name, as the thresholds name them.
  function metric(name, value) {
    if (/(^|\.)rate(\.|$)|_per_s$/.test(name)) return double11.rate(value);
    if (/share$|off_most$/.test(name)) return double11.percent(value);
    if (/^(latency|first_parcel|faults\.recovery|generator\.lag)/.test(name)) return double11.duration(value);
    if (/(^|\.)(wait|sojourn)\.(mean|max|p[\d.]+)$/.test(name)) return double11.duration(value);
    if (name === "turnover") return double11.money(value);
    if (name === "logistics.cost") return double11.money(value * 100);
    return double11.count(value >= 100 ? Math.round(value) : value);
  }

  // A figure in a unit that the result names.
  function inUnit(unit, value) {
    if (unit === "per_s") return double11.rate(value);
    // Three digits, as some shares are small.
    if (unit === "share") return `${Number((value * 100).toPrecision(3))}%`;
    if (unit === "ns") return double11.duration(value);
    return unit === "count" ? double11.count(Math.round(value)) : double11.short(value);
  }

  return {outcome, inUnit, quantity, parsed, measured, finding, wantedOf, room, targetOf, summary, setting, fault, metric,
    many};
})();
