#pragma once
// Where the units of each SKU lie: so many in each warehouse (logistics.stock), so many at the last
// mile of each region (logistics.anticipatory). Inventory decides whether a unit is sold, this
// decides from where it goes. Units are divided by systematic sampling: shares come out right on
// average over the SKUs, and no unit is lost. One thread at a time.

#include <double11/core/order.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace double11::stages {

/// Divides `units` by `weights`, which have a sum above 0: the shares rounded down or up, the sum
/// exact. `offset`, 0 to 1, decides who gets what the rounding leaves over: with a uniform one each
/// gets its share on average.
void divide(std::int64_t units, std::span<const double> weights, double offset,
            std::span<std::int32_t> into);

class RegionalStock {
 public:
  /// What an order takes, each SKU once.
  struct Needs {
    std::array<SkuId, kMaxLines> sku;
    std::array<std::int32_t, kMaxLines> units;
    std::size_t count = 0;
    std::int64_t total = 0;
  };

  /// `homes[r]`: warehouses that are nearest to region r.
  RegionalStock(const scenario::Scenario& scenario,
                const std::vector<std::vector<std::uint32_t>>& homes);

  [[nodiscard]] static Needs needs_of(const Order& order);

  /// Whether stock is kept by warehouse, and whether there is any at the last mile.
  [[nodiscard]] bool by_warehouse() const { return !stock_.empty(); }
  [[nodiscard]] bool has_ahead() const { return !ahead_.empty(); }

  /// Of `needs`, units that are in this warehouse.
  [[nodiscard]] std::int64_t found(const Needs& needs, std::size_t warehouse) const;

  /// Where units come from that a warehouse lacks.
  struct Source {
    bool last_mile;     ///< of a region, or a warehouse
    std::size_t index;  ///< of that
  };

  /// Takes all of it from the warehouse and what it lacks from the warehouses that have most, then
  /// from the last miles; `on_transfer` hears of the latter two. Returns the units that nobody had.
  std::int64_t take(const Needs& needs, std::size_t warehouse,
                    const std::function<void(Source, std::int64_t)>& on_transfer);

  /// Takes all of it from the last mile of the region; false when that lacks anything.
  bool take_ahead(const Needs& needs, std::size_t region);

  /// Units at the last mile of a region.
  [[nodiscard]] std::int64_t ahead_units(std::size_t region) const;

  /// By SKU, units that are left in all places together; empty when not kept by warehouse.
  [[nodiscard]] std::vector<std::int32_t> left() const;

 private:
  void place(const scenario::Scenario& scenario,
             const std::vector<std::vector<std::uint32_t>>& homes);

  std::size_t warehouses_;
  std::size_t regions_;
  std::vector<std::int32_t> stock_;  // [SKU * warehouses + warehouse]
  std::vector<std::int32_t> ahead_;  // [SKU * regions + region]
};

}  // namespace double11::stages
