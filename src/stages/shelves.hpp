#pragma once
// The strategies of inventory: who may change the stock of a SKU, and how. Each shelf offers
// take, give, available, refused; ShelfInventory (inventory.cpp) is the same for all of them.

#include <double11/core/ids.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/scenario.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace double11::stages {

/// owner_shard: the shard that owns the SKU is the only one that touches it; plain integers.
class OwnedShelf {
 public:
  static constexpr bool kOwned = true;

  OwnedShelf(const scenario::Catalogue& catalogue, std::uint32_t shards) : shards_(shards) {
    for (std::uint32_t shard = 0; shard < shards; ++shard) {
      std::vector<Slot> slots;
      for (std::int64_t sku = shard; sku < catalogue.skus; sku += shards) {
        const SkuId id{static_cast<std::uint32_t>(sku)};
        slots.push_back({static_cast<std::int32_t>(scenario::initial_stock(catalogue, id)), 0});
      }
      slots_.push_back(std::move(slots));
    }
  }

  bool take(SkuId sku, std::int32_t quantity) {
    Slot& slot = slot_of(sku);
    if (slot.available < quantity) {
      slot.refused = 1;
      return false;
    }
    slot.available -= quantity;
    return true;
  }
  void give(SkuId sku, std::int32_t quantity) { slot_of(sku).available += quantity; }
  void prefetch(SkuId sku) const {
    __builtin_prefetch(&slots_[sku.value % shards_][sku.value / shards_], 1);
  }
  [[nodiscard]] std::int64_t available(SkuId sku) const {
    return slots_[sku.value % shards_][sku.value / shards_].available;
  }
  [[nodiscard]] bool refused(SkuId sku) const {
    return slots_[sku.value % shards_][sku.value / shards_].refused != 0;
  }

 private:
  struct Slot {
    std::int32_t available;
    std::int32_t refused;
  };
  Slot& slot_of(SkuId sku) { return slots_[sku.value % shards_][sku.value / shards_]; }

  std::uint32_t shards_;
  std::vector<std::vector<Slot>> slots_;  // a vector per shard: no cache line has two owners
};

/// Stock that every shard may touch: one word per SKU, and one byte that tells that a buyer was
/// refused.
class SharedShelf {
 public:
  static constexpr bool kOwned = false;

  SharedShelf(const scenario::Catalogue& catalogue, std::uint32_t)
      : available_(static_cast<std::size_t>(catalogue.skus)),
        refused_(static_cast<std::size_t>(catalogue.skus)) {
    for (std::size_t sku = 0; sku < available_.size(); ++sku) {
      const SkuId id{static_cast<std::uint32_t>(sku)};
      available_[sku].store(static_cast<std::int32_t>(scenario::initial_stock(catalogue, id)),
                            std::memory_order_relaxed);
    }
  }

  void prefetch(SkuId sku) const { __builtin_prefetch(&available_[sku.value], 1); }
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

  bool take(SkuId sku, std::int32_t quantity) {
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
  void give(SkuId sku, std::int32_t quantity) {
    available_[sku.value].fetch_add(quantity, std::memory_order_relaxed);
  }
};

/// unsafe: read, check, write, as in a shop that reads a row and writes it back. Two shards can
/// read the same number and sell the same unit. Wrong on purpose: the audit must catch it.
class UnsafeShelf : public SharedShelf {
 public:
  using SharedShelf::SharedShelf;

  bool take(SkuId sku, std::int32_t quantity) {
    const std::int32_t seen = read(sku);
    if (seen < quantity) {
      refuse(sku);
      return false;
    }
    write(sku, seen - quantity);
    return true;
  }
  void give(SkuId sku, std::int32_t quantity) { write(sku, read(sku) + quantity); }

  [[nodiscard]] std::int32_t read(SkuId sku) const {
    return available_[sku.value].load(std::memory_order_relaxed);
  }
  void write(SkuId sku, std::int32_t units) {
    available_[sku.value].store(units, std::memory_order_relaxed);
  }
};

}  // namespace double11::stages
