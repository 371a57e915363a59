#include <double11/core/random.hpp>

#include <Random123/philox.h>

#include "core/philox_wide.hpp"

namespace double11 {
namespace {

void randomize_one(std::uint64_t seed, RandomBlock& block) {
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const auto& [a, b, c, d] = block.word;
  const auto random = r123::Philox4x32{}(r123::Philox4x32::ctr_type{{a, b, c, d}}, key);
  block = {{random[0], random[1], random[2], random[3]}};
}

}  // namespace

RandomBlock random_block(std::uint64_t seed, Purpose purpose, std::uint64_t index,
                         std::uint32_t round) {
  RandomBlock block = counter_block(purpose, index, round);
  randomize_one(seed, block);
  return block;
}

void randomize(std::uint64_t seed, std::span<RandomBlock> blocks) {
  const std::size_t done = randomize_wide(seed, blocks);
  for (RandomBlock& block : blocks.subspan(done)) randomize_one(seed, block);
}

}  // namespace double11
