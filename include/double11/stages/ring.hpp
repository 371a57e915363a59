#pragma once
// A queue in one ring that doubles when full and never shrinks, so a steady state allocates
// nothing. Bounded by its user. One thread at a time.

#include <double11/core/order.hpp>
#include <double11/core/prefetch.hpp>

#include <cstddef>
#include <vector>

namespace double11::stages {

/// `Value` is default-constructible and copied freely.
template <typename Value>
class Ring {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const Value& value) {
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_) & (ring_.size() - 1)] = value;
    ++size_;
  }

  // The following need a value that is in it.

  /// The oldest one.
  [[nodiscard]] const Value& front() const { return ring_[head_]; }
  /// The youngest one.
  [[nodiscard]] const Value& back() const {
    return ring_[(head_ + size_ - 1) & (ring_.size() - 1)];
  }
  /// The one that is `ahead` places behind the oldest one.
  [[nodiscard]] const Value& at(std::size_t ahead) const {
    return ring_[(head_ + ahead) & (ring_.size() - 1)];
  }
  Value& at(std::size_t ahead) { return ring_[(head_ + ahead) & (ring_.size() - 1)]; }
  /// Brings the value closer that is `ahead` places behind the oldest one, if there is any.
  void prefetch(std::size_t ahead) const {
    prefetch_to_read(&ring_[(head_ + ahead) & (ring_.size() - 1)]);
  }
  /// Takes the oldest one out.
  Value pop() {
    const Value value = ring_[head_];
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
    return value;
  }
  /// The same without a look at it.
  void drop() {
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
  }
  /// Takes the youngest one out.
  Value pop_last() {
    --size_;
    return ring_[(head_ + size_) & (ring_.size() - 1)];
  }

 private:
  void grow() {
    std::vector<Value> larger(ring_.empty() ? kBatch : ring_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) {
      larger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
    }
    ring_.swap(larger);
    head_ = 0;
  }

  std::vector<Value> ring_;  // size is zero or a power of two
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace double11::stages
