#pragma once
// Zipf-distributed ranks (weight rank^-s, rank from 1) for catalogues of millions, from tables that
// stay in cache. A plain alias table over two million SKUs costs a cache miss per draw.
//
// The first ranks have an entry each; the others are grouped into blocks that grow by 1/16, so a
// few hundred entries reach any catalogue. A draw picks an entry by the alias method with the
// weight the block would have if all its ranks were as popular as its first, then a rank of the
// block, and accepts it with the ratio of the true weight to that (rejection, accepted in 94 % or
// more for s up to 1). The ratio (1 + x)^-s, x up to 1/16, is a Taylor polynomial of degree 6,
// within 2e-6.

#include <double11/core/alias_table.hpp>
#include <double11/core/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::traffic {

class Zipf {
 public:
  /// Ranks 1 to `ranks` (at least 1), exponent 0 or more.
  Zipf(std::uint32_t ranks, double exponent);

  /// A rank, counted from 0, from these random bits. Pure; any thread.
  [[nodiscard]] std::uint32_t pick(std::uint64_t bits, std::uint32_t choice_bits) const {
    for (;;) {
      const Block& block = blocks_[alias_.pick(bits, choice_bits)];
      if (block.size == 1) return block.first;
      const std::uint64_t fresh = mix(bits ^ (std::uint64_t{choice_bits} << 17U));
      const std::uint32_t offset = below(static_cast<std::uint32_t>(fresh), block.size);
      const double level = static_cast<double>(fresh >> 32U) * (1.0 / 4294967296.0);
      // Most levels are below the weight of even the last rank: no need to know that of this one.
      if (level < least_weight_ || level < relative_weight(offset * block.inverse_rank)) {
        return block.first + offset;
      }
      bits = mix(fresh);
      choice_bits = static_cast<std::uint32_t>(mix(bits));
    }
  }

  struct Block {
    std::uint32_t first;  ///< rank - 1 of its most popular member
    std::uint32_t size;
    double inverse_rank;  ///< 1 / rank of its first
  };
  /// For code that draws many at once, as pick() does as long as the level is below the least
  /// weight.
  [[nodiscard]] std::span<const Block> blocks() const { return blocks_; }
  [[nodiscard]] const AliasTable& alias() const { return alias_; }
  [[nodiscard]] double least_weight() const { return least_weight_; }

 private:
  static constexpr std::size_t kDegree = 6;

  // (1 + x)^-s.
  [[nodiscard]] double relative_weight(double x) const {
    double sum = taylor_[kDegree];
    for (std::size_t i = kDegree; i-- > 0;) sum = sum * x + taylor_[i];
    return sum;
  }

  static std::vector<Block> blocks_of(std::uint32_t ranks);
  static AliasTable alias_of(const std::vector<Block>& blocks, double exponent);

  std::vector<Block> blocks_;
  AliasTable alias_;
  std::array<double, kDegree + 1> taylor_{};
  double least_weight_ = 0;  // no rank of a block weighs less against the first
};

}  // namespace double11::traffic
