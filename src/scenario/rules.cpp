#include "scenario/rules.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

void check_name(const Scenario& scenario, const Complain& complain) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (!std::all_of(scenario.name.begin(), scenario.name.end(), allowed)) {
    complain("name", fmt::format("found \"{}\"; allowed: letters, digits and - _ .", scenario.name),
             {});
  }
}

void check_prices(const Scenario& scenario, const Complain& complain) {
  const Catalogue& catalogue = scenario.catalogue;
  if (catalogue.price_min > catalogue.price_max) {
    complain("catalogue.price_min",
             fmt::format("found {}; must not be above catalogue.price_max ({})",
                         text_of_money(catalogue.price_min), text_of_money(catalogue.price_max)),
             {"catalogue.price_max"});
  }
  const auto [lines, quantity] = largest_basket(scenario.traffic);
  const std::int64_t largest = catalogue.price_max.fen * quantity * lines;
  if (largest > kOrderFenMax) {
    complain("catalogue.price_max",
             fmt::format("found {}; an order of {} lines of {} units could cost more than {}",
                         text_of_money(catalogue.price_max), lines, quantity,
                         text_of_money({kOrderFenMax})),
             {"traffic.basket", "traffic.quantity_max", "traffic.segments", "traffic.bots",
              "traffic.shows"});
  }
}

void check_hot_set(const Catalogue& catalogue, const Complain& complain) {
  if (catalogue.hot_skus > catalogue.skus) {
    complain("catalogue.hot.skus",
             fmt::format("found {}; must not be above catalogue.skus ({})", catalogue.hot_skus,
                         catalogue.skus),
             {"catalogue.skus"});
  }
  if (catalogue.hot_share > 0 && catalogue.hot_skus == 0) {
    complain("catalogue.hot.share",
             fmt::format("found {}; needs catalogue.hot.skus of at least 1",
                         text_of_share(catalogue.hot_share)),
             {"catalogue.hot.skus"});
  }
  if (catalogue.hot_share < 1 && catalogue.hot_skus == catalogue.skus) {
    complain("catalogue.hot.share",
             fmt::format("found {}; must be 1 when every SKU is hot",
                         text_of_share(catalogue.hot_share)),
             {"catalogue.hot.skus", "catalogue.skus"});
  }
}

void check_memory(const Scenario& scenario, const Complain& complain) {
  const std::int64_t workers = std::max<std::int64_t>(1, scenario.run.workers);
  if (scenario.catalogue.skus * workers > kSkuWorkersMax) {
    complain(
        "catalogue.skus",
        fmt::format("found {} with {} workers; allowed: a product up to {}",
                    text_of_count(scenario.catalogue.skus), workers, text_of_count(kSkuWorkersMax)),
        {"run.workers"});
  }
}

// After the duration nothing comes any more: an end beyond it would be no longer sale, and a
// network that stands empty for most of the time.
void check_until(const Scenario& scenario, const Complain& complain) {
  if (scenario.simulate.until <= scenario.duration) return;
  complain(
      "simulate.until",
      fmt::format("found {}; must not be after the scenario's duration ({}); to simulate more, "
                  "make the duration longer",
                  text_of_duration(scenario.simulate.until), text_of_duration(scenario.duration)),
      {"duration"});
}

}  // namespace

void check_rules(const Scenario& scenario, const Complain& complain) {
  check_name(scenario, complain);
  check_traffic(scenario, complain);
  check_prices(scenario, complain);
  check_hot_set(scenario.catalogue, complain);
  check_memory(scenario, complain);
  check_until(scenario, complain);
  check_door(scenario, complain);
  check_inventory(scenario, complain);
  check_payment(scenario, complain);
  check_logistics(scenario, complain);
  check_faults(scenario, complain);
  check_arrivals(scenario, complain);
  check_network(scenario, complain);
  check_report(scenario, complain);
}

}  // namespace double11::scenario
