#include <double11/traffic/popularity.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11::traffic {
namespace {

scenario::Catalogue catalogue_of(std::int64_t skus, double exponent, std::int64_t hot,
                                 double share) {
  scenario::Catalogue catalogue;
  catalogue.skus = skus;
  catalogue.popularity_exponent = exponent;
  catalogue.hot_skus = hot;
  catalogue.hot_share = share;
  return catalogue;
}

std::vector<std::int64_t> picks(const scenario::Catalogue& catalogue, std::int64_t draws,
                                std::uint64_t seed) {
  const Popularity popularity(catalogue);
  std::vector<std::int64_t> counts(static_cast<std::size_t>(catalogue.skus));
  for (std::int64_t i = 0; i < draws; ++i) {
    const RandomBlock block = random_block(seed, Purpose::line, static_cast<std::uint64_t>(i));
    ++counts.at(popularity.pick(block).value);
  }
  return counts;
}

// Shares by the words of the header: a hot set with a share of its own, Zipf weights outside it.
std::vector<double> expected_of(const scenario::Catalogue& catalogue, std::int64_t draws) {
  const auto hot = static_cast<std::size_t>(catalogue.hot_skus);
  std::vector<double> shares(static_cast<std::size_t>(catalogue.skus));
  double weights = 0;
  for (std::size_t sku = hot; sku < shares.size(); ++sku) {
    shares[sku] = std::pow(static_cast<double>(sku - hot + 1), -catalogue.popularity_exponent);
    weights += shares[sku];
  }
  for (std::size_t sku = 0; sku < shares.size(); ++sku) {
    shares[sku] = sku < hot ? catalogue.hot_share / static_cast<double>(hot)
                            : shares[sku] / weights * (1 - catalogue.hot_share);
    shares[sku] *= static_cast<double>(draws);
  }
  return shares;
}

}  // namespace

TEST_CASE("lines follow the hot share and the Zipf tail") {
  const scenario::Catalogue cases[] = {
      catalogue_of(100, 0.3, 0, 0),    catalogue_of(100, 1.0, 0, 0), catalogue_of(60, 0, 0, 0),
      catalogue_of(60, 0.6, 5, 0.2),   catalogue_of(60, 0, 5, 0.4),  catalogue_of(50, 1.2, 1, 0.9),
      catalogue_of(50, 0.3, 20, 0.05),
  };
  std::uint64_t seed = 70;
  for (const scenario::Catalogue& catalogue : cases) {
    INFO("seed " << ++seed);
    CAPTURE(catalogue.skus, catalogue.popularity_exponent, catalogue.hot_skus);
    constexpr std::int64_t kDraws = 60'000;
    const auto counts = picks(catalogue, kDraws, seed);
    CHECK(statistics::chi_square(counts, expected_of(catalogue, kDraws)) <
          statistics::chi_square_limit(counts.size() - 1));
  }
}

TEST_CASE("the hot share holds for a large catalogue") {
  const scenario::Catalogue catalogue = catalogue_of(200'000, 0.3, 200, 0.2);
  const auto counts = picks(catalogue, 100'000, 80);
  std::int64_t hot = 0;
  for (std::size_t sku = 0; sku < 200; ++sku) hot += counts[sku];
  CHECK(std::abs(statistics::z_of_share(hot, 100'000, 0.2)) < statistics::kZLimit);
}

TEST_CASE("a hot set without a share gets no line") {
  const auto counts = picks(catalogue_of(50, 0.5, 10, 0), 20'000, 81);
  for (std::size_t sku = 0; sku < 10; ++sku) CHECK(counts[sku] == 0);
}

TEST_CASE("a hot set with the whole share leaves the tail nothing") {
  const auto counts = picks(catalogue_of(50, 0.5, 10, 1), 20'000, 82);
  for (std::size_t sku = 10; sku < 50; ++sku) CHECK(counts[sku] == 0);
}

TEST_CASE("every SKU may be hot") {
  const auto counts = picks(catalogue_of(16, 0.5, 16, 1), 20'000, 83);
  CHECK(statistics::chi_square_even(counts) < statistics::chi_square_limit(15));
}

TEST_CASE("one SKU is always it") {
  CHECK(picks(catalogue_of(1, 0.3, 0, 0), 100, 84)[0] == 100);
  CHECK(picks(catalogue_of(1, 0.3, 1, 1), 100, 84)[0] == 100);
}

TEST_CASE("extreme random bits stay inside the catalogue") {
  for (const double exponent : {0.0, 0.3, 5.0}) {
    for (const std::int64_t hot : {0, 3}) {
      const Popularity popularity(catalogue_of(10, exponent, hot, hot == 0 ? 0 : 0.5));
      for (const std::uint32_t a : {0U, ~0U}) {
        for (const std::uint32_t b : {0U, ~0U}) {
          CHECK(popularity.pick(RandomBlock{{a, a, b, b}}).value < 10);
          CHECK(popularity.pick(RandomBlock{{a, a, b, ~b}}).value < 10);
        }
      }
    }
  }
}

TEST_CASE("Popularity: many at once are the same as one by one") {
  for (const auto& catalogue :
       {catalogue_of(1'000'000, 0.3, 2'000, 0.2), catalogue_of(5'000, 1, 0, 0),
        catalogue_of(300, 2.5, 10, 0.5), catalogue_of(1, 0.3, 1, 1)}) {
    const Popularity popularity(catalogue);
    std::vector<RandomBlock> random;
    for (std::uint64_t i = 0; i < 20'000; ++i) random.push_back(random_block(85, Purpose::line, i));
    for (const std::uint32_t a : {0U, 1U, UINT32_MAX - 1, UINT32_MAX}) {
      for (const std::uint32_t b : {0U, 1U, UINT32_MAX - 1, UINT32_MAX}) {
        random.push_back({{a, b, a, b}});
        random.push_back({{b, b, a, a}});
      }
    }
    // Of any number, from any place on.
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8},
                                    std::size_t{65}, random.size() - 1, random.size()}) {
      const auto some = std::span<const RandomBlock>(random).last(count);
      std::vector<SkuId> skus(count);
      popularity.pick_all(some, skus);
      for (std::size_t i = 0; i < count; ++i) REQUIRE(skus[i] == popularity.pick(some[i]));
    }
  }
}

}  // namespace double11::traffic
