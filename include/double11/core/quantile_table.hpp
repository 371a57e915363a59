#pragma once
// Draws from any distribution of non-negative integers by its quantile function, with integers
// only: one shift, one table look-up, one multiplication. So a draw is the same on every CPU.
//
// A uniform 64-bit number is a probability. Its distance to the nearer end (0 or 1) chooses an
// octave (by count of leading zeros) and one of kCells cells in it; within a cell the quantile is
// interpolated linearly. Octaves reach to 2^-(kOctaves+1) from either end, so the tail beyond
// p = 1 - 1e-9 is still resolved; past the last octave the value is the end of the table.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
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
  [[nodiscard]] std::int64_t operator()(std::uint64_t u) const { return at(edges_.data(), u); }

  /// The values at many, of which there are as many as `values`, none below `least`. Eight at
  /// once where the CPU has AVX-512.
  void draw(std::span<const std::uint64_t> us, std::int64_t least,
            std::span<std::int64_t> values) const;

  /// Mean of the tabulated distribution, in the unit of the values.
  [[nodiscard]] double mean() const { return mean_; }

 private:
  [[nodiscard]] std::int64_t at(const std::int64_t* edges, std::uint64_t u) const {
    const std::uint64_t upper = u >> 63U;
    // 63 bits of distance to the nearer end; the lowest bit set keeps the octave defined.
    const std::uint64_t distance = ((u ^ (0 - upper)) << 1U) | 1U;
    const auto octave = static_cast<unsigned>(__builtin_clzll(distance));
    if (octave >= kOctaves) return ends_[upper];
    // The first bit of the mantissa is set, and makes up for one octave in the place of the cell.
    const std::uint64_t mantissa = distance << octave;
    const std::uint64_t cell =
        ((std::uint64_t{kOctaves} - 2 - octave) << kCellBits) + (mantissa >> (63U - kCellBits));
    const auto fraction = static_cast<std::int64_t>((mantissa << (kCellBits + 1U)) >> 32U);
    const std::int64_t* const edge = edges + upper * kHalf + cell;
    // Signed, as edges of the upper half fall.
    return edge[0] + static_cast<std::int64_t>((WideSigned{edge[1] - edge[0]} * fraction) >> 32U);
  }

  /// Signed 128-bit integer; an extension of GCC and Clang, for exact products.
  __extension__ using WideSigned = __int128;

  /// Edges of the cells of one half, from the end inwards.
  static constexpr std::size_t kHalf = std::size_t{kOctaves} * kCells + 1;

  std::vector<std::int64_t> edges_;  // lower half, upper half
  std::int64_t ends_[2] = {0, 0};
  double mean_ = 0;
};

}  // namespace double11
