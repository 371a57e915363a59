// The rows of the key table, in the order in which a reader should meet them.
#include <double11/scenario/keys.hpp>

#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

void add_identity(Table& table) {
  table
      .add(
          "name", Kind::text, {1, 100}, "Short name: letters, digits and - _ .",
          [](Scenario & s, std::size_t) -> auto& { return s.name; })
      .required = true;
  table.add(
      "title", Kind::text, {0, 200}, "One sentence for people; first line of the report.",
      [](Scenario & s, std::size_t) -> auto& { return s.title; });
  table.add_list(
      "sources", {0, 100}, "Where the published figures come from.",
      [](Scenario & s) -> auto& { return s.sources; });
  table.add(
      "sources[]", Kind::text, {1, 1000}, "One source: what it says, and its address.",
      [](Scenario & s, std::size_t i) -> auto& { return s.sources[i]; });
  table.add_list(
      "assumptions", {0, 100}, "Which values are assumptions, and why these.",
      [](Scenario & s) -> auto& { return s.assumptions; });
  table.add(
      "assumptions[]", Kind::text, {1, 1000}, "One assumption.",
      [](Scenario & s, std::size_t i) -> auto& { return s.assumptions[i]; });
  table.add(
      "seed", Kind::count, {0, 9e18},
      "Seed of everything random. Same seed, same orders, on any number of workers.",
      [](Scenario & s, std::size_t) -> auto& { return s.seed; });
  table.add(
      "duration", Kind::duration, {1e6, 400 * kDay},
      "How long orders arrive, in scenario time. What is under way then is still finished.",
      [](Scenario & s, std::size_t) -> auto& { return s.duration; });
  table.add(
      "target.rate", Kind::rate, {0, 1e9},
      "The orders-per-second target. At pace real the best whole second is held against it, "
      "at pace max what this machine carries per wall-clock second. 0/s: no target.",
      [](Scenario & s, std::size_t) -> auto& { return s.target.rate_per_s; });
  table.add_choice(
      "target.of", {"offered", "admitted", "reserved", "paid", "dispatched"},
      "Which step of the funnel the target counts.",
      [](Scenario & s, std::size_t) -> auto& { return s.target.of; });
  table.add_list(
      "thresholds", {0, 100}, "What else must hold for a PASS: expressions over named metrics.",
      [](Scenario & s) -> auto& { return s.thresholds; });
  table.add(
      "thresholds[]", Kind::expression, {1, 200},
      "METRIC OPERATOR VALUE, for example \"latency.dispatched.p99 < 400ms\", in a network of "
      "queues \"sojourn.p99 < 1s\". Operators: < <= > >= == !=. The metrics are listed in "
      "docs/scenario.md.",
      [](Scenario & s, std::size_t i) -> auto& { return s.thresholds[i]; });
}

void add_catalogue(Table& table) {
  table.add(
      "catalogue.skus", Kind::count, {1, 50e6}, "How many SKUs there are, hot ones included.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.skus; });
  table.add(
      "catalogue.popularity_exponent", Kind::number, {0, 5},
      "Zipf exponent of the SKUs outside the hot set: popularity falls as rank^-exponent.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.popularity_exponent; });
  table.add(
      "catalogue.stock", Kind::count, {0, 2e9}, "Units in stock of each SKU at the start.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.stock; });
  table.add(
      "catalogue.price_min", Kind::money, {1, 1e7}, "Cheapest SKU.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.price_min; });
  table.add(
      "catalogue.price_max", Kind::money, {1, 1e7},
      "Dearest SKU; prices are spread evenly between the two.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.price_max; });
  table.add(
      "catalogue.hot.skus", Kind::count, {0, 50e6}, "How many SKUs form the hot set.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.hot_skus; });
  table.add(
      "catalogue.hot.share", Kind::share, {0, 1},
      "Share of order lines that go to the hot set, evenly over it.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.hot_share; });
  table.add(
      "catalogue.hot.stock", Kind::count, {0, 2e9}, "Units in stock of each hot SKU at the start.",
      [](Scenario & s, std::size_t) -> auto& { return s.catalogue.hot_stock; });
}

void add_stages(Table& table) {
  add_admission(table);
  table.add_choice(
      "inventory.strategy", {"owner_shard", "escrow", "shared_atomic", "mutex", "unsafe"},
      "Who may change a SKU's stock: one worker; each a part leased in advance; all, by "
      "compare-and-swap; all, under a lock; or all, by read and write (wrong on purpose, the audit "
      "catches it).",
      [](Scenario & s, std::size_t) -> auto& { return s.inventory.strategy; });
  table.add(
      "inventory.reservation_ttl", Kind::duration, {1e6, 30 * kDay},
      "How long stock is held for an unpaid order before it goes back.",
      [](Scenario & s, std::size_t) -> auto& { return s.inventory.reservation_ttl; });
  add_rows(table);
  add_payment(table);
  add_logistics(table);
}

void add_execution(Table& table) {
  table.add_choice(
      "run.pace", {"max", "real"},
      "max: as fast as this machine can; real: by the curve in wall-clock time.",
      [](Scenario & s, std::size_t) -> auto& { return s.run.pace; });
  table.add_choice(
      "run.placement", {"sharded", "staged"},
      "sharded: every worker runs every stage for its share; staged: each stage has "
      "its own workers.",
      [](Scenario & s, std::size_t) -> auto& { return s.run.placement; });
  table.add(
      "run.workers", Kind::count, {0, 256},
      "Threads; 0: one per core, but in a run at pace max one where several would only wait for "
      "each other: with a door, or below 10,000 orders/s.",
      [](Scenario & s, std::size_t) -> auto& { return s.run.workers; });
  table.add(
      "run.generator_lag_limit", Kind::duration, {1e3, kDay},
      "At pace real the run is INVALID when p99 of (release - planned arrival) passes this.",
      [](Scenario & s, std::size_t) -> auto& { return s.run.generator_lag_limit; });
  table.add(
      "simulate.warm_up", Kind::duration, {0, 400 * kDay},
      "Simulations keep statistics from this instant on.",
      [](Scenario & s, std::size_t) -> auto& { return s.simulate.warm_up; });
  table.add(
      "simulate.replications", Kind::count, {1, 10'000},
      "How many independent simulations, each with a seed of its own.",
      [](Scenario & s, std::size_t) -> auto& { return s.simulate.replications; });
  table.add(
      "simulate.scale", Kind::number, {1e-9, 1e6},
      "Multiplies traffic, stock and capacities together, in runs and simulations alike.",
      [](Scenario & s, std::size_t) -> auto& { return s.simulate.scale; });
  table.add(
      "simulate.until", Kind::duration, {0, 400 * kDay},
      "A sale's traffic, or a network, ends here, no later than at the scenario's duration. 0s: "
      "then.",
      [](Scenario & s, std::size_t) -> auto& { return s.simulate.until; });
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> table = [] {
    Table rows;
    add_identity(rows);
    add_published(rows);
    add_traffic(rows);
    add_catalogue(rows);
    add_stages(rows);
    add_faults(rows);
    add_execution(rows);
    add_report(rows);
    add_network(rows);
    return rows.take();
  }();
  return table;
}

}  // namespace double11::scenario
