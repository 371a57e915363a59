#include <double11/scenario/catalogue.hpp>

#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11::scenario {

TEST_CASE("hot SKUs come first and have their own stock") {
  Catalogue catalogue;
  catalogue.hot_skus = 3;
  catalogue.hot_stock = 77;
  catalogue.stock = 5;
  CHECK(initial_stock(catalogue, {0}) == 77);
  CHECK(initial_stock(catalogue, {2}) == 77);
  CHECK(initial_stock(catalogue, {3}) == 5);
  CHECK(initial_stock(catalogue, {99'999}) == 5);
  catalogue.hot_skus = 0;
  CHECK(initial_stock(catalogue, {0}) == 5);
}

TEST_CASE("prices are even between the two, both ends included") {
  Catalogue catalogue;
  catalogue.price_min = {100};
  catalogue.price_max = {119};
  std::vector<std::int64_t> counts(20);
  for (std::uint32_t sku = 0; sku < 20'000; ++sku) {
    const MoneyFen price = price_of(catalogue, {sku});
    REQUIRE(price >= catalogue.price_min);
    REQUIRE(price <= catalogue.price_max);
    REQUIRE(price == price_of(catalogue, {sku}));
    ++counts[static_cast<std::size_t>(price.fen - 100)];
  }
  CHECK(statistics::chi_square_even(counts) < statistics::chi_square_limit(19));
}

TEST_CASE("one price for all when the two are the same") {
  Catalogue catalogue;
  catalogue.price_min = catalogue.price_max = {4'200};
  for (std::uint32_t sku = 0; sku < 100; ++sku) CHECK(price_of(catalogue, {sku}).fen == 4'200);
}

TEST_CASE("the widest span of prices stays inside it") {
  Catalogue catalogue;
  catalogue.price_min = {1};
  catalogue.price_max = {10'000'000};
  std::vector<std::int64_t> counts(10);
  for (std::uint32_t sku = 0; sku < 20'000; ++sku) {
    const std::int64_t fen = price_of(catalogue, {sku}).fen;
    REQUIRE(fen >= 1);
    REQUIRE(fen <= 10'000'000);
    ++counts[static_cast<std::size_t>((fen - 1) / 1'000'000)];
  }
  CHECK(statistics::chi_square_even(counts) < statistics::chi_square_limit(9));
}

}  // namespace double11::scenario
