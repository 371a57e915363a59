#pragma once
// What the catalogue says about one SKU. Pure functions, so no table per SKU is needed.

#include <double11/core/ids.hpp>
#include <double11/core/money.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <span>

namespace double11::scenario {

/// Units of `sku` in stock at the start.
inline std::int64_t initial_stock(const Catalogue& catalogue, SkuId sku) {
  return sku.value < catalogue.hot_skus ? catalogue.hot_stock : catalogue.stock;
}

/// Price of one unit of `sku` by the catalogue alone: even between price_min and price_max, by a
/// hash of the SKU.
inline MoneyFen list_price_of(const Catalogue& catalogue, SkuId sku) {
  const auto span = static_cast<std::uint32_t>(catalogue.price_max.fen - catalogue.price_min.fen);
  const auto random = static_cast<std::uint32_t>(mix(sku.value) >> 32U);
  return {catalogue.price_min.fen + below(random, span + 1)};
}

/// The same in fen for many, of which `fen` has one each.
void list_prices(const Catalogue& catalogue, std::span<const SkuId> skus,
                 std::span<std::uint32_t> fen);

/// Price of one unit of `sku`: what the replayed orders pay, else that of the catalogue.
inline MoneyFen price_of(const Catalogue& catalogue, SkuId sku) {
  if (catalogue.replayed_prices) [[unlikely]] {
    const std::uint32_t fen = (*catalogue.replayed_prices)[sku.value];
    if (fen != 0) return {fen};
  }
  return list_price_of(catalogue, sku);
}

}  // namespace double11::scenario
