#pragma once
// A hash table from 64-bit numbers to values: open addressing with linear probing, deletion by
// shifting back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), at most half full.
// A steady state allocates nothing. One thread at a time.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace double11 {

/// `Value` is default-constructible and copied freely.
template <typename Value>
class IdTable {
 public:
  IdTable() : slots_(kLeastSlots) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  /// The value of `key`, or null. Valid until the next change.
  [[nodiscard]] Value* find(std::uint64_t key) {
    for (std::size_t at = home_of(key); slots_[at].used; at = next(at)) {
      if (slots_[at].key == key) return &slots_[at].value;
    }
    return nullptr;
  }
  [[nodiscard]] const Value* find(std::uint64_t key) const {
    return const_cast<IdTable*>(this)->find(key);
  }

  /// The value of `key`, a new default one if there was none. Valid until the next change.
  Value& operator[](std::uint64_t key) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    std::size_t at = home_of(key);
    for (; slots_[at].used; at = next(at)) {
      if (slots_[at].key == key) return slots_[at].value;
    }
    slots_[at] = {key, true, Value{}};
    ++size_;
    return slots_[at].value;
  }

  /// Removes `key`; false when it was not there.
  bool erase(std::uint64_t key) {
    std::size_t hole = home_of(key);
    while (slots_[hole].used && slots_[hole].key != key) hole = next(hole);
    if (!slots_[hole].used) return false;
    // What follows moves into the hole unless that would put it before its home.
    for (std::size_t at = next(hole); slots_[at].used; at = next(at)) {
      const std::size_t from_home = (at - home_of(slots_[at].key)) & (slots_.size() - 1);
      const std::size_t from_hole = (at - hole) & (slots_.size() - 1);
      if (from_home >= from_hole) {
        slots_[hole] = std::move(slots_[at]);
        hole = at;
      }
    }
    slots_[hole] = Slot{};
    --size_;
    return true;
  }

  /// Takes time in proportion to what was in it: a table that was once much larger becomes smaller.
  void clear() {
    std::size_t slots = slots_.size();
    while (slots > kLeastSlots && slots > 16 * size_) slots /= 2;
    if (slots < slots_.size()) {
      slots_ = std::vector<Slot>(slots);
    } else {
      slots_.assign(slots, Slot{});
    }
    size_ = 0;
  }

 private:
  static constexpr std::size_t kLeastSlots = 64;

  struct Slot {
    std::uint64_t key = 0;
    bool used = false;
    Value value{};
  };

  [[nodiscard]] std::size_t home_of(std::uint64_t key) const {
    return static_cast<std::size_t>(mix(key)) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (Slot& slot : old) {
      if (!slot.used) continue;
      std::size_t at = home_of(slot.key);
      while (slots_[at].used) at = next(at);
      slots_[at] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;  // a power of two
  std::size_t size_ = 0;
};

}  // namespace double11
