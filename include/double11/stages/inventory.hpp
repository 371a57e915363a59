#pragma once
// Inventory: all-or-nothing reservation of baskets, under a choice of strategies.
//
// Stock is divided over shards (SKU modulo shards). With a strategy that owns its stock, an order
// visits the shards of its lines one after the other and never waits for one, so there is no
// deadlock: the first shard that has too little ends the attempt, and what was taken goes back.
// With a shared strategy any shard serves all lines.
//
// Law per SKU at every quiet point: initial = available + reserved + sold. The stage counts
// `available`; what is sold is counted by others (measure/books.hpp), so the audit can compare.

#include <double11/core/divisor.hpp>
#include <double11/core/ids.hpp>
#include <double11/core/order.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <memory>
#include <span>

namespace double11::stages {

class Inventory {
 public:
  /// Full shelves for `scenario` from the loader, in `shards` (1 or more) shards.
  static std::unique_ptr<Inventory> create(const scenario::Scenario& scenario,
                                           std::uint32_t shards);
  virtual ~Inventory() = default;

  /// Whether a line must be handled by the shard that owns its SKU.
  [[nodiscard]] virtual bool owned() const = 0;
  [[nodiscard]] std::uint32_t shard_of(SkuId sku) const { return shards_.remainder(sku.value); }

  /// Reserves the open lines that `shard` can serve. With its last line an order gets `until`, the
  /// end of its reservation: Order::at plus the TTL. An order with a line that cannot be had is
  /// marked to end as sold_out; its other lines stay marked reserved until release(). Each shard
  /// is used by one thread at a time; shared strategies allow different shards on different
  /// threads.
  virtual void reserve(std::uint32_t shard, std::span<Order> orders) = 0;

  /// Brings closer what reserve() of these orders will touch; the same threading as reserve().
  virtual void prefetch(std::uint32_t shard, std::span<const Order> orders) const = 0;

  /// Takes back the reserved lines that `shard` can serve and clears their marks. The same
  /// threading as reserve().
  virtual void release(std::uint32_t shard, std::span<Order> orders) = 0;

  /// Units on the shelf; at a quiet point only (no thread reserves or releases).
  [[nodiscard]] virtual std::int64_t available(SkuId sku) const = 0;
  /// Whether a buyer was refused this SKU; at a quiet point only.
  [[nodiscard]] virtual bool refused(SkuId sku) const = 0;
  /// Sum over all shards; at a quiet point only.
  [[nodiscard]] virtual measure::ReservationCounts counts() const = 0;

 protected:
  Inventory(std::uint32_t shards, Duration ttl) : shards_(shards), ttl_(ttl) {}
  [[nodiscard]] Duration ttl() const { return ttl_; }

 private:
  Divisor shards_;
  Duration ttl_;
};

}  // namespace double11::stages
