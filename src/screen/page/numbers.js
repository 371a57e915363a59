"use strict";

// The numbers that everybody looks at: turnover, orders, and the rate now against target and record.
(() => {
  const {at, parts, targetOf, best, counter} = double11.screen;
  const inSight = 12;  // a record this many times as high as all else would squeeze the bar into a corner

  const turnover = counter(at("turnover"), (fen) => `\u00a5${double11.count(Math.floor(fen / 100))}`);
  const dispatched = counter(at("dispatched"), double11.count);

  const setLength = (text) => at("turnover").style.setProperty("--digits", String(text.length));

  function place(node, text, share, tooFar) {
    node.hidden = !text;
    node.textContent = text || "";
    node.classList.toggle("too-far", Boolean(tooFar));
    node.style.setProperty("--at", String(Math.min(1, share)));
    // A label stands on the side of its mark where there is room.
    node.classList.toggle("ends", share > 0.5);
  }

  // At the end `now` is what is judged, and readings in between, which are means, say nothing more.
  function gauge(hello, ticks, now, ended) {
    const target = targetOf(hello);
    const highest = ended ? now : Math.max(now, best(ticks, target.index).rate);
    const record = hello.record ? hello.record.per_s : null;
    const most = Math.max(target.rate || 0, highest, 1e-9);
    const far = record !== null && record > most * inSight;
    const scale = 1.06 * (record !== null && !far ? Math.max(most, record) : most);
    at("gauge-fill").style.width = `${100 * now / scale}%`;
    at("gauge-best").style.left = `${100 * highest / scale}%`;
    at("gauge").classList.toggle("reached", target.rate !== null && now >= target.rate);
    const targetText = target.rate ? `target ${double11.rate(target.rate)}` : "";
    const recordText = record === null ? ""
      : far ? `record ${double11.rate(record)}, ${double11.short(record / most)} times as much \u2192`
        : `record ${double11.rate(record)}`;
    place(at("mark-target"), targetText, (target.rate || 0) / scale, false);
    place(at("mark-record"), recordText, far ? 1 : (record || 0) / scale, far);
    const share = (of) => `${Math.round(100 * now / of)}%`;
    at("gauge").setAttribute("aria-label", `${double11.rate(now)} ${target.of}${ended ? "" : " now"}` +
      (target.rate ? `, ${share(target.rate)} of the target of ${double11.rate(target.rate)}` : "") +
      (record ? `, ${share(record)} of the record of ${double11.rate(record)}` : "") +
      `${ended ? "" : `; highest so far ${double11.rate(highest)}`}.`);
  }

  // At the end, what the target is held against: the best second, or at pace max what the machine carried.
  function judgedRate(hello, end, of) {
    const step = end.funnel && end.funnel[of];
    const rate = step && (hello.runtime === "pace_max" ? step.rate_machine_per_s : step.rate_peak_per_s);
    return typeof rate === "number" ? rate : null;
  }

  let fresh = true;

  parts.push({
    start() {
      fresh = true;
      turnover.jump(0);
      dispatched.jump(0);
      setLength("\u00a50");
      at("in-flight").textContent = "0";
      at("rate-now").textContent = double11.nothing;
      at("rate-what").textContent = "";
    },
    show({hello, last, ticks, end}) {
      if (!last) return;
      const orders = last.funnel[hello.steps.indexOf("dispatched")];
      setLength(`\u00a5${double11.count(Math.floor(last.turnover_fen / 100))}`);
      if (fresh) {
        turnover.jump(last.turnover_fen);
        dispatched.jump(orders);
      } else {
        turnover.set(last.turnover_fen);
        dispatched.set(orders);
      }
      fresh = false;
      at("in-flight").textContent = double11.count(last.in_flight);
      const {index, of} = targetOf(hello);
      const judged = end ? judgedRate(hello, end, of) : null;
      const shown = judged === null ? last.rate_per_s[index] : judged;
      gauge(hello, ticks, shown, judged !== null);
      at("now-head").textContent = judged === null ? "Orders per second, now"
        : hello.runtime === "pace_max" ? "Orders per second, of the whole run" : "Orders per second, best second";
      at("rate-now").textContent = double11.rate(shown);
      at("rate-what").textContent = `${of}${hello.runtime === "pace_max" ? ", of this machine" : ""}`;
    },
  });
})();
