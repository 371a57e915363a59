#include <double11/core/random.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/demand.hpp>
#include <double11/stages/regional_stock.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace double11::stages {
namespace {

using scenario::Scenario;
using scenario::StockPolicy;

// Draws of a SKU that belong to no region.
constexpr std::uint32_t kWarehouseRound = kMaxRegions;
constexpr std::uint32_t kAheadRound = kMaxRegions + 1;

double unit_interval(std::uint64_t bits) {
  return std::ldexp(static_cast<double>(bits >> 11U), -53);
}

// What a forecast of the demand for a SKU in a region is wrong by: a factor of mean 1, its
// logarithm normal (Box and Muller, "A note on the generation of random normal deviates", 1958).
double forecast_factor(const Scenario& scenario, std::uint32_t sku, std::size_t region,
                       double error) {
  if (error == 0) return 1;
  const RandomBlock random =
      random_block(static_cast<std::uint64_t>(scenario.seed), Purpose::forecast, sku,
                   static_cast<std::uint32_t>(region));
  const double radius = std::sqrt(-2 * std::log(1 - unit_interval(random.wide(0))));
  const double normal = radius * std::cos(2 * std::numbers::pi * unit_interval(random.wide(1)));
  return std::exp(error * normal - error * error / 2);
}

double offset_of(const Scenario& scenario, std::uint32_t sku, std::uint32_t round) {
  return unit_interval(
      random_block(static_cast<std::uint64_t>(scenario.seed), Purpose::forecast, sku, round)
          .wide(0));
}

// The share of each warehouse in a SKU whose demand by region is `demand`.
void weigh(StockPolicy policy, const std::vector<std::vector<std::uint32_t>>& homes,
           std::span<const double> demand, std::span<double> weights) {
  std::fill(weights.begin(), weights.end(), policy == StockPolicy::uniform ? 1.0 : 0.0);
  if (policy == StockPolicy::uniform) return;
  if (policy == StockPolicy::central) {
    weights[0] = 1;
    return;
  }
  for (std::size_t region = 0; region < homes.size(); ++region) {
    for (const std::uint32_t warehouse : homes[region]) {
      weights[warehouse] += demand[region] / static_cast<double>(homes[region].size());
    }
  }
}

// Takes up to `units` from the places that have most; returns how many there were.
template <typename OnTaken>
std::int32_t take_most(std::span<std::int32_t> places, std::int32_t units, OnTaken on_taken) {
  std::int32_t taken = 0;
  while (taken < units) {
    const auto most = std::max_element(places.begin(), places.end());
    const std::int32_t from_there = std::min(units - taken, *most);
    if (from_there == 0) break;
    *most -= from_there;
    taken += from_there;
    on_taken(static_cast<std::size_t>(most - places.begin()), from_there);
  }
  return taken;
}

}  // namespace

void divide(std::int64_t units, std::span<const double> weights, double offset,
            std::span<std::int32_t> into) {
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t last = 0;  // with any weight: takes what is left at the end, rounding or not
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0) last = i;
  }
  double sum = 0;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    const auto rounded = static_cast<std::int64_t>(sum / all * static_cast<double>(units) + offset);
    const std::int64_t until = i >= last ? units : std::clamp(rounded, before, units);
    into[i] = static_cast<std::int32_t>(until - before);
    before = until;
  }
}

RegionalStock::RegionalStock(const Scenario& scenario,
                             const std::vector<std::vector<std::uint32_t>>& homes)
    : warehouses_(scenario.logistics.warehouses.size()), regions_(scenario.traffic.regions.size()) {
  const auto skus = static_cast<std::size_t>(scenario.catalogue.skus);
  if (scenario.logistics.stock.policy != StockPolicy::none) stock_.resize(skus * warehouses_);
  if (scenario.logistics.anticipatory.share > 0) ahead_.resize(skus * regions_);
  if (by_warehouse() || has_ahead()) place(scenario, homes);
}

void RegionalStock::place(const Scenario& scenario,
                          const std::vector<std::vector<std::uint32_t>>& homes) {
  const scenario::Stock& stock = scenario.logistics.stock;
  const double share = scenario.logistics.anticipatory.share;
  // A warehouse is filled by a perfect forecast or one with an error; so is the last mile.
  const double error = stock.policy == StockPolicy::perfect ? 0 : stock.forecast_error;
  const scenario::Demand demand(scenario);
  std::vector<double> by_region(regions_);
  std::vector<double> weights(warehouses_);
  const auto skus = static_cast<std::uint32_t>(scenario.catalogue.skus);
  for (std::uint32_t sku = 0; sku < skus; ++sku) {
    std::int64_t units = scenario::initial_stock(scenario.catalogue, SkuId{sku});
    double forecast = 0;
    for (std::size_t region = 0; region < regions_; ++region) {
      by_region[region] =
          scenario.traffic.regions[region].share * forecast_factor(scenario, sku, region, error);
      forecast += by_region[region];
    }
    if (has_ahead()) {
      const double wanted = share * forecast * demand.units(SkuId{sku});
      // Rounded so that small demand counts on average.
      const double rounded = std::floor(wanted + offset_of(scenario, sku, kAheadRound + 1));
      const std::int64_t sent =
          rounded < static_cast<double>(units) ? static_cast<std::int64_t>(rounded) : units;
      divide(sent, by_region, offset_of(scenario, sku, kAheadRound),
             std::span(ahead_).subspan(std::size_t{sku} * regions_, regions_));
      units -= sent;
    }
    if (by_warehouse()) {
      weigh(stock.policy, homes, by_region, weights);
      divide(units, weights, offset_of(scenario, sku, kWarehouseRound),
             std::span(stock_).subspan(std::size_t{sku} * warehouses_, warehouses_));
    }
  }
}

RegionalStock::Needs RegionalStock::needs_of(const Order& order) {
  Needs needs;
  for (std::size_t line = 0; line < order.lines; ++line) {
    const std::int32_t units = order.quantity[line];
    needs.total += units;
    auto* const end = needs.sku.begin() + needs.count;
    auto* const same = std::find(needs.sku.begin(), end, order.sku[line]);
    if (same != end) {
      needs.units[static_cast<std::size_t>(same - needs.sku.begin())] += units;
    } else {
      needs.sku[needs.count] = order.sku[line];
      needs.units[needs.count++] = units;
    }
  }
  return needs;
}

std::int64_t RegionalStock::found(const Needs& needs, std::size_t warehouse) const {
  std::int64_t units = 0;
  for (std::size_t i = 0; i < needs.count; ++i) {
    units += std::min(needs.units[i], stock_[needs.sku[i].value * warehouses_ + warehouse]);
  }
  return units;
}

std::int64_t RegionalStock::take(const Needs& needs, std::size_t warehouse,
                                 const std::function<void(Source, std::int64_t)>& on_transfer) {
  std::int64_t nowhere = 0;
  for (std::size_t i = 0; i < needs.count; ++i) {
    const auto stock = std::span(stock_).subspan(needs.sku[i].value * warehouses_, warehouses_);
    const std::int32_t here = std::min(needs.units[i], stock[warehouse]);
    stock[warehouse] -= here;
    std::int32_t open = needs.units[i] - here;
    open -= take_most(stock, open, [&](std::size_t from, std::int32_t units) {
      on_transfer({false, from}, units);
    });
    if (has_ahead()) {
      const auto ahead = std::span(ahead_).subspan(needs.sku[i].value * regions_, regions_);
      open -= take_most(ahead, open, [&](std::size_t from, std::int32_t units) {
        on_transfer({true, from}, units);
      });
    }
    nowhere += open;
  }
  return nowhere;
}

bool RegionalStock::take_ahead(const Needs& needs, std::size_t region) {
  for (std::size_t i = 0; i < needs.count; ++i) {
    if (ahead_[needs.sku[i].value * regions_ + region] < needs.units[i]) return false;
  }
  for (std::size_t i = 0; i < needs.count; ++i) {
    ahead_[needs.sku[i].value * regions_ + region] -= needs.units[i];
  }
  return true;
}

std::int64_t RegionalStock::ahead_units(std::size_t region) const {
  std::int64_t units = 0;
  for (std::size_t at = region; at < ahead_.size(); at += regions_) units += ahead_[at];
  return units;
}

std::vector<std::int32_t> RegionalStock::left() const {
  std::vector<std::int32_t> all;
  if (!by_warehouse()) return all;
  all.resize(stock_.size() / warehouses_);
  for (std::size_t sku = 0; sku < all.size(); ++sku) {
    for (std::size_t i = 0; i < warehouses_; ++i) all[sku] += stock_[sku * warehouses_ + i];
    for (std::size_t i = 0; has_ahead() && i < regions_; ++i)
      all[sku] += ahead_[sku * regions_ + i];
  }
  return all;
}

}  // namespace double11::stages
