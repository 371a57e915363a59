#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11 {
namespace {

constexpr double kMean = 80e6;

QuantileTable exponential() {
  return QuantileTable([](double, double from_above) { return -kMean * std::log(from_above); });
}

// By bisection of erfc: slow, obviously right, and independent of what the product uses.
double normal_quantile(double p, double from_above) {
  const bool upper = from_above < p;
  const double tail = upper ? from_above : p;
  double low = -10;
  double high = 0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < tail ? low : high) = middle;
  }
  return upper ? -low : low;
}

constexpr double kMedian = 60e6;
const double kSigma = std::log(250.0 / 60.0) / 2.3263478740408408;

QuantileTable lognormal() {
  return QuantileTable([](double p, double from_above) {
    return kMedian * std::exp(kSigma * normal_quantile(p, from_above));
  });
}

std::vector<double> draws(const QuantileTable& table, std::size_t count, std::uint64_t seed) {
  std::vector<double> values;
  for (std::uint64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<double>(table(random_block(seed, Purpose::payment, i).wide(0))));
  }
  return values;
}

std::int64_t above(const std::vector<double>& values, double limit) {
  std::int64_t count = 0;
  for (const double value : values) count += value > limit ? 1 : 0;
  return count;
}

constexpr std::size_t kDraws = 200'000;

}  // namespace

TEST_CASE("exponential draws have the mean and the tail of the distribution") {
  const QuantileTable table = exponential();
  CHECK(table.mean() == Approx(kMean).epsilon(1e-4));
  const std::vector<double> values = draws(table, kDraws, 21);
  CHECK(std::abs(statistics::z_of_mean(values, kMean)) < statistics::kZLimit);
  for (const double probability : {0.5, 0.1, 0.01, 0.001}) {
    CAPTURE(probability);
    const std::int64_t count = above(values, -kMean * std::log(probability));
    CHECK(std::abs(statistics::z_of_share(count, kDraws, probability)) < statistics::kZLimit);
  }
}

TEST_CASE("lognormal draws have the mean, the median and the p99 of the distribution") {
  const QuantileTable table = lognormal();
  const double mean = kMedian * std::exp(0.5 * kSigma * kSigma);
  CHECK(table.mean() == Approx(mean).epsilon(1e-4));
  const std::vector<double> values = draws(table, kDraws, 22);
  CHECK(std::abs(statistics::z_of_mean(values, mean)) < statistics::kZLimit);
  const auto n = static_cast<std::int64_t>(kDraws);
  CHECK(std::abs(statistics::z_of_share(above(values, kMedian), n, 0.5)) < statistics::kZLimit);
  CHECK(std::abs(statistics::z_of_share(above(values, 250e6), n, 0.01)) < statistics::kZLimit);
}

TEST_CASE("exponential draws follow the distribution in every twentieth") {
  const std::vector<double> values = draws(exponential(), kDraws, 23);
  std::vector<std::int64_t> cells(20);
  for (const double value : values) {
    const double p = 1 - std::exp(-value / kMean);
    ++cells[static_cast<std::size_t>(p * 20)];
  }
  CHECK(statistics::chi_square_even(cells) < statistics::chi_square_limit(19));
}

TEST_CASE("a draw is close to the quantile it stands for, out to one in a billion") {
  const QuantileTable table = exponential();
  for (int power = 1; power <= 30; ++power) {
    const double distance = std::ldexp(1.37, -power - 1);
    const auto u = static_cast<std::uint64_t>(std::ldexp(distance, 64));
    CAPTURE(power);
    CHECK(static_cast<double>(table(~u)) == Approx(-kMean * std::log(distance)).epsilon(1e-3));
    CHECK(static_cast<double>(table(u)) ==
          Approx(-kMean * std::log1p(-distance)).epsilon(1e-3).margin(2));
  }
}

TEST_CASE("draws never fall when the random number rises") {
  for (const QuantileTable& table : {exponential(), lognormal()}) {
    std::int64_t before = table(0);
    CHECK(before >= 0);
    bool rising = true;
    for (std::uint64_t step = 1; step < 65'536; ++step) {
      const std::int64_t value = table((step << 48U) | (step * 0x5DEECE66DULL >> 16U));
      rising = rising && value >= before;
      before = value;
    }
    CHECK(rising);
    CHECK(table(~0ULL) >= before);
    // The two ends, bit by bit.
    for (unsigned bit = 0; bit < 63; ++bit) {
      CAPTURE(bit);
      CHECK(table(1ULL << bit) <= table(2ULL << bit));
      CHECK(table(~(1ULL << bit)) >= table(~(2ULL << bit)));
    }
  }
}

TEST_CASE("a constant distribution has one value") {
  const QuantileTable table([](double, double) { return 42.0; });
  CHECK(table.mean() == Approx(42.0).epsilon(1e-12));
  for (const std::uint64_t u : {0ULL, 1ULL, 1ULL << 63U, (1ULL << 63U) - 1, ~0ULL}) {
    CAPTURE(u);
    CHECK(table(u) == 42);
  }
}

TEST_CASE("the quantile function is asked only strictly inside 0 and 1") {
  bool inside = true;
  bool complementary = true;
  const QuantileTable table([&](double p, double from_above) {
    inside = inside && p > 0 && p < 1 && from_above > 0 && from_above < 1;
    complementary = complementary && std::abs(p + from_above - 1) < 1e-15;
    return p * 1e9;
  });
  CHECK(inside);
  CHECK(complementary);
  CHECK(table.mean() == Approx(5e8).epsilon(1e-9));
}

TEST_CASE("many values at once are those of one by one, to the last bit") {
  // Narrow cells, and cells wider than 32 bits.
  const QuantileTable narrow = exponential();
  const QuantileTable wide(
      [](double, double from_above) { return 1e6 * std::pow(from_above, -1.4); });
  std::vector<std::uint64_t> us{0, 1, 2, ~0ULL, ~1ULL, 1ULL << 63U, (1ULL << 63U) - 1};
  for (unsigned bit = 0; bit < 64; ++bit) {
    us.push_back(1ULL << bit);
    us.push_back(~(1ULL << bit));
  }
  for (std::uint64_t i = 0; i < 4000; ++i) us.push_back(mix(i) >> (i % 48));
  for (std::uint64_t i = 0; i < 4000; ++i) us.push_back(~(mix(i) >> (i % 48)));
  for (const QuantileTable* const table : {&narrow, &wide}) {
    for (const std::int64_t least : {std::int64_t{0}, std::int64_t{50'000'000}}) {
      for (std::size_t first = 0, count = 0; first + count <= us.size(); first += count++) {
        const auto some = std::span(us).subspan(first, count);
        std::vector<std::int64_t> values(count);
        table->draw(some, least, values);
        for (std::size_t i = 0; i < count; ++i) {
          CAPTURE(some[i], least);
          REQUIRE(values[i] == std::max((*table)(some[i]), least));
        }
      }
    }
  }
}

}  // namespace double11
