#pragma once
// A timing wheel for holds: orders parked until an instant (payment answer, late refund). Four
// levels of slots over integer ticks (Varghese and Lauck, "Hashed and hierarchical timing wheels",
// SOSP 1987). Orders are kept by value in small chunks per slot, so that parking and firing are
// sequential writes and reads; chunks come from a free list, so a steady state allocates nothing.
// One thread at a time.

#include <double11/core/order.hpp>
#include <double11/core/prefetch.hpp>
#include <double11/core/time.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace double11::stages {

class HoldWheel {
 public:
  /// A hold fires in the first advance() to a later tick: at most one tick late (65.5 us).
  static constexpr unsigned kTickBits = 16;

  /// Ticks of 2^`tick_bits` nanoseconds (kTickBits to 30): longer ones suit take_ticks() where
  /// holds are sparse.
  explicit HoldWheel(unsigned tick_bits = kTickBits);

  /// Parks a copy of the order until `due`; its `at` becomes `due`. An instant in the past fires
  /// in the next advance().
  void hold(const Order& order, Instant due);

  /// Calls on_due(std::span<Order>) for all orders whose tick lies before that of `now`, a few of
  /// one tick at a time. on_due may hold more. Orders of one tick come in the order in which they
  /// were parked.
  template <typename OnDue>
  void advance(Instant now, OnDue on_due) {
    const std::uint64_t target = tick_of(now);
    while (tick_ < target) {
      if (held_ == 0) {
        tick_ = target;
        return;
      }
      fire_slot(on_due);
      step_to_next(target);
    }
  }

  /// Fires everything, in time order, whatever its instant; time stays where it is.
  template <typename OnDue>
  void drain(OnDue on_due) {
    const std::uint64_t began = tick_;
    while (held_ > 0) {
      fire_slot(on_due);
      step_to_next(UINT64_MAX);
    }
    tick_ = began;  // an empty wheel may stand anywhere; later holds must not wait for its end
  }

  /// How much take_ticks() takes at once.
  struct Portion {
    std::size_t orders;   ///< no further tick once there are as many
    std::uint64_t ticks;  ///< from the first tick on; 1 or more
  };
  /// For runtimes that work to the nanosecond: appends where the orders of the next tick that has
  /// any are to `into` (in no order worth relying on) and returns true, if that tick begins at or
  /// before `limit`; else moves time to the tick of `limit` and returns false. Goes on with the
  /// following ticks up to `portion`, past `limit`, too. The orders stay where they are until the
  /// next call. Holds that end before reached() are then the caller's own business: their tick has
  /// been taken.
  bool take_ticks(Instant limit, const Portion& portion, std::vector<const Order*>& into);

  /// Goes on with ticks of 2^`tick_bits` nanoseconds, in a time that grows with held(). For
  /// take_ticks(): what it gave is free again, and reached() may be earlier than before.
  void change_tick(unsigned tick_bits);

  /// Start of the tick that advance() or take_ticks() comes to next.
  [[nodiscard]] Instant reached() const {
    return Instant(Duration(static_cast<std::int64_t>(tick_ << tick_bits_)));
  }

  /// Brings closer where hold(order, `due`) will write. Changes nothing.
  void expect(Instant due) const {
    const std::uint64_t tick = std::max(tick_of(due), tick_);
    const Level& level = levels_[level_of(tick)];
    const Slot& slot = level.slots[slot_of(level, tick)];
    if (slot.end % kChunkOrders != 0) {
      prefetch_to_write(&chunk(slot.end / kChunkOrders).orders[slot.end % kChunkOrders]);
    }
  }

  /// True when advance(now) would do nothing.
  [[nodiscard]] bool settled(Instant now) const { return held_ == 0 || tick_of(now) <= tick_; }

  [[nodiscard]] std::size_t held() const { return held_; }
  [[nodiscard]] unsigned tick_bits() const { return tick_bits_; }
  /// Length of a tick.
  [[nodiscard]] Duration tick() const { return Duration(std::int64_t{1} << tick_bits_); }

 private:
  static constexpr std::size_t kLevels = 4;
  static constexpr std::array<unsigned, kLevels> kSlotBits{13, 10, 10, 14};
  // Ticks per slot of a level, as a power of two.
  static constexpr std::array<unsigned, kLevels> kShift{
      0, kSlotBits[0], kSlotBits[0] + kSlotBits[1], kSlotBits[0] + kSlotBits[1] + kSlotBits[2]};
  static constexpr std::uint32_t kChunkOrders = 8;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr int kChunksAhead = 4;  // that are fetched before their tick

  struct Chunk {
    std::array<Order, kChunkOrders> orders;
  };
  // A chain of chunks, all full but the last. Where it goes on is kept beside the chunks, so that
  // parking an order writes its cache line and reads nothing of the chunk.
  struct Slot {
    std::uint32_t first = kNone;
    std::uint32_t end = 0;  // chunk * kChunkOrders + place in it, of the next order

    [[nodiscard]] bool empty() const { return first == kNone; }
    [[nodiscard]] std::uint32_t last() const { return (end - 1) / kChunkOrders; }
    [[nodiscard]] std::uint32_t used(std::uint32_t chunk) const {
      return chunk == last() ? (end - 1) % kChunkOrders + 1 : kChunkOrders;
    }
  };
  struct Level {
    std::vector<Slot> slots;
    std::vector<std::uint64_t> occupied;  // one bit per slot
    unsigned shift = 0;
  };

  [[nodiscard]] std::uint64_t tick_of(Instant instant) const {
    const std::int64_t ns = nanoseconds_of(instant);
    return ns <= 0 ? 0 : static_cast<std::uint64_t>(ns) >> tick_bits_;
  }

  // The lowest level whose present turn contains the tick. Turns are aligned, so a slot is filled
  // from above before anything is put into it directly: orders of a tick keep their order. The
  // first bit in which the two ticks differ tells; counted, not searched, as it is hard to guess.
  [[nodiscard]] std::size_t level_of(std::uint64_t tick) const {
    const auto bits = static_cast<unsigned>(std::bit_width(tick ^ tick_));
    std::size_t level = 0;
    for (std::size_t i = 1; i < kLevels; ++i) level += bits > kShift[i] ? 1U : 0U;
    return level;
  }
  // Beyond the last level's turn (150 years) the slot wraps; the order cascades until its tick.
  static std::size_t slot_of(const Level& level, std::uint64_t tick) {
    return (tick >> level.shift) & (level.slots.size() - 1);
  }

  Chunk& chunk(std::uint32_t index) const {
    return blocks_[index >> kBlockBits][index & (kBlock - 1)];
  }
  // Empty slots on all levels.
  static std::array<Level, kLevels> empty_levels();
  std::uint32_t new_chunk();
  void free_chain(const Slot& slot);
  void insert(const Order& order, Instant due, std::uint64_t tick);
  void insert_again(const Slot& slot);
  Order& append(Level& level, std::size_t slot, const Order& order);
  Slot take_slot(Level& level, std::size_t slot);
  void take_slot_into(std::vector<const Order*>& into);
  void cascade();
  void step_to_next(std::uint64_t target);
  static std::uint64_t next_occupied(const Level& level, std::uint64_t from);

  template <typename OnDue>
  void fire_slot(OnDue& on_due) {
    Level& level = levels_[0];
    prefetch(level.slots[(tick_ + 1) & (level.slots.size() - 1)]);
    const Slot slot = take_slot(level, tick_ & (level.slots.size() - 1));
    if (slot.empty()) return;
    firing_ = true;
    for (std::uint32_t at = slot.first;; at = next_[at]) {
      // Stays where it is while on_due holds more: blocks never move and this chain is detached.
      const std::span<Order> orders = std::span(chunk(at).orders).first(slot.used(at));
      held_ -= orders.size();
      on_due(orders);
      if (at == slot.last()) break;
    }
    firing_ = false;
    free_chain(slot);
  }

  // What fires next is fetched while the present tick is worked off.
  void prefetch(const Slot& slot) {
    if (slot.empty()) return;
    std::uint32_t at = slot.first;
    for (int chunks = 0; chunks < kChunksAhead; ++chunks) {
      for (const Order& order : chunk(at).orders) prefetch_to_read(&order);
      if (at == slot.last()) return;
      at = next_[at];
    }
  }

  static constexpr unsigned kBlockBits = 8;
  static constexpr std::size_t kBlock = std::size_t{1} << kBlockBits;

  unsigned tick_bits_;
  std::array<Level, kLevels> levels_;
  std::vector<std::unique_ptr<Chunk[]>> blocks_;
  std::vector<std::uint32_t> next_;  // by chunk: the next one of its chain or of the free ones
  std::uint32_t free_ = kNone;
  std::uint64_t tick_ = 0;  // the tick that fires next
  std::size_t held_ = 0;
  bool firing_ = false;
  Slot taken_;  // by take_ticks(), to be freed at its next call
};

}  // namespace double11::stages
