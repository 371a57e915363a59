#pragma once
// A binary heap of tasks by a deadline, from which any task can be taken out. Its size is that of
// what it holds, so timers that are called off leave nothing behind.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace double11::virtual_time {

class TaskHeap {
 public:
  struct Entry {
    Wide key;
    std::uint64_t tie;
    std::uint32_t task;
    [[nodiscard]] bool operator<(const Entry& other) const {
      return key != other.key ? key < other.key : tie < other.tie;
    }
  };

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] const Entry& front() const { return entries_.front(); }
  [[nodiscard]] const Entry& at(std::uint32_t position) const { return entries_[position]; }

  /// `positions[task]` says where each task is; a task is in one heap at most.
  void push(const Entry& entry, std::vector<std::uint32_t>& positions) {
    entries_.push_back(entry);
    rise(entries_.size() - 1, positions);
  }

  /// Takes out the entry at this position.
  void erase(std::size_t position, std::vector<std::uint32_t>& positions) {
    const Entry last = entries_.back();
    entries_.pop_back();
    if (position == entries_.size()) return;
    entries_[position] = last;
    rise(position, positions);
    sink(positions[last.task], positions);
  }

 private:
  void rise(std::size_t at, std::vector<std::uint32_t>& positions) {
    const Entry entry = entries_[at];
    while (at > 0 && entry < entries_[(at - 1) / 2]) {
      entries_[at] = entries_[(at - 1) / 2];
      positions[entries_[at].task] = static_cast<std::uint32_t>(at);
      at = (at - 1) / 2;
    }
    entries_[at] = entry;
    positions[entry.task] = static_cast<std::uint32_t>(at);
  }

  void sink(std::size_t at, std::vector<std::uint32_t>& positions) {
    const Entry entry = entries_[at];
    for (;;) {
      std::size_t child = 2 * at + 1;
      if (child >= entries_.size()) break;
      if (child + 1 < entries_.size() && entries_[child + 1] < entries_[child]) ++child;
      if (!(entries_[child] < entry)) break;
      entries_[at] = entries_[child];
      positions[entries_[at].task] = static_cast<std::uint32_t>(at);
      at = child;
    }
    entries_[at] = entry;
    positions[entry.task] = static_cast<std::uint32_t>(at);
  }

  std::vector<Entry> entries_;
};

}  // namespace double11::virtual_time
