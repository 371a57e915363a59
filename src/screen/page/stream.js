"use strict";

// The events of the run, and what to do when the connection breaks. Comes last: it starts all parts.
(() => {
  const {at, create, parts} = double11.screen;
  const model = create();
  const again_ms = 2000;

  const show = () => parts.forEach((part) => part.show(model));

  function hello(said) {
    at("lost").hidden = true;
    model.start(said);
    parts.forEach((part) => part.start(model));
    show();
  }

  function open() {
    const events = new EventSource("/api/events");
    const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
    on("hello", hello);
    on("tick", (tick) => {
      if (!model.hello || model.end) return;
      model.add(tick);
      show();
    });
    on("end", (said) => {
      events.close();
      if (!model.hello) return;
      model.finish(said);
      show();
    });
    // A browser tries again by itself after a break, but not after an answer such as "too many viewers".
    events.addEventListener("error", () => {
      at("lost").hidden = Boolean(model.end);
      if (model.end) return;
      if (events.readyState === EventSource.CLOSED) setTimeout(open, again_ms);
    });
  }

  open();
})();
