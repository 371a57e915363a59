"use strict";

// What logistics did: promises, warehouses, regions, carriers and days.
(() => {
  const {facts, number, word, note, bar} = double11.parts;
  const {element, table, count, percent, duration, money} = double11;

  // Without warehouses' stock, shifts or carriers every parcel takes its transit and no promise is at stake.
  function promises(logistics) {
    if (!logistics.by_day) return null;
    const rows = ["domestic", "overseas"].filter((name) => logistics[name] && logistics[name].parcels > 0).map((name) => {
      const one = logistics[name];
      return [name, count(one.parcels), duration(one.promise_ns), count(one.kept), percent(one.kept / one.parcels),
        duration(one.first_parcel_ns)];
    });
    return rows.length === 0 ? null : table("Promises of delivery; the first parcel is counted from the start of the sale",
      [word("Parcels"), number("Number"), number("Promised within"), number("Kept"), number("Share kept"), number("First parcel")], rows);
  }

  // Names beside counts, each with a bar of its share.
  function shares(caption, head, list, colour) {
    const all = list.reduce((sum, [, value]) => sum + value, 0);
    const most = Math.max(1, ...list.map(([, value]) => value));
    if (all === 0) return null;
    return table(caption, [word(head), number("Orders"), word(""), number("Share")],
      list.map(([name, value]) => [name, count(value), bar(value / most, colour), percent(value / all)]));
  }

  function days(byDay) {
    const columns = ["paid", "handed_over", "backlog", "delivered"].filter((name) => byDay && byDay[name]);
    const length = Math.max(0, ...columns.map((name) => byDay[name].length));
    if (length === 0) return null;
    return table("Parcels by day", [word("Day"), ...columns.map((name) => number(name.replace("_", " ")))],
      Array.from({length}, (_, day) => [String(day + 1), ...columns.map((name) => count(byDay[name][day] || 0))]));
  }

  function costs(logistics, parcels) {
    const cost = logistics.cost_fen;
    if (!cost || cost.all === 0) return null;
    return facts([["cost", `${money(cost.all)}, ${money(cost.all / Math.max(1, parcels))} a parcel`], ["of it shifts", money(cost.labour)],
      ["transport", money(cost.transport)], ["transfers", money(cost.transfers)],
      ["stock shipped ahead", cost.ahead > 0 ? money(cost.ahead) : null], ["returns", cost.returns > 0 ? money(cost.returns) : null],
      ["parcels that waited for another warehouse", logistics.transferred_parcels > 0 ? count(logistics.transferred_parcels) : null]]);
  }

  double11.sections.logistics = (result) => {
    const {logistics, delivery_s: delivery} = result;
    if (!logistics || !result.outcomes.dispatched) return null;
    const warehouses = result.scenario && result.scenario.logistics ? result.scenario.logistics.warehouses : [];
    const parcels = (result.parcels_by_warehouse || []).map((value, index) =>
      [warehouses[index] ? warehouses[index].name : `warehouse ${index + 1}`, value]);
    const regions = (result.dispatched_by_region || []).map((one) => [one.region, one.orders]);
    const all = parcels.reduce((sum, [, value]) => sum + value, 0);
    const carriers = logistics.carriers || [];
    return {title: "Logistics", content: [
      promises(logistics),
      delivery && delivery.count > 0 ? note(`From payment to arrival: half within ${duration(delivery.p50 * 1e9)}, 99% within ${
        duration(delivery.p99 * 1e9)}, all within ${duration(delivery.max * 1e9)}.`) : null,
      element("div", {class: "pair"},
        parcels.length > 1 ? shares("Parcels by warehouse", "Warehouse", parcels, "stage-logistics") : null,
        regions.length > 1 ? shares("Dispatched orders by region of the buyer", "Region", regions, "stage-logistics") : null),
      costs(logistics, all),
      carriers.length > 0 ? table("Carriers", [word("Carrier"), number("Parcels"), number("Ready after the cut-off"),
        number("Put off by a full day")], carriers.map((one) => [one.name, count(one.parcels), count(one.after_cut_off),
        count(one.over_capacity)])) : null,
      days(logistics.by_day)]};
  };
})();
