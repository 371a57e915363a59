#pragma once
// Logistics over days as a slow model that looks for everything from the start for each parcel:
// minutes of shifts, days of carriers, units on shelves.

#include <double11/core/order.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/parcel.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace double11::stages {

inline constexpr std::int64_t kMinuteNs = 60'000'000'000;
inline constexpr std::int64_t kDayNs = 1440 * kMinuteNs;

/// For scenarios of two carriers at most, of equal shares, warehouses on one line, four posts that
/// pick a parcel in 2 s and stock that divides evenly.
class SlowLogistics {
 public:
  explicit SlowLogistics(const scenario::Scenario& scenario)
      : scenario_(scenario), free_ns_(scenario.logistics.warehouses.size()) {
    const auto warehouses = scenario.logistics.warehouses.size();
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus; ++sku) {
      const std::int64_t units = sku < scenario.catalogue.hot_skus ? scenario.catalogue.hot_stock
                                                                   : scenario.catalogue.stock;
      for (std::size_t i = 0; i < warehouses; ++i) {
        // Uniform: the tests' stock is a multiple of the number of warehouses.
        stock_[{sku, i}] = scenario.logistics.stock.policy == scenario::StockPolicy::central
                               ? (i == 0 ? units : 0)
                               : units / static_cast<std::int64_t>(warehouses);
      }
    }
  }

  Parcel dispatch(const Order& order) {
    const auto& logistics = scenario_.logistics;
    const std::map<std::uint32_t, std::int64_t> needs = needs_of(order);
    std::int64_t wanted = 0;
    for (const auto& [sku, units] : needs) wanted += units;
    std::int64_t best_found = -1;
    std::int64_t best_eta = 0;
    std::size_t best = 0;
    for (std::size_t i = 0; i < logistics.warehouses.size(); ++i) {
      const std::int64_t found = found_at(needs, i);
      const std::int64_t eta = leaves_ns(order, i, found < wanted) + transit_ns(i, order.region);
      if (found > best_found || (found == best_found && eta < best_eta)) {
        best_found = found;
        best_eta = eta;
        best = i;
      }
    }
    const std::int64_t leaves = leaves_ns(order, best, best_found < wanted);
    free_ns_[best] = picked_ns(best, std::max(nanoseconds_of(order.at), free_ns_[best]));
    ++booked_[{carrier_of(order), day_of(leaves)}];
    if (logistics.stock.policy != scenario::StockPolicy::none) take(needs, best);
    return {static_cast<std::uint32_t>(best), Instant(Duration(best_eta))};
  }

  std::int64_t transferred() const { return transferred_; }
  std::int64_t units_of(std::uint32_t sku) const {
    std::int64_t units = 0;
    for (std::size_t i = 0; i < free_ns_.size(); ++i) units += stock_.at({sku, i});
    return units;
  }

 private:
  static std::map<std::uint32_t, std::int64_t> needs_of(const Order& order) {
    std::map<std::uint32_t, std::int64_t> needs;
    for (std::size_t line = 0; line < order.lines; ++line) {
      needs[order.sku[line].value] += order.quantity[line];
    }
    return needs;
  }

  std::int64_t found_at(const std::map<std::uint32_t, std::int64_t>& needs, std::size_t i) const {
    std::int64_t found = 0;
    for (const auto& [sku, units] : needs) {
      found += scenario_.logistics.stock.policy == scenario::StockPolicy::none
                   ? units
                   : std::min(units, stock_.at({sku, i}));
    }
    return found;
  }

  std::int64_t day_of(std::int64_t ns) const {
    return (ns + scenario_.logistics.starts_at.count()) / kDayNs;
  }

  // Posts that pick in the minute after `ns`; each parcel takes 2 s of four of them.
  std::int64_t posts_at(std::size_t warehouse, std::int64_t ns) const {
    const std::int64_t time_of_day = (ns + scenario_.logistics.starts_at.count()) % kDayNs;
    std::int64_t posts = 0;
    bool any = false;
    for (const scenario::Shift& shift : scenario_.logistics.shifts) {
      if (!shift.warehouse.empty() &&
          shift.warehouse != scenario_.logistics.warehouses[warehouse].name) {
        continue;
      }
      any = true;
      const std::int64_t from = shift.from.count();
      const std::int64_t to = shift.to.count();
      const bool on = from < to ? from <= time_of_day && time_of_day < to
                                : time_of_day < to || from <= time_of_day;
      if (on) posts += shift.people.posts + shift.robots.posts;
    }
    return any ? std::min<std::int64_t>(posts, 4) : 4;
  }

  std::int64_t picked_ns(std::size_t warehouse, std::int64_t at) const {
    std::int64_t work = 4 * 2'000'000'000LL;
    for (;;) {
      const std::int64_t end = (at / kMinuteNs + 1) * kMinuteNs;
      const std::int64_t posts = posts_at(warehouse, at);
      if (posts > 0 && at + (work + posts - 1) / posts <= end)
        return at + (work + posts - 1) / posts;
      work -= posts * (end - at);
      at = end;
    }
  }

  std::size_t carrier_of(const Order& order) const {
    const auto& carriers = scenario_.logistics.carriers;
    // The tests have two for all regions, with equal shares.
    return carriers.size() < 2 ? 0 : mix(mix(order.id.value)) >> 63U;
  }

  std::int64_t leaves_ns(const Order& order, std::size_t warehouse, bool incomplete) const {
    const auto& logistics = scenario_.logistics;
    std::int64_t at = picked_ns(warehouse, std::max(nanoseconds_of(order.at), free_ns_[warehouse]));
    if (incomplete) {
      at = std::max(at, nanoseconds_of(order.at) + logistics.stock.transfer.count());
    }
    if (const std::int64_t period = logistics.departure_period.count(); period > 0) {
      while (at % period != 0) at += period - at % period;
    }
    if (logistics.carriers.empty()) return at;
    const scenario::Carrier& carrier = logistics.carriers[carrier_of(order)];
    for (std::int64_t day = day_of(at);; ++day) {
      const std::int64_t midnight = day * kDayNs - logistics.starts_at.count();
      if (at > midnight + carrier.cut_off.count()) continue;
      const auto booked = booked_.find({carrier_of(order), day});
      if (carrier.parcels_per_day > 0 && booked != booked_.end() &&
          booked->second >= carrier.parcels_per_day) {
        continue;
      }
      return std::max(at, midnight + carrier.opens.count());
    }
  }

  std::int64_t transit_ns(std::size_t warehouse, std::size_t region) const {
    const auto& logistics = scenario_.logistics;
    const scenario::Warehouse& from = logistics.warehouses[warehouse];
    const scenario::Region& to = scenario_.traffic.regions[region];
    if (logistics.speed_km_per_h > 0) {
      // The tests' places are all on one line.
      return logistics.transit_near.count() +
             std::llround(std::abs(from.x_km - to.x_km) / logistics.speed_km_per_h * 3600e9);
    }
    return (from.region == to.name ? logistics.transit_near : logistics.transit_far).count();
  }

  void take(const std::map<std::uint32_t, std::int64_t>& needs, std::size_t warehouse) {
    for (const auto& [sku, units] : needs) {
      std::size_t from = warehouse;
      for (std::int64_t unit = 0; unit < units; ++unit) {
        if (stock_[{sku, from}] == 0) {
          from = 0;
          for (std::size_t i = 0; i < free_ns_.size(); ++i) {
            if (stock_[{sku, i}] > stock_[{sku, from}]) from = i;
          }
        }
        --stock_[{sku, from}];
        if (from != warehouse) ++transferred_;
      }
    }
  }

  const scenario::Scenario& scenario_;
  std::vector<std::int64_t> free_ns_;
  std::map<std::pair<std::uint32_t, std::size_t>, std::int64_t> stock_;
  std::map<std::pair<std::size_t, std::int64_t>, std::int64_t> booked_;
  std::int64_t transferred_ = 0;
};

}  // namespace double11::stages
