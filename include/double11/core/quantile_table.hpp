#pragma once
// Draws from any distribution of non-negative integers by its quantile function, with integers
// only: one shift, one table look-up, one multiplication. So a draw is the same on every CPU.
//
// A uniform 64-bit number is a probability. Its distance to the nearer end (0 or 1) chooses an
// octave (by count of leading zeros) and one of kCells cells in it; within a cell the quantile is
// interpolated linearly. Octaves reach to 2^-(kOctaves+1) from either end, so the tail beyond
// p = 1 - 1e-9 is still resolved; past the last octave the value is the end of the table.

#include <cstdint>
#include <functional>
#include <vector>

namespace double11 {

class QuantileTable {
 public:
  static constexpr unsigned kOctaves = 31;
  static constexpr unsigned kCellBits = 6;
  static constexpr unsigned kCells = 1U << kCellBits;

  /// The value with probability `p` below it. `from_above` is 1 - p, exact where p is near 1.
  /// Both lie strictly between 0 and 1.
  using Quantile = std::function<double(double p, double from_above)>;

  /// Tabulates `quantile`, which must not decrease in p nor be negative. Throws nothing itself.
  explicit QuantileTable(const Quantile& quantile);

  /// The value at the random number `u`. Pure; any thread.
  [[nodiscard]] std::int64_t operator()(std::uint64_t u) const {
    const bool upper = (u >> 63U) != 0;
    // 63 bits of distance to the nearer end; the lowest bit set keeps the octave defined.
    const std::uint64_t distance = ((upper ? ~u : u) << 1U) | 1U;
    const auto octave = static_cast<unsigned>(__builtin_clzll(distance));
    if (octave >= kOctaves) {
      return upper ? ends_[1] : ends_[0];
    }
    const std::uint64_t mantissa = distance << (octave + 1U);
    const std::uint64_t cell = mantissa >> (64U - kCellBits);
    const std::uint64_t fraction = (mantissa << kCellBits) >> 32U;
    const auto& edge = edges_[upper ? 1 : 0][octave];
    const std::int64_t from = edge[cell];
    const std::int64_t to = edge[cell + 1];
    return from + static_cast<std::int64_t>((WideSigned{to - from} * fraction) >> 32U);
  }

  /// Mean of the tabulated distribution, in the unit of the values.
  [[nodiscard]] double mean() const { return mean_; }

 private:
  /// Signed 128-bit integer; an extension of GCC and Clang, for exact products.
  __extension__ using WideSigned = __int128;

  struct Octave {
    std::int64_t edge[kCells + 1];
    std::int64_t operator[](std::uint64_t cell) const { return edge[cell]; }
  };
  std::vector<Octave> edges_[2];  // lower half, upper half
  std::int64_t ends_[2] = {0, 0};
  double mean_ = 0;
};

}  // namespace double11
