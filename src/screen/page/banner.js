"use strict";

// The line that tells how it stands: running and how near the target is, the faults in effect, the lamp
// of the audit; at the end the verdict. What changes here is read out, and nothing else is.
(() => {
  const {at, parts, targetOf, best, trouble} = double11.screen;
  const mostFaults = 3;  // in the banner; the charts show all
  let said = {};         // what has been read out, by subject

  // Twice the same is read out once.
  function announce(subject, text) {
    if (said[subject] === text) return;
    said[subject] = text;
    if (text) at("announce").append(double11.element("p", {text}));
    while (at("announce").childElementCount > 8) at("announce").firstElementChild.remove();
  }

  function faultsNow(hello, last) {
    const {clock, words} = double11;
    const texts = last.faults.map((index) => hello.faults[index]).filter(Boolean).map(({of, factor, at_ns, duration_ns}) =>
      `${words.fault(of, factor)}, ${clock(at_ns)} to ${clock(at_ns + duration_ns)}`);
    return texts.length <= mostFaults ? texts : [...texts.slice(0, mostFaults), `${texts.length - mostFaults} more`];
  }

  function standing(hello, ticks) {
    const target = targetOf(hello);
    const highest = best(ticks, target.index);
    if (!highest) return "Waiting for the first orders.";
    if (!target.rate) return `No rate is asked for; highest reading so far ${double11.rate(highest.rate)} ${target.of}.`;
    const reached = highest.rate >= target.rate;
    return `Target ${double11.rate(target.rate)} ${target.of} ${reached ? "reached" : "not reached yet"}: ` +
      `highest reading so far ${double11.rate(highest.rate)}${reached ? ` at ${double11.clock(highest.at_ns)}` : ""}.`;
  }

  function troubleText(hello, ticks) {
    const {of, worst} = trouble(hello, ticks);
    if (worst < 0) return "";
    const queue = double11.short(ticks[ticks.length - 1].queue[worst]);
    return of[worst] === "grows" ? `The queue at ${hello.stages[worst]} grows: ${queue} wait.`
      : `${queue} wait at ${hello.stages[worst]}.`;
  }

  function lamp(state, text) {
    at("audit").dataset.lamp = state;
    at("audit-text").textContent = text;
  }

  function audit(last, end) {
    if (end) {
      const broken = end.audit.laws.filter((law) => law.violations > 0);
      const text = `${broken.length} of ${end.audit.laws.length} laws broken`;
      lamp(broken.length > 0 ? "broken" : "good", text);
    } else if (last.broken.length > 0) {
      lamp("broken", last.broken.join("; "));
      announce("audit", `Audit: ${last.broken.join("; ")}.`);
    } else {
      lamp("good", "0 broken so far");
    }
  }

  function running({hello, last, ticks}) {
    if (last.broken.length > 0) {
      at("banner").dataset.mood = "broken";
      at("word").textContent = "Broken";
      at("finding").textContent = `The audit sees what must not be: ${last.broken.join("; ")}.`;
      at("cause").textContent = standing(hello, ticks);
      at("cause").hidden = false;
      return;
    }
    const faults = faultsNow(hello, last);
    const stuck = troubleText(hello, ticks);
    at("banner").dataset.mood = faults.length > 0 ? "fault" : stuck ? "trouble" : "calm";
    at("word").textContent = faults.length > 0 ? "Fault" : last.paused ? "Paused" : "Running";
    at("finding").textContent = faults.length > 0 ? `In effect: ${faults.join("; ")}.` : standing(hello, ticks);
    at("cause").textContent = faults.length > 0 ? [stuck, standing(hello, ticks)].filter(Boolean).join(" ") : stuck;
    at("cause").hidden = !at("cause").textContent;
    announce("faults", faults.length > 0 ? `Fault in effect: ${faults.join("; ")}.`
      : said.faults ? "No fault any more." : "");
  }

  function ended({hello, end}) {
    const status = end.verdict.status;
    at("banner").dataset.mood = "verdict";
    at("banner").dataset.status = status;
    at("word").textContent = status;
    at("word-sign").replaceChildren(double11.sign(status));
    const finding = double11.screen.finding(hello, end);
    const cause = double11.screen.cause(end);
    at("finding").textContent = finding;
    at("cause").textContent = cause;
    at("cause").hidden = !cause;
    at("checks").replaceChildren(...double11.screen.checkItems(end));
    at("checks").hidden = end.verdict.checks.length === 0;
    announce("verdict", `Verdict: ${status}. ${finding} ${cause} Audit: ${at("audit-text").textContent}.`);
  }

  parts.push({
    start() {
      said = {};
      delete at("banner").dataset.status;
      at("banner").dataset.mood = "calm";
      at("word").textContent = "Waiting";
      at("word-sign").replaceChildren();
      at("finding").textContent = "Waiting for the first orders.";
      at("cause").hidden = true;
      at("checks").hidden = true;
      lamp("waiting", "no data yet");
    },
    show(model) {
      if (model.last || model.end) audit(model.last, model.end);
      if (model.end) ended(model);
      else if (model.last) running(model);
    },
  });
})();
