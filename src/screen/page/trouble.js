"use strict";

// Which stage is in trouble: a queue that would take a while to serve, and grows, or stays; or a fault
// that strikes the stage.
(() => {
  const lookBack = 8;       // ticks, some seconds: less would swing with the batches
  const least = 100;        // orders; fewer are no queue to speak of
  const longWait = 0.25;    // seconds that those who wait would need at the rate that usually comes in

  // A fault of "payment.bank" strikes payment; carriers belong to logistics.
  function strikes(fault, stage) {
    const group = fault.of.split(".")[0];
    return group === stage || (group === "carrier" && stage === "logistics");
  }

  // "fault", "grows", "waits" or "" per stage, and which of them is worst (-1: none).
  double11.screen.trouble = (hello, ticks) => {
    const last = ticks[ticks.length - 1];
    if (!last) return {of: [], worst: -1};
    const before = ticks.slice(-1 - lookBack, -1);
    let worst = -1;
    let longest = 0;
    const of = hello.stages.map((stage, index) => {
      const queue = last.queue[index];
      // What comes in now may be nothing because the stage before is down.
      const usual = ticks.reduce((sum, tick) => sum + tick.rate_per_s[index], 0) / ticks.length;
      const wait = queue / Math.max(usual, 1);
      const long = queue >= least && wait >= longWait;
      const mean = before.reduce((sum, tick) => sum + tick.queue[index], 0) / Math.max(1, before.length);
      const struck = last.faults.some((fault) => hello.faults[fault] && strikes(hello.faults[fault], stage));
      if ((long || struck) && wait >= longest) {
        worst = index;
        longest = wait;
      }
      if (struck) return "fault";
      if (!long) return "";
      return before.length > 0 && queue > mean * 1.02 ? "grows" : "waits";
    });
    return {of, worst};
  };
})();
