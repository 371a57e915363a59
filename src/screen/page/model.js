"use strict";

// What is known of the run: the hello, all ticks so far, and the end; and what follows from them.
// Nothing here touches the page.
double11.screen = (() => {
  const mostTicks = 600;  // as many as a late viewer gets from the server

  function create() {
    let hello = null;
    let end = null;
    let ticks = [];

    // The run goes on after its last arrival while scenario time stands still: what comes then has no
    // place on a time axis of its own, so charts leave it out.
    const moves = (tick, last) => !last || tick.at_ns > last.at_ns;

    function add(tick) {
      const last = ticks[ticks.length - 1];
      if (last && tick.wall_ns <= last.wall_ns) ticks.pop();  // told twice; the later one may know more
      ticks.push(tick);
      // Every second one is left out when there are too many; the last one always stays.
      if (ticks.length > mostTicks) ticks = ticks.filter((_, index) => (ticks.length - 1 - index) % 2 === 0);
    }

    // The last tick with the counts of the books, which are those that the verdict is about.
    function whole({tick, funnel, outcomes}) {
      const counts = hello.steps.map((step, index) => funnel && funnel[step] ? funnel[step].count : tick.funnel[index]);
      const ends = hello.outcomes.map((outcome, index) => outcomes && outcomes[outcome] !== undefined ? outcomes[outcome]
        : tick.outcomes[index]);
      const open = counts[0] - ends.reduce((sum, orders) => sum + orders, 0);
      return {...tick, funnel: counts, outcomes: ends, in_flight: Math.max(0, open)};
    }

    return {
      start(said) {
        hello = said;
        end = null;
        ticks = [];
        for (const tick of said.history || []) ticks.push(tick);
      },
      add,
      finish(said) {
        end = said;
        if (said.tick) add(whole(said));
      },
      get hello() { return hello; },
      get end() { return end; },
      get last() { return ticks.length > 0 ? ticks[ticks.length - 1] : null; },
      get ticks() { return ticks; },
      // Ticks of which each is later in scenario time than the one before.
      moving() {
        const kept = [];
        for (const tick of ticks) if (moves(tick, kept[kept.length - 1])) kept.push(tick);
        return kept;
      },
    };
  }

  // The step that the target is of, its rate when there is one, and the same as index.
  function targetOf(hello) {
    const target = hello.target && hello.target.rate_per_s > 0 ? hello.target : null;
    const of = hello.target && hello.target.of ? hello.target.of : "reserved";
    return {rate: target ? target.rate_per_s : null, of, index: Math.max(0, hello.steps.indexOf(of))};
  }

  // The highest reading so far, and when it was.
  function best(ticks, index) {
    let found = null;
    for (const tick of ticks) {
      if (!found || tick.rate_per_s[index] > found.rate) found = {rate: tick.rate_per_s[index], at_ns: tick.at_ns};
    }
    return found;
  }

  // Parts of the page add themselves: start(model) at a hello, show(model) at each tick and at the end.
  const parts = [];

  const at = (id) => document.getElementById(id);

  return {create, targetOf, best, parts, at};
})();
