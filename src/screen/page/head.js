"use strict";

// Top and bottom of the page: which sale, how far it is, how fast it passes, and where the record is from.
(() => {
  const {at, parts} = double11.screen;
  const runtimes = {pace_max: "as fast as this machine can", pace_real: "in real time", virtual_time: "in virtual time"};

  function speedText(tick) {
    if (tick.paused) return "paused";
    if (!(tick.speed > 0)) return double11.nothing;
    return `\u00d7${double11.short(tick.speed)}`;
  }

  // Faults on the bar of progress, so that one sees them coming.
  function markFaults(hello) {
    const bar = at("progress");
    bar.querySelectorAll(".progress-fault").forEach((mark) => mark.remove());
    for (const fault of hello.faults) {
      const mark = double11.element("span", {class: "progress-fault", title: double11.words.fault(fault.of, fault.factor)});
      mark.style.left = `${100 * fault.at_ns / hello.duration_ns}%`;
      mark.style.width = `${100 * fault.duration_ns / hello.duration_ns}%`;
      bar.append(mark);
    }
  }

  function recordLine(record) {
    if (!record) return [];
    const what = /^https:\/\//.test(record.source || "")
      ? double11.element("a", {href: record.source, rel: "noreferrer", text: record.what})
      : record.what;
    return ["Record: ", what];
  }

  parts.push({
    start({hello}) {
      document.title = `${hello.name} \u2013 double11`;
      at("title").textContent = hello.title || hello.name;
      at("how").textContent = hello.command || hello.name;
      at("clock-end").textContent = `of ${double11.clock(hello.duration_ns)}`;
      at("foot-run").textContent = `${hello.name}, ${runtimes[hello.runtime] || hello.runtime}, ` +
        `${double11.count(hello.workers)} ${hello.workers === 1 ? "worker" : "workers"}`;
      at("foot-record").replaceChildren(...recordLine(hello.record));
      markFaults(hello);
    },
    show({hello, last, end}) {
      document.body.dataset.state = end ? "ended" : !last ? "waiting" : last.paused ? "paused" : "running";
      if (!last) return;
      at("clock-now").textContent = double11.clock(last.at_ns, hello.duration_ns < 10e9 ? 1 : 0);
      at("speed").textContent = end ? "ended" : speedText(last);
      const percent = Math.min(100, Math.max(0, last.progress * 100));
      at("progress-done").style.width = `${percent}%`;
      at("progress").setAttribute("aria-valuenow", String(Math.round(percent)));
      at("progress").setAttribute("aria-valuetext", `${double11.clock(last.at_ns)} of ${double11.clock(hello.duration_ns)}`);
      if (end) document.title = `${end.verdict.status} \u2013 ${hello.name} \u2013 double11`;
    },
  });
})();
