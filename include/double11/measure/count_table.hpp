#pragma once
// How often each of many keys was counted: open addressing with linear probing, in one array. Keys
// that were never counted take no room. Allocates only when it has to grow. One writer.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace double11::measure {

/// `Key` is an unsigned integer; `Count` holds the largest sum there can be.
template <typename Key, typename Count>
class CountTable {
 public:
  /// Adds `count`, at least 1, to that of `key`; returns the sum.
  Count add(Key key, Count count) {
    if (4 * (used_ + 1) > 3 * slots_.size()) rebuild(slots_.empty() ? 64 : 2 * slots_.size());
    Slot& slot = slots_[place_of(key)];
    if (slot.count == 0) {
      slot.key = key;
      ++used_;
    }
    slot.count = static_cast<Count>(slot.count + count);
    return slot.count;
  }

  /// 0 for a key that was never counted.
  [[nodiscard]] Count of(Key key) const { return slots_.empty() ? 0 : slots_[place_of(key)].count; }

  /// How many keys there are.
  [[nodiscard]] std::size_t size() const { return used_; }

  void merge(const CountTable& other) {
    other.for_each([this](Key key, Count count) { add(key, count); });
  }

  /// Calls `visit(key, count)` for every key, in no order that means anything.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.count != 0) visit(slot.key, slot.count);
    }
  }

  /// Forgets the keys for which `stays(key)` is false.
  template <typename Stays>
  void keep_if(Stays stays) {
    for (Slot& slot : slots_) {
      if (slot.count != 0 && !stays(slot.key)) slot.count = 0;
    }
    rebuild(slots_.size());
  }

 private:
  struct Slot {
    Key key = 0;
    Count count = 0;  // 0: free
  };

  // Where the key is, or would be put.
  [[nodiscard]] std::size_t place_of(Key key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = mix(key) & mask;
    while (slots_[at].count != 0 && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }

  // `size` is a power of two with room for all that is there.
  void rebuild(std::size_t size) {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(size));
    used_ = 0;
    for (const Slot& slot : before) {
      if (slot.count == 0) continue;
      slots_[place_of(slot.key)] = slot;
      ++used_;
    }
  }

  std::vector<Slot> slots_;  // none, or a power of two of them
  std::size_t used_ = 0;
};

}  // namespace double11::measure
