#pragma once
// The strategies of inventory: who may change the stock of a SKU, and how. Each shelf offers
// take, give, available, refused; ShelfInventory (inventory.cpp) is the same for all of them. Take
// and give say which shard asks. The strategy `escrow` is in escrow_shelf.hpp.

#include <double11/core/divisor.hpp>
#include <double11/core/ids.hpp>
#include <double11/core/order.hpp>
#include <double11/core/pause.hpp>
#include <double11/core/prefetch.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace double11::stages {

/// The stock of a SKU that only one thread touches. One word, so that twice as many SKUs stay in
/// cache; stock is below 2^31 (key table).
class StockSlot {
 public:
  explicit StockSlot(std::int64_t units)
      : available_(static_cast<std::uint32_t>(units) & kAvailableMask), refused_(0) {}

  bool take(std::int32_t quantity) {
    const auto units = static_cast<std::uint32_t>(quantity);
    if (available_ < units) {
      refused_ = 1;
      return false;
    }
    available_ = (available_ - units) & kAvailableMask;
    return true;
  }
  void give(std::int32_t quantity) {
    available_ = (available_ + static_cast<std::uint32_t>(quantity)) & kAvailableMask;
  }
  /// Takes them even if there are fewer; whether there were enough. give() makes up for it.
  bool take_anyway(std::uint32_t units) {
    const bool enough = available_ >= units;
    available_ = (available_ - units) & kAvailableMask;
    return enough;
  }
  [[nodiscard]] std::int64_t available() const { return available_; }
  [[nodiscard]] bool refused() const { return refused_ != 0; }

 private:
  static constexpr std::uint32_t kAvailableMask = 0x7FFFFFFF;

  std::uint32_t available_ : 31;
  std::uint32_t refused_ : 1;
};

/// owner_shard: the shard that owns the SKU is the only one that touches it; plain integers.
class OwnedShelf {
 public:
  static constexpr bool kOwned = true;
  static constexpr bool kTakesAll = false;

  OwnedShelf(const scenario::Catalogue& catalogue, std::uint32_t shards) : shards_(shards) {
    for (std::uint32_t shard = 0; shard < shards; ++shard) {
      std::vector<StockSlot> slots;
      for (std::int64_t sku = shard; sku < catalogue.skus; sku += shards) {
        const SkuId id{static_cast<std::uint32_t>(sku)};
        slots.emplace_back(scenario::initial_stock(catalogue, id));
      }
      if (slots.empty()) slots.emplace_back(0);  // for prefetch()
      slots_.push_back(std::move(slots));
    }
  }

  bool take(std::uint32_t, SkuId sku, std::int32_t quantity) { return slot_of(sku).take(quantity); }
  void give(std::uint32_t, SkuId sku, std::int32_t quantity) { slot_of(sku).give(quantity); }

  /// Brings closer what `shard` needs for the order. No branches: where a line is not its own, or
  /// there is none, it asks for the first slot, which is always near.
  void prefetch(std::uint32_t shard, const Order& order) const {
    const std::vector<StockSlot>& own = slots_[shard];
    for (const SkuId sku : order.sku) {
      const std::uint32_t slot = shards_.quotient(sku.value);
      const bool is_own = sku.value - slot * shards_.value() == shard;
      prefetch_to_write(&own[is_own ? slot : 0]);
    }
  }

  [[nodiscard]] std::int64_t available(SkuId sku) const { return slot_of(sku).available(); }
  [[nodiscard]] bool refused(SkuId sku) const { return slot_of(sku).refused(); }

 private:
  [[nodiscard]] const StockSlot& slot_of(SkuId sku) const {
    const std::uint32_t slot = shards_.quotient(sku.value);
    return slots_[sku.value - slot * shards_.value()][slot];
  }
  StockSlot& slot_of(SkuId sku) {
    return const_cast<StockSlot&>(std::as_const(*this).slot_of(sku));
  }

  Divisor shards_;
  std::vector<std::vector<StockSlot>> slots_;  // one per shard: no cache line has two owners
};

/// owner_shard and shared_atomic with one shard: nobody has to find out whose a SKU is, and nobody
/// else changes it.
class SoleShelf {
 public:
  static constexpr bool kOwned = false;
  static constexpr bool kTakesAll = true;  // see take_all()

  SoleShelf(const scenario::Catalogue& catalogue, std::uint32_t) {
    for (std::int64_t sku = 0; sku < catalogue.skus; ++sku) {
      const SkuId id{static_cast<std::uint32_t>(sku)};
      slots_.emplace_back(scenario::initial_stock(catalogue, id));
    }
  }

  bool take(std::uint32_t, SkuId sku, std::int32_t quantity) {
    return slots_[sku.value].take(quantity);
  }
  void give(std::uint32_t, SkuId sku, std::int32_t quantity) { slots_[sku.value].give(quantity); }

  /// The units of all lines, or none. Without branches that depend on how many lines there are,
  /// which is as random as can be: those that are not used take nothing of a slot of their own.
  bool take_all(const Order& order) {
    bool all = true;
    for (std::size_t line = 0; line < kMaxLines; ++line) {
      all = slot_of(order, line).take_anyway(order.quantity[line]) && all;
    }
    if (all) [[likely]]
      return true;
    for (std::size_t line = 0; line < kMaxLines; ++line) {
      slot_of(order, line).give(order.quantity[line]);
    }
    return false;
  }

  /// Brings closer what is needed for the order; for lines that are not used the first slot.
  void prefetch(std::uint32_t, const Order& order) const {
    for (const SkuId sku : order.sku) prefetch_to_write(&slots_[sku.value]);
  }

  [[nodiscard]] std::int64_t available(SkuId sku) const { return slots_[sku.value].available(); }
  [[nodiscard]] bool refused(SkuId sku) const { return slots_[sku.value].refused(); }

 private:
  StockSlot& slot_of(const Order& order, std::size_t line) {
    StockSlot* const used = &slots_[order.sku[line].value];
    return *(line < order.lines ? used : &unused_[line]);
  }

  std::vector<StockSlot> slots_;
  std::array<StockSlot, kMaxLines> unused_{StockSlot(0), StockSlot(0), StockSlot(0), StockSlot(0)};
};

/// Stock that every shard may touch: one word per SKU, and one byte that tells that a buyer was
/// refused.
class SharedShelf {
 public:
  static constexpr bool kOwned = false;
  static constexpr bool kTakesAll = false;

  SharedShelf(const scenario::Catalogue& catalogue, std::uint32_t)
      : available_(static_cast<std::size_t>(catalogue.skus)),
        refused_(static_cast<std::size_t>(catalogue.skus)) {
    for (std::size_t sku = 0; sku < available_.size(); ++sku) {
      const SkuId id{static_cast<std::uint32_t>(sku)};
      available_[sku].store(static_cast<std::int32_t>(scenario::initial_stock(catalogue, id)),
                            std::memory_order_relaxed);
    }
  }

  /// Brings closer what a shard needs for the order.
  void prefetch(std::uint32_t, const Order& order) const {
    for (std::size_t line = 0; line < order.lines; ++line) {
      prefetch_to_write(&available_[order.sku[line].value]);
    }
  }
  [[nodiscard]] std::int64_t available(SkuId sku) const {
    return available_[sku.value].load(std::memory_order_relaxed);
  }
  [[nodiscard]] bool refused(SkuId sku) const {
    return refused_[sku.value].load(std::memory_order_relaxed) != 0;
  }

 protected:
  void refuse(SkuId sku) {
    // Read first: after the sale almost every buyer is refused, and loads scale.
    if (refused_[sku.value].load(std::memory_order_relaxed) == 0) {
      refused_[sku.value].store(1, std::memory_order_relaxed);
    }
  }

  std::vector<std::atomic<std::int32_t>> available_;

 private:
  std::vector<std::atomic<std::uint8_t>> refused_;
};

/// shared_atomic: compare-and-swap, so the check and the decrement are one step.
class AtomicShelf : public SharedShelf {
 public:
  using SharedShelf::SharedShelf;

  bool take(std::uint32_t, SkuId sku, std::int32_t quantity) {
    std::atomic<std::int32_t>& units = available_[sku.value];
    std::int32_t seen = units.load(std::memory_order_relaxed);
    // Relaxed: the count carries no other data; orders travel by the inboxes, which synchronise.
    while (seen >= quantity) {
      if (units.compare_exchange_weak(seen, seen - quantity, std::memory_order_relaxed))
        return true;
    }
    refuse(sku);
    return false;
  }
  void give(std::uint32_t, SkuId sku, std::int32_t quantity) {
    available_[sku.value].fetch_add(quantity, std::memory_order_relaxed);
  }
};

/// mutex: a lock around the check and the decrement, as most shops have it. Rows share locks, so
/// that a catalogue of millions does not need as many.
class MutexShelf : public SharedShelf {
 public:
  MutexShelf(const scenario::Catalogue& catalogue, std::uint32_t shards)
      : SharedShelf(catalogue, shards), locks_(kLocks) {}

  bool take(std::uint32_t, SkuId sku, std::int32_t quantity) {
    const std::scoped_lock lock(lock_of(sku));
    std::atomic<std::int32_t>& units = available_[sku.value];
    const std::int32_t seen = units.load(std::memory_order_relaxed);
    if (seen < quantity) {
      refuse(sku);
      return false;
    }
    units.store(seen - quantity, std::memory_order_relaxed);
    return true;
  }
  void give(std::uint32_t, SkuId sku, std::int32_t quantity) {
    const std::scoped_lock lock(lock_of(sku));
    std::atomic<std::int32_t>& units = available_[sku.value];
    units.store(units.load(std::memory_order_relaxed) + quantity, std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t kLocks = 1024;
  struct alignas(128) Lock {
    std::mutex mutex;
  };

  std::mutex& lock_of(SkuId sku) { return locks_[sku.value % kLocks].mutex; }

  std::vector<Lock> locks_;
};

/// unsafe: read, check, write, as in a shop that reads a row and writes it back. Two shards can
/// read the same number and sell the same unit. Wrong on purpose: the audit must catch it. It waits
/// between the two as such a shop waits for its database; without that a race lasts a nanosecond
/// and a short sale can end before one is lost.
class UnsafeShelf : public SharedShelf {
 public:
  using SharedShelf::SharedShelf;

  bool take(std::uint32_t, SkuId sku, std::int32_t quantity) {
    const std::int32_t seen = read(sku);
    if (seen < quantity) {
      refuse(sku);
      return false;
    }
    wait_as_for_a_database();
    write(sku, seen - quantity);
    return true;
  }
  void give(std::uint32_t, SkuId sku, std::int32_t quantity) {
    const std::int32_t seen = read(sku);
    wait_as_for_a_database();
    write(sku, seen + quantity);
  }

  // About a microsecond: most of a worker's time, so that losing the core comes here, too.
  static void wait_as_for_a_database() {
    for (int i = 0; i < 20; ++i) pause_cpu();
  }

  [[nodiscard]] std::int32_t read(SkuId sku) const {
    return available_[sku.value].load(std::memory_order_relaxed);
  }
  void write(SkuId sku, std::int32_t units) {
    available_[sku.value].store(units, std::memory_order_relaxed);
  }
};

}  // namespace double11::stages
