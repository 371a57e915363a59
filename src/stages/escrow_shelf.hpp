#pragma once
// escrow: stock that shards take in advance, so that they seldom meet. Of each popular SKU a shard
// holds a lease of some units and sells from it. When it runs out the shard leases anew, half of
// its even part of what is left, so leases shrink as the stock does; when there is nothing left to
// lease it takes from the leases of the others, and only then is a buyer refused. (The idea is
// escrow for transactions: O'Neil, ACM TODS 11(4), 1986.)
//
// Nothing is sold twice: every unit is in one place, and taken from there by compare-and-swap. A
// refusal counts only when no units were on their way from place to place while all places were
// looked at; only units that are given back in that moment can be overlooked.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/shelves.hpp"

namespace double11::stages {

class EscrowShelf : public AtomicShelf {
 public:
  EscrowShelf(const scenario::Catalogue& catalogue, std::uint32_t shards)
      : AtomicShelf(catalogue, shards),
        leased_skus_(
            static_cast<std::uint32_t>(std::min<std::int64_t>(catalogue.skus, kLeasedMost))),
        chunk_divisor_(2 * shards),
        leases_(shards),
        moves_(leased_skus_) {
    for (Leases& leases : leases_) leases.units = std::vector<Units>(leased_skus_);
  }

  bool take(std::uint32_t shard, SkuId sku, std::int32_t quantity) {
    if (sku.value >= leased_skus_) return AtomicShelf::take(shard, sku, quantity);
    if (take_from(leases_[shard].units[sku.value], quantity)) return true;
    return lease(shard, sku, quantity) || collect(sku, quantity);
  }

  void give(std::uint32_t shard, SkuId sku, std::int32_t quantity) {
    if (sku.value >= leased_skus_) return AtomicShelf::give(shard, sku, quantity);
    leases_[shard].units[sku.value].fetch_add(quantity, std::memory_order_relaxed);
  }

  void prefetch(std::uint32_t shard, const Order& order) const {
    for (std::size_t line = 0; line < order.lines; ++line) {
      const std::uint32_t sku = order.sku[line].value;
      prefetch_to_write(sku < leased_skus_ ? &leases_[shard].units[sku] : &available_[sku]);
    }
  }

  [[nodiscard]] std::int64_t available(SkuId sku) const {
    std::int64_t units = available_[sku.value].load(std::memory_order_acquire);
    if (sku.value >= leased_skus_) return units;
    for (const Leases& leases : leases_) {
      units += leases.units[sku.value].load(std::memory_order_acquire);
    }
    return units;
  }

 private:
  using Units = std::atomic<std::int32_t>;

  // SKUs come by falling popularity; further ones are too rare to be fought for.
  static constexpr std::int64_t kLeasedMost = 4096;

  // Those of one shard. Two cache lines apart: x86 fetches lines in pairs.
  struct alignas(128) Leases {
    std::vector<Units> units;  // by SKU
  };

  // Leases of a SKU on their way from the common stock to a shard: begun and done.
  struct Moves {
    std::atomic<std::uint32_t> begun{0};
    std::atomic<std::uint32_t> done{0};
  };

  static bool take_from(Units& units, std::int32_t quantity) {
    std::int32_t seen = units.load(std::memory_order_relaxed);
    while (seen >= quantity) {
      if (units.compare_exchange_weak(seen, seen - quantity, std::memory_order_relaxed)) {
        return true;
      }
    }
    return false;
  }

  // Takes `quantity` from the common stock, and a new lease with it.
  bool lease(std::uint32_t shard, SkuId sku, std::int32_t quantity) {
    Units& common = available_[sku.value];
    std::int32_t seen = common.load(std::memory_order_relaxed);
    if (seen < quantity) return false;
    Moves& moves = moves_[sku.value];
    moves.begun.fetch_add(1);
    bool taken = false;
    while (seen >= quantity && !taken) {
      const std::int32_t chunk = (seen - quantity) / static_cast<std::int32_t>(chunk_divisor_);
      taken = common.compare_exchange_weak(seen, seen - quantity - chunk);
      if (taken) leases_[shard].units[sku.value].fetch_add(chunk);
    }
    moves.done.fetch_add(1);
    return taken;
  }

  // The common stock is too small: piece by piece from wherever units are, all or nothing.
  bool collect(SkuId sku, std::int32_t quantity) {
    Moves& moves = moves_[sku.value];
    for (;;) {
      const std::uint32_t done = moves.done.load();
      const std::int64_t units = available(sku);
      const bool nothing_moved = moves.begun.load() == done;
      if (units >= quantity) {
        if (gather(sku, quantity)) return true;
      } else if (nothing_moved) {
        // Until here nothing was written: after the sale almost every buyer comes this way, and
        // loads scale.
        refuse(sku);
        return false;
      } else {
        pause_cpu();
      }
    }
  }

  // What is taken in vain goes back.
  bool gather(SkuId sku, std::int32_t quantity) {
    Moves& moves = moves_[sku.value];
    moves.begun.fetch_add(1);
    std::int32_t missing = quantity;
    missing -= take_up_to(available_[sku.value], missing);
    for (Leases& leases : leases_) missing -= take_up_to(leases.units[sku.value], missing);
    if (missing > 0) available_[sku.value].fetch_add(quantity - missing);
    moves.done.fetch_add(1);
    return missing == 0;
  }

  static std::int32_t take_up_to(Units& units, std::int32_t wanted) {
    std::int32_t seen = units.load();
    while (seen > 0 && wanted > 0) {
      const std::int32_t part = std::min(seen, wanted);
      if (units.compare_exchange_weak(seen, seen - part)) return part;
    }
    return 0;
  }

  std::uint32_t leased_skus_;
  std::uint32_t chunk_divisor_;
  std::vector<Leases> leases_;  // by shard
  std::vector<Moves> moves_;    // by SKU
};

}  // namespace double11::stages
