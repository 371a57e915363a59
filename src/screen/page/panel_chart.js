"use strict";

// A chart of a panel: made anew when its lines change, else updated; its legend, its sentence for
// screen readers, and its table, which is written only while somebody has it open.
(() => {
  const {at} = double11.screen;
  const mostRows = 120;

  // spec as of double11.lineChart; rows(ticks) -> cells, columns as of double11.table.
  double11.screen.panelChart = (name, caption) => {
    const canvas = at(`${name}-chart`);
    const details = at(`${name}-table`);
    let chart = null;
    let frame = "";    // what the axes, lines and bands were made for
    let content = null;
    let made = null;   // the spec that the chart shows

    function writeTable() {
      if (!details.open || !content) return;
      const every = Math.ceil(content.rows.length / mostRows);
      const kept = content.rows.filter((_, index) => (content.rows.length - 1 - index) % every === 0);
      const note = every > 1 ? `, one reading in ${every}` : "";
      details.lastElementChild.replaceChildren(double11.table(caption + note, content.columns, kept));
    }
    details.addEventListener("toggle", writeTable);
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.firstElementChild.focus();
    });

    function make(spec) {
      if (chart) chart.destroy();
      chart = double11.lineChart(canvas, spec);
      at(`${name}-legend`).replaceChildren(chart.legend);
      made = spec;
    }
    // Colours are read when a chart is made.
    document.addEventListener("theme", () => { if (chart) make(made); });

    return {
      clear() {
        if (chart) chart.destroy();
        chart = null;
        frame = "";
        content = null;
      },
      show(spec, label, table) {
        // A single reading is a dot, which a line is not.
        const dot = spec.series.every((one) => one.points.length < 2);
        const wanted = JSON.stringify([dot, spec.x, spec.marks, spec.lines, spec.series.map((one) => one.label)]);
        if (chart && wanted === frame) {
          chart.update(spec.series);
          made = {...made, series: spec.series};
        } else {
          make(spec);
          frame = wanted;
        }
        canvas.setAttribute("aria-label", label);
        canvas.dataset.points = String(Math.max(0, ...spec.series.map((one) => one.points.length)));
        content = table;
        writeTable();
      },
    };
  };

  // Bands of the faults of a hello.
  double11.screen.bands = (hello) => hello.faults.map((fault) =>
    ({from: fault.at_ns, to: fault.at_ns + fault.duration_ns, label: double11.words.fault(fault.of, fault.factor)}));
})();
