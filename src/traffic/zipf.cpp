#include <double11/traffic/zipf.hpp>

#include <algorithm>
#include <cmath>

namespace double11::traffic {
namespace {

// Ranks below this have an entry of their own: blocks of less than 16 would not be worth it.
constexpr std::uint32_t kSingles = 256;
constexpr std::uint32_t kGrowth = 16;

}  // namespace

std::vector<Zipf::Block> Zipf::blocks_of(std::uint32_t ranks) {
  std::vector<Block> blocks;
  for (std::uint32_t first = 0; first < ranks;) {
    const std::uint32_t rank = first + 1;
    const std::uint32_t size = rank < kSingles ? 1 : std::min(rank / kGrowth, ranks - first);
    blocks.push_back({first, size, 1.0 / rank});
    first += size;
  }
  return blocks;
}

AliasTable Zipf::alias_of(const std::vector<Block>& blocks, double exponent) {
  std::vector<double> weights;
  weights.reserve(blocks.size());
  for (const Block& block : blocks) {
    weights.push_back(block.size * std::pow(block.inverse_rank, exponent));
  }
  return AliasTable(weights);
}

Zipf::Zipf(std::uint32_t ranks, double exponent)
    : blocks_(blocks_of(ranks)), alias_(alias_of(blocks_, exponent)) {
  // Binomial series: c0 = 1, c(i+1) = -c(i) (s + i) / (i + 1).
  taylor_[0] = 1.0;
  for (std::size_t i = 0; i < kDegree; ++i) {
    const auto n = static_cast<double>(i);
    taylor_[i + 1] = -taylor_[i] * (exponent + n) / (n + 1.0);
  }
  // The margin is for the error of the polynomial: a draw must not depend on the short cut.
  least_weight_ = relative_weight(1.0 / kGrowth) - 1e-5;
}

}  // namespace double11::traffic
