"use strict";

// Numbers that count up between ticks. Shown is always something between the last two values that
// were reported, so never more than there was.
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  double11.screen.counter = (node, format) => {
    let from = 0;
    let to = 0;
    let since = 0;
    let lasts = 500;
    let told = 0;  // when the last value came
    let frame = 0;

    const show = (value) => { node.textContent = format(Math.floor(value)); };
    const valueAt = (now) => from + (to - from) * Math.min(1, (now - since) / lasts);

    function step(now) {
      // The first frame can be earlier than the call that asked for it.
      show(valueAt(Math.max(now, since)));
      frame = now - since < lasts ? requestAnimationFrame(step) : 0;
    }

    return {
      set(value) {
        const now = performance.now();
        const shown = Math.min(valueAt(now), value);
        // As long as ticks are apart, so that it neither halts nor lags.
        if (told > 0) lasts = Math.min(1000, Math.max(200, now - told));
        told = now;
        from = shown;
        to = value;
        since = now;
        if (still.matches || document.hidden || shown >= value) {
          from = value;
          if (frame) cancelAnimationFrame(frame);
          frame = 0;
          show(value);
        } else if (!frame) {
          frame = requestAnimationFrame(step);
        }
      },
      // A new run, or a viewer who comes late: no counting from nought.
      jump(value) {
        from = to = value;
        told = 0;
        show(value);
      },
    };
  };
})();
