#pragma once
// Random choices from a seed, the same on every platform.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace double11::stress {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  /// 0 to n-1.
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  /// True once in n.
  bool once_in(std::uint64_t n) { return below(n) == 0; }
  template <typename Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(below(values.size()))];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace double11::stress
