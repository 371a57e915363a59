#include <double11/scenario/catalogue.hpp>

#include <cstddef>

#include "core/wide_loop.hpp"

namespace double11::scenario {

void list_prices(const Catalogue& catalogue, std::span<const SkuId> skus,
                 std::span<std::uint32_t> fen) {
  const auto least = static_cast<std::uint64_t>(catalogue.price_min.fen);
  const auto end =
      static_cast<std::uint64_t>(catalogue.price_max.fen - catalogue.price_min.fen) + 1;
  wide_loop([&]() __attribute__((always_inline)) {
    for (std::size_t i = 0; i < skus.size(); ++i) {
      const std::uint64_t random = mix(skus[i].value) >> 32U;
      fen[i] = static_cast<std::uint32_t>(least + (random * end >> 32U));
    }
  });
}

}  // namespace double11::scenario
