#include <double11/core/random.hpp>

#include <Random123/philox.h>

namespace double11 {

RandomBlock random_block(std::uint64_t seed, Purpose purpose, std::uint64_t index,
                         std::uint32_t round) {
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(index),
                                            static_cast<std::uint32_t>(index >> 32U), round,
                                            static_cast<std::uint32_t>(purpose)}};
  const auto block = r123::Philox4x32{}(counter, key);
  return {{block[0], block[1], block[2], block[3]}};
}

}  // namespace double11
