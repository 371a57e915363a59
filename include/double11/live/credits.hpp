#pragma once
// Credits: permissions of which there is a fixed number, such as orders in flight or payment
// servers. A pool is shared; each worker keeps a small purse so that the pool is touched once per
// chunk, not once per order. Giving back never waits for anything, so a ring of stages cannot lock
// up on its way back.

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace double11::live {

/// The shared part. All functions: any thread.
class CreditPool {
 public:
  explicit CreditPool(std::int64_t total) : total_(total), free_(total), least_free_(total) {}

  /// Takes up to `wanted`; returns how many.
  std::int64_t take(std::int64_t wanted) {
    std::int64_t free = free_.load(std::memory_order_relaxed);
    while (free > 0) {
      const std::int64_t taken = std::min(free, wanted);
      // Acquire pairs with release in give(): who gets a credit sees what its last user wrote.
      if (free_.compare_exchange_weak(free, free - taken, std::memory_order_acquire,
                                      std::memory_order_relaxed)) {
        note_free(free - taken);
        return taken;
      }
    }
    return 0;
  }

  /// Gives some back. A pool whose total shrinks is given less than nothing: until others have
  /// given back as much, free() is below 0 and nobody can take.
  void give(std::int64_t count) { free_.fetch_add(count, std::memory_order_release); }

  [[nodiscard]] std::int64_t total() const { return total_; }
  [[nodiscard]] std::int64_t free() const { return free_.load(std::memory_order_relaxed); }
  /// Most credits that were ever out at once, those in purses included.
  [[nodiscard]] std::int64_t most_taken() const {
    return total_ - least_free_.load(std::memory_order_relaxed);
  }

 private:
  void note_free(std::int64_t free) {
    std::int64_t least = least_free_.load(std::memory_order_relaxed);
    while (free < least &&
           !least_free_.compare_exchange_weak(least, free, std::memory_order_relaxed)) {
    }
  }

  const std::int64_t total_;
  alignas(128) std::atomic<std::int64_t> free_;
  std::atomic<std::int64_t> least_free_;
};

/// One worker's purse. One thread at a time.
class Purse {
 public:
  /// Moves credits in chunks that leave enough for `workers` purses; with few credits, one by one.
  Purse(CreditPool& pool, std::int64_t workers)
      : pool_(pool),
        chunk_(std::clamp<std::int64_t>(pool.total() / (16 * workers), 1, kChunkMost)) {}

  /// Makes sure there are `wanted` credits if the pool has them; returns how many of them there
  /// are.
  std::int64_t fill(std::int64_t wanted) {
    if (count_ < wanted) count_ += pool_.take(std::max(wanted - count_, chunk_));
    return std::min(count_, wanted);
  }

  /// Spends credits that fill() promised.
  void spend(std::int64_t count) { count_ -= count; }

  /// Credits come back; what is more than the worker will soon need goes to the pool.
  void give(std::int64_t count) {
    count_ += count;
    if (count_ > 2 * chunk_) give_back_to(chunk_);
  }

  /// Returns all but `keep`: an idle worker must not sit on what another waits for.
  void give_back_to(std::int64_t keep) {
    if (count_ <= keep) return;
    pool_.give(count_ - keep);
    count_ = keep;
  }

 private:
  // One touch of the shared pool per 256 orders is far below the cost of the orders themselves.
  static constexpr std::int64_t kChunkMost = 256;

  CreditPool& pool_;
  std::int64_t chunk_;
  std::int64_t count_ = 0;
};

}  // namespace double11::live
