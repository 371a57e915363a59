"use strict";

// What logistics did: promises, warehouses, regions, carriers and days.
(() => {
  const {facts, number, note, bar, table} = double11.parts;
  const {element, count, percent, duration, money} = double11;

  // Without warehouses' stock, shifts or carriers every parcel takes its transit: no promise is at stake.
  function promises(logistics) {
    if (!logistics.by_day) return null;
    const rows = ["domestic", "overseas"].map((name) => [name, logistics[name]])
      .filter(([, one]) => one && one.parcels > 0).map(([name, one]) => [name, count(one.parcels),
        duration(one.promise_ns), count(one.kept), percent(one.kept / one.parcels), duration(one.first_parcel_ns)]);
    return rows.length === 0 ? null
      : table("Promises of delivery; the first parcel is counted from the start of the sale",
        ["Parcels", "#Number", "#Promised within", "#Kept", "#Share kept", "#First parcel"], rows);
  }

  // Names beside counts, each with a bar against the greatest.
  function shares(caption, head, list) {
    const all = list.reduce((sum, [, value]) => sum + value, 0);
    const most = Math.max(...list.map(([, value]) => value));
    if (list.length < 2 || all === 0) return null;
    return table(caption, [head, "#Orders", "", "#Share"],
      list.map(([name, value]) => [name, count(value), bar(value / most, "stage-logistics"), percent(value / all)]));
  }

  function days(byDay) {
    if (!byDay) return null;
    const columns = ["paid", "handed_over", "backlog", "delivered"].filter((name) => byDay[name]);
    const length = Math.max(0, ...columns.map((name) => byDay[name].length));
    return table("Parcels by day", ["Day", ...columns.map((name) => number(name.replace("_", " ")))],
      Array.from({length}, (_, day) => [String(day + 1), ...columns.map((name) => count(byDay[name][day] || 0))]));
  }

  function costs(logistics, parcels) {
    const cost = logistics.cost_fen;
    if (!cost || cost.all === 0) return null;
    const some = (fen) => fen > 0 ? money(fen) : null;
    return facts([["cost", `${money(cost.all)}, ${money(cost.all / Math.max(1, parcels))} a parcel`],
      ["of it shifts", money(cost.labour)], ["transport", money(cost.transport)], ["transfers", some(cost.transfers)],
      ["stock shipped ahead", some(cost.ahead)], ["returns", some(cost.returns)],
      ["parcels that waited for another warehouse", count(logistics.transferred_parcels)]]);
  }

  function carriers(list) {
    if (!list || list.length === 0) return null;
    return table("Carriers", ["Carrier", "#Parcels", "#Ready after the cut-off", "#Put off by a full day"],
      list.map((one) => [one.name, count(one.parcels), count(one.after_cut_off), count(one.over_capacity)]));
  }

  double11.sections.logistics = (result) => {
    const {logistics, delivery_s: delivery} = result;
    if (!logistics || !result.outcomes.dispatched) return null;
    const names = (result.scenario.logistics.warehouses || []).map((one) => one.name);
    const parcels = (result.parcels_by_warehouse || []).map((value, index) =>
      [names[index] || `warehouse ${index + 1}`, value]);
    const regions = (result.dispatched_by_region || []).map((one) => [one.region, one.orders]);
    const within = (name) => `within ${duration(delivery[name] * 1e9)}`;
    return {title: "Logistics", content: [
      promises(logistics),
      delivery && delivery.count > 0
        ? note(`From payment to arrival: half ${within("p50")}, 99% ${within("p99")}, all ${within("max")}.`) : null,
      element("div", {class: "pair"}, shares("Parcels by warehouse", "Warehouse", parcels),
        shares("Dispatched orders by region of the buyer", "Region", regions)),
      costs(logistics, result.outcomes.dispatched), carriers(logistics.carriers), days(logistics.by_day)]};
  };
})();
