#include <double11/stages/inventory.hpp>

#include <vector>

#include "stages/shelves.hpp"

namespace double11::stages {
namespace {

using measure::ReservationCounts;

// Two cache lines apart: x86 fetches lines in pairs.
struct alignas(128) ShardCounts {
  ReservationCounts counts;
};

std::int64_t units_of(const Order& order) {
  std::int64_t units = 0;
  for (std::size_t line = 0; line < order.lines; ++line) units += order.quantity[line];
  return units;
}

template <typename Shelf>
class ShelfInventory final : public Inventory {
 public:
  ShelfInventory(const scenario::Scenario& scenario, std::uint32_t shards)
      : Inventory(shards, scenario.inventory.reservation_ttl),
        shelf_(scenario.catalogue, shards),
        counts_(shards) {}

  [[nodiscard]] bool owned() const override { return Shelf::kOwned; }

  void reserve(std::uint32_t shard, std::span<Order> orders) override {
    for (const Order& order : orders) {
      for (std::size_t line = 0; line < order.lines; ++line) shelf_.prefetch(order.sku[line]);
    }
    ReservationCounts& counts = counts_[shard].counts;
    for (Order& order : orders) {
      reserve_lines(shard, order);
      if (order.fully_reserved()) {
        order.until = order.at + ttl();
        ++counts.granted;
        counts.units_granted += units_of(order);
      }
    }
  }

  void release(std::uint32_t shard, std::span<Order> orders) override {
    ReservationCounts& counts = counts_[shard].counts;
    for (Order& order : orders) {
      // A basket that never got all its lines was never granted.
      const bool granted = order.ends_as() != Outcome::sold_out;
      const bool held = order.reserved_lines() != 0;
      for (std::size_t line = 0; line < order.lines; ++line) {
        if (!serves(shard, order.sku[line]) || !order.is_reserved(line)) continue;
        shelf_.give(order.sku[line], order.quantity[line]);
        order.mark_released(line);
        if (granted) counts.units_released += order.quantity[line];
      }
      if (granted && held && order.reserved_lines() == 0) ++counts.released;
    }
  }

  [[nodiscard]] std::int64_t available(SkuId sku) const override { return shelf_.available(sku); }
  [[nodiscard]] bool refused(SkuId sku) const override { return shelf_.refused(sku); }

  [[nodiscard]] ReservationCounts counts() const override {
    ReservationCounts sum;
    for (const ShardCounts& shard : counts_) sum += shard.counts;
    return sum;
  }

 private:
  [[nodiscard]] bool serves(std::uint32_t shard, SkuId sku) const {
    return !Shelf::kOwned || shard_of(sku) == shard;
  }

  void reserve_lines(std::uint32_t shard, Order& order) {
    for (std::size_t line = 0; line < order.lines; ++line) {
      if (!serves(shard, order.sku[line]) || order.is_reserved(line)) continue;
      if (!shelf_.take(order.sku[line], order.quantity[line])) {
        order.will_end_as(Outcome::sold_out);
        return;
      }
      order.mark_reserved(line);
    }
  }

  Shelf shelf_;
  std::vector<ShardCounts> counts_;
};

}  // namespace

std::unique_ptr<Inventory> Inventory::create(const scenario::Scenario& scenario,
                                             std::uint32_t shards) {
  using scenario::Strategy;
  switch (scenario.inventory.strategy) {
    case Strategy::owner_shard:
      return std::make_unique<ShelfInventory<OwnedShelf>>(scenario, shards);
    case Strategy::shared_atomic:
      return std::make_unique<ShelfInventory<AtomicShelf>>(scenario, shards);
    case Strategy::unsafe:
      break;
  }
  return std::make_unique<ShelfInventory<UnsafeShelf>>(scenario, shards);
}

}  // namespace double11::stages
