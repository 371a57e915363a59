#pragma once
// The inventory over a shelf of any kind (shelves.hpp). Whoever knows which one it is can use it
// without the virtual calls of Inventory.

#include <double11/stages/inventory.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stages/shelves.hpp"

namespace double11::stages {

// Two cache lines apart: x86 fetches lines in pairs.
struct alignas(128) ShardCounts {
  measure::ReservationCounts counts;
};

template <typename Shelf>
class ShelfInventory final : public Inventory {
 public:
  ShelfInventory(const scenario::Scenario& scenario, std::uint32_t shards)
      : Inventory(shards, scenario.inventory.reservation_ttl),
        shelf_(scenario.catalogue, shards),
        counts_(shards) {}

  [[nodiscard]] bool owned() const override { return Shelf::kOwned; }

  void reserve(std::uint32_t shard, std::span<Order> orders) override {
    if (orders.size() > 1) prefetch(shard, orders);
    measure::ReservationCounts& counts = counts_[shard].counts;
    for (Order& order : orders) {
      if constexpr (Shelf::kTakesAll) {
        if (order.reserved_lines() == 0 && reserve_whole(order)) [[likely]]
          continue;
      }
      reserve_lines(shard, order);
      if (order.fully_reserved()) {
        order.until = order.at + ttl();
        ++counts.granted;
        counts.units_granted += order.units();
      }
    }
  }

  /// All lines of the order at once, or nothing: then it is as if nobody had asked. Only where the
  /// shelf has one shard.
  bool reserve_whole(Order& order) requires(Shelf::kTakesAll) {
    if (!shelf_.take_all(order)) return false;
    order.mark_all_reserved();
    order.until = order.at + ttl();
    measure::ReservationCounts& counts = counts_[0].counts;
    ++counts.granted;
    counts.units_granted += order.units();
    return true;
  }

  void prefetch(std::uint32_t shard, std::span<const Order> orders) const override {
    for (const Order& order : orders) shelf_.prefetch(shard, order);
  }

  void release(std::uint32_t shard, std::span<Order> orders) override {
    measure::ReservationCounts& counts = counts_[shard].counts;
    for (Order& order : orders) {
      // A basket that never got all its lines was never granted.
      const bool granted = order.ends_as() != Outcome::sold_out;
      const bool held = order.reserved_lines() != 0;
      unsigned returned = served_lines(shard, order) & order.reserved_lines();
      for (; returned != 0; returned &= returned - 1) {
        const auto line = static_cast<std::size_t>(std::countr_zero(returned));
        shelf_.give(shard, order.sku[line], order.quantity[line]);
        order.mark_released(line);
        if (granted) counts.units_released += order.quantity[line];
      }
      if (granted && held && order.reserved_lines() == 0) ++counts.released;
    }
  }

  [[nodiscard]] std::int64_t available(SkuId sku) const override { return shelf_.available(sku); }
  [[nodiscard]] bool refused(SkuId sku) const override { return shelf_.refused(sku); }

  [[nodiscard]] measure::ReservationCounts counts() const override {
    measure::ReservationCounts sum;
    for (const ShardCounts& shard : counts_) sum += shard.counts;
    return sum;
  }

 private:
  // Bits of the lines that `shard` may touch. Without branches: which lines are a shard's own is
  // as random as the SKUs.
  [[nodiscard]] unsigned served_lines(std::uint32_t shard, const Order& order) const {
    unsigned served = Order::kLineMask;
    if constexpr (Shelf::kOwned) {
      served = 0;
      for (unsigned line = 0; line < kMaxLines; ++line) {
        served |= static_cast<unsigned>(shard_of(order.sku[line]) == shard) << line;
      }
    }
    return served & order.all_lines();
  }

  void reserve_lines(std::uint32_t shard, Order& order) {
    unsigned open = served_lines(shard, order) & ~order.reserved_lines();
    for (; open != 0; open &= open - 1) {
      const auto line = static_cast<std::size_t>(std::countr_zero(open));
      if (!shelf_.take(shard, order.sku[line], order.quantity[line])) {
        order.will_end_as(Outcome::sold_out);
        return;
      }
      order.mark_reserved(line);
    }
  }

  Shelf shelf_;
  std::vector<ShardCounts> counts_;
};

}  // namespace double11::stages
