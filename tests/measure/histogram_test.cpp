#include <double11/measure/histogram.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "catch.hpp"

namespace double11::measure {
namespace {

// A value of any magnitude up to 2^bits, each magnitude as likely as the others.
std::int64_t any_magnitude(std::mt19937_64& random, unsigned bits) {
  return static_cast<std::int64_t>(random() >> (64U - bits) >> (random() % bits));
}

// The model: the smallest value that at least `share` of all values do not exceed. Shares in
// 1024ths are exact in binary, so the rank is beyond dispute.
std::int64_t model_quantile(const std::vector<std::int64_t>& sorted, unsigned share_1024) {
  const std::size_t rank = (share_1024 * sorted.size() + 1023) / 1024;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// Histograms are large; tests keep them off the stack.
std::unique_ptr<Histogram> histogram_of(const std::vector<std::int64_t>& values) {
  auto histogram = std::make_unique<Histogram>();
  for (const std::int64_t value : values) histogram->record(value);
  return histogram;
}

bool same_cells(const Histogram& a, const Histogram& b) {
  return std::equal(a.cells().begin(), a.cells().end(), b.cells().begin());
}

}  // namespace

TEST_CASE("an empty histogram says 0 to everything") {
  const auto empty = histogram_of({});
  CHECK(empty->count() == 0);
  CHECK(empty->max() == 0);
  CHECK(empty->mean() == 0.0);
  CHECK(empty->quantile(0) == 0);
  CHECK(empty->quantile(0.99) == 0);
  CHECK(empty->quantile(1) == 0);
}

TEST_CASE("one value is every quantile") {
  for (const std::int64_t value : {0L, 1L, 127L, 128L, 1'000'000'007L, (1L << 47) + 12345L}) {
    CAPTURE(value);
    const auto one = histogram_of({value});
    CHECK(one->count() == 1);
    CHECK(one->max() == value);
    CHECK(one->mean() == static_cast<double>(value));
    for (const double share : {0.0, 0.5, 0.999, 1.0}) CHECK(one->quantile(share) == value);
  }
}

TEST_CASE("small values are exact") {
  std::vector<std::int64_t> values;
  for (std::int64_t value = 0; value <= 1 << Histogram::kSubBits; ++value) values.push_back(value);
  const auto histogram = histogram_of(values);
  for (unsigned share = 0; share <= 1024; ++share) {
    REQUIRE(histogram->quantile(share / 1024.0) == model_quantile(values, share));
  }
}

TEST_CASE("quantiles are at most 1/128 above those of a sorted vector, never below") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> values(1 + random() % 3000);
    const auto bits = static_cast<unsigned>(8 + random() % 40);
    for (std::int64_t& value : values) value = any_magnitude(random, bits);
    const auto histogram = histogram_of(values);
    std::sort(values.begin(), values.end());
    REQUIRE(histogram->count() == static_cast<std::int64_t>(values.size()));
    REQUIRE(histogram->max() == values.back());
    for (unsigned share = 0; share <= 1024; share += 16) {
      CAPTURE(share);
      const std::int64_t truth = model_quantile(values, share);
      const std::int64_t reported = histogram->quantile(share / 1024.0);
      REQUIRE(reported >= truth);
      REQUIRE(reported <= values.back());
      REQUIRE(static_cast<double>(reported - truth) <= static_cast<double>(truth) / 128);
    }
    REQUIRE(histogram->quantile(1) == values.back());
  }
}

TEST_CASE("quantiles never fall when the share rises") {
  std::mt19937_64 random(77);
  auto histogram = std::make_unique<Histogram>();
  for (int i = 0; i < 1000; ++i) histogram->record(any_magnitude(random, 40));
  std::int64_t before = 0;
  for (int share = 0; share <= 1000; ++share) {
    const std::int64_t value = histogram->quantile(share / 1000.0);
    REQUIRE(value >= before);
    before = value;
  }
}

TEST_CASE("the mean is the mean of the true values") {
  std::mt19937_64 random(78);
  std::vector<std::int64_t> values(5000);
  double sum = 0;
  for (std::int64_t& value : values) {
    value = any_magnitude(random, 40);
    sum += static_cast<double>(value);
  }
  CHECK(histogram_of(values)->mean() == Approx(sum / 5000).epsilon(1e-12));
}

TEST_CASE("negative values count as 0") {
  const auto histogram = histogram_of({-1, -1'000'000, std::numeric_limits<std::int64_t>::min()});
  CHECK(histogram->count() == 3);
  CHECK(histogram->cells()[0] == 3);
  CHECK(histogram->mean() == 0.0);
  CHECK(histogram->quantile(1) == 0);
}

TEST_CASE("values beyond the range are counted, and the largest is kept") {
  constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
  const auto histogram = histogram_of({5, 1L << 48, kHuge});
  CHECK(histogram->count() == 3);
  CHECK(histogram->cells()[Histogram::kCells - 1] == 2);
  CHECK(histogram->max() == kHuge);
  CHECK(histogram->quantile(0.3) == 5);
  CHECK(histogram->quantile(1) == kHuge);
}

TEST_CASE("values just inside the range keep their precision beside larger ones") {
  // The last 2^40 ns of the range; only values from 2^48 on may be lumped together.
  const std::int64_t inside = (1L << 48) - 5;
  const auto histogram = histogram_of({inside, inside, 1L << 60});
  CHECK(histogram->quantile(0.5) >= inside);
  CHECK(histogram->quantile(0.5) <= inside + inside / 128);
}

TEST_CASE("merging gives what recording everything in one gives") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    auto first = std::make_unique<Histogram>();
    auto second = std::make_unique<Histogram>();
    auto all = std::make_unique<Histogram>();
    for (int i = 0; i < 2000; ++i) {
      const std::int64_t value = any_magnitude(random, 50);
      (random() % 3 == 0 ? first : second)->record(value);
      all->record(value);
    }
    first->merge(*second);
    REQUIRE(same_cells(*first, *all));
    REQUIRE(first->count() == all->count());
    REQUIRE(first->max() == all->max());
    REQUIRE(first->mean() == Approx(all->mean()).epsilon(1e-12));
    const Histogram empty;
    first->merge(empty);
    REQUIRE(same_cells(*first, *all));
    REQUIRE(first->max() == all->max());
  }
}

TEST_CASE("upper edges belong to their own cells, and cells lie side by side") {
  for (std::size_t cell = 0; cell < Histogram::kCells; ++cell) {
    CAPTURE(cell);
    const std::int64_t edge = Histogram::upper_edge(cell);
    const auto histogram = std::make_unique<Histogram>();
    histogram->record(edge);
    REQUIRE(histogram->cells()[cell] == 1);
    if (cell + 1 == Histogram::kCells) break;
    histogram->record(edge + 1);
    REQUIRE(histogram->cells()[cell + 1] == 1);
  }
}

TEST_CASE("a saved histogram is read again exactly from its cells") {
  std::mt19937_64 random(79);
  auto original = std::make_unique<Histogram>();
  for (int i = 0; i < 5000; ++i) original->record(any_magnitude(random, 47));
  auto again = std::make_unique<Histogram>();
  for (std::size_t cell = 0; cell < Histogram::kCells; ++cell) {
    for (std::uint64_t i = 0; i < original->cells()[cell]; ++i) {
      again->record(Histogram::upper_edge(cell));
    }
  }
  CHECK(same_cells(*original, *again));
  CHECK(again->count() == original->count());
}

TEST_CASE("many values at once count as one by one") {
  std::mt19937_64 random(83);
  for (const std::size_t count : {0U, 1U, 7U, 255U, 256U, 257U, 1000U}) {
    for (const unsigned bits : {3U, 20U, 47U, 62U}) {
      INFO(count << " values of up to " << bits << " bits");
      std::vector<std::int64_t> values(count);
      for (std::int64_t& value : values) value = any_magnitude(random, bits);
      auto single = std::make_unique<Histogram>();
      auto together = std::make_unique<Histogram>();
      for (int round = 0; round < 2; ++round) {
        for (const std::int64_t value : values) single->record(value);
        together->record_all(values);
      }
      REQUIRE(same_cells(*single, *together));
      REQUIRE(single->count() == together->count());
      REQUIRE(single->max() == together->max());
      REQUIRE(single->mean() == together->mean());
    }
  }
}

}  // namespace double11::measure
