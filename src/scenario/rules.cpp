#include "scenario/rules.hpp"

#include <double11/core/ids.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

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

// What may still multiply the rate of a point: the crest of the wave, and simulate.scale.
double further_factor(const Scenario& scenario) {
  return (1 + scenario.traffic.wave.amplitude) * std::max(1.0, scenario.simulate.scale);
}

void check_curve(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  const double further = further_factor(scenario);
  for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
    const CurvePoint& point = traffic.curve[i];
    const std::string path = fmt::format("traffic.curve[{}]", i);
    if (i == 0 && point.at.count() != 0) {
      complain(path + ".at",
               fmt::format("found {}; the first point must be at 0s", text_of_duration(point.at)),
               {});
    }
    if (i > 0 && point.at <= traffic.curve[i - 1].at) {
      complain(path + ".at",
               fmt::format("found {}; must be later than the point before it ({})",
                           text_of_duration(point.at), text_of_duration(traffic.curve[i - 1].at)),
               {fmt::format("traffic.curve[{}].at", i - 1)});
    }
    if (point.rate_per_s * traffic.scale * further > kRateMaxPerS) {
      const std::string more =
          further > 1 ? fmt::format(" times {:.6g} by traffic.wave and simulate.scale", further)
                      : std::string();
      complain(path + ".rate",
               fmt::format("found {} times traffic.scale {}{}; allowed: a product up to {}",
                           text_of_rate(point.rate_per_s), traffic.scale, more,
                           text_of_rate(kRateMaxPerS)),
               {"traffic.scale", "traffic.wave", "simulate.scale"});
    }
  }
}

void check_shares(const std::string& path, double sum, const Complain& complain) {
  if (std::abs(sum - 1.0) > 1e-6) {
    complain(path, fmt::format("the shares add up to {:.6g}; must add up to 1", sum), {});
  }
}

// Elements of the list at `path` have names of their own and shares that add up to 1.
template <typename Element>
void check_named_shares(const std::string& what, const std::string& path,
                        const std::vector<Element>& elements, const Complain& complain) {
  double sum = 0;
  std::set<std::string> names;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    sum += elements[i].share;
    if (!names.insert(elements[i].name).second) {
      complain(fmt::format("{}[{}].name", path, i),
               fmt::format("found \"{}\" a second time; every {} needs its own name",
                           elements[i].name, what),
               {path});
    }
  }
  check_shares(path, sum, complain);
}

void check_traffic(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  check_curve(scenario, complain);
  double basket = 0;
  for (const double share : traffic.basket) basket += share;
  check_shares("traffic.basket", basket, complain);
  check_named_shares("region", "traffic.regions", traffic.regions, complain);
  check_named_shares("segment", "traffic.segments", traffic.segments, complain);
}

void check_prices(const Scenario& scenario, const Complain& complain) {
  const Catalogue& catalogue = scenario.catalogue;
  if (catalogue.price_min > catalogue.price_max) {
    complain("catalogue.price_min",
             fmt::format("found {}; must not be above catalogue.price_max ({})",
                         text_of_money(catalogue.price_min), text_of_money(catalogue.price_max)),
             {"catalogue.price_max"});
  }
  const auto lines = static_cast<std::int64_t>(scenario.traffic.basket.size());
  const std::int64_t largest = catalogue.price_max.fen * scenario.traffic.quantity_max * lines;
  if (largest > kOrderFenMax) {
    complain("catalogue.price_max",
             fmt::format("found {}; an order of {} lines of {} units could cost more than {}",
                         text_of_money(catalogue.price_max), lines, scenario.traffic.quantity_max,
                         text_of_money({kOrderFenMax})),
             {"traffic.basket", "traffic.quantity_max"});
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

}  // namespace

double highest_rate_per_s(const Scenario& scenario) {
  double highest = 0;
  for (const CurvePoint& point : scenario.traffic.curve) {
    highest = std::max(highest, point.rate_per_s);
  }
  return highest * scenario.traffic.scale * further_factor(scenario);
}

void check_rules(const Scenario& scenario, const Complain& complain) {
  check_name(scenario, complain);
  check_traffic(scenario, complain);
  check_prices(scenario, complain);
  check_hot_set(scenario.catalogue, complain);
  check_memory(scenario, complain);
  check_payment(scenario, complain);
  check_logistics(scenario, complain);
  check_arrivals(scenario, complain);
  check_network(scenario, complain);
}

}  // namespace double11::scenario
