#pragma once
// Durations as they were measured: values with weights, nothing in between.

#include <double11/core/alias_table.hpp>
#include <double11/core/random.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace double11::stages {

class EmpiricalLaw {
 public:
  /// A value and its weight; weights are not negative and one at least is positive.
  using Cell = std::pair<Duration, double>;
  explicit EmpiricalLaw(const std::vector<Cell>& cells);

  /// Nanoseconds, from 64 random bits. Pure; any thread.
  [[nodiscard]] std::int64_t operator()(std::uint64_t bits) const {
    return values_ns_[table_.pick(mix(bits), static_cast<std::uint32_t>(bits))];
  }
  /// In nanoseconds.
  [[nodiscard]] double mean() const { return mean_ns_; }

 private:
  AliasTable table_;
  std::vector<std::int64_t> values_ns_;
  double mean_ns_ = 0;
};

}  // namespace double11::stages
