#pragma once
// Latencies: a flat log-linear array of exact counts. Values below 2^(kSubBits+1) are exact; above,
// each octave has 2^kSubBits cells, so a reported value is at most 1/128 (0.8 %) above the true
// one. Merging adds counts; nothing is lost. One writer at a time; values in nanoseconds.
// The layout follows the idea of HdrHistogram (Tene), with a fixed range and no allocation.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::measure {

class Histogram {
 public:
  static constexpr unsigned kSubBits = 7;
  /// Values from 2^48 ns (3.3 days) on are counted in the last cell.
  static constexpr unsigned kTopBit = 48;
  static constexpr std::size_t kCells = ((std::size_t{kTopBit} - kSubBits + 1) << kSubBits) + 1;

  /// Counts one value; negative ones count as 0. A few instructions, no branch that misses.
  void record(std::int64_t value) {
    value = std::max<std::int64_t>(value, 0);
    ++cells_[cell_of(value)];
    ++count_;
    sum_ += static_cast<std::uint64_t>(value);
    max_ = std::max(max_, value);
  }

  /// The value 0, so many times.
  void record_zeros(std::size_t times) {
    cells_[0] += times;
    count_ += static_cast<std::int64_t>(times);
  }

  /// The same for many, none of them negative.
  void record_all(std::span<const std::int64_t> values);

  void merge(const Histogram& other);

  [[nodiscard]] std::int64_t count() const { return count_; }
  /// 0 when empty.
  [[nodiscard]] double mean() const {
    return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
  }
  [[nodiscard]] std::int64_t max() const { return max_; }

  /// The smallest value that at least `share` (0 to 1) of all values do not exceed, to the upper
  /// edge of its cell and never above max(); 0 when empty.
  [[nodiscard]] std::int64_t quantile(double share) const;

  /// The same of the values recorded since `earlier`, a copy of this histogram from then.
  [[nodiscard]] std::int64_t quantile_since(const Histogram& earlier, double share) const;

  /// Counts by cell, and the largest value that belongs to a cell. Recording that value as often as
  /// the cell says gives the same cells again: so saved histograms are re-read exactly.
  [[nodiscard]] std::span<const std::uint64_t, kCells> cells() const { return cells_; }
  [[nodiscard]] static std::int64_t upper_edge(std::size_t cell);

 private:
  __extension__ using Wide = unsigned __int128;

  void record_group(std::span<const std::int64_t> values);

  // A double is a log-linear scale itself: its exponent and first fraction bits number the cells.
  static std::size_t cell_of(std::int64_t value) {
    constexpr std::int64_t kBefore = (std::int64_t{1023} + kSubBits - 1) << kSubBits;
    constexpr std::int64_t kLastExact = (std::int64_t{1} << kSubBits) - 1;
    constexpr std::int64_t kTop = std::int64_t{1} << kTopBit;
    // Choices of values, not of references as in std::min: those keep a loop from becoming vectors.
    const std::int64_t capped = value < kTop ? value : kTop;
    const auto scale = std::bit_cast<std::int64_t>(static_cast<double>(capped));
    // Values below the first octave are their own cells, and there the scale is not above them.
    const std::int64_t cell = (scale >> (52U - kSubBits)) - kBefore;
    const std::int64_t exact = capped < kLastExact ? capped : kLastExact;
    return static_cast<std::size_t>(cell > exact ? cell : exact);
  }

  std::array<std::uint64_t, kCells> cells_{};
  std::int64_t count_ = 0;
  std::int64_t max_ = 0;
  Wide sum_ = 0;  // an integer, so that merging in any order gives the same
};

}  // namespace double11::measure
