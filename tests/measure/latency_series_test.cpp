#include <double11/core/random.hpp>
#include <double11/measure/latency_series.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

using scenario::small_scenario;
using std::chrono::milliseconds;

TEST_CASE("latency series: every order counts where there are few, and into its interval") {
  // 2,000 orders: fewer intervals than most, each with enough orders to tell a percentile.
  LatencySeries series(small_scenario());
  REQUIRE(series.every() == 1);
  REQUIRE(series.interval() == Duration(1'000'000'000 / 24));
  series.count(OrderId{1}, Instant(milliseconds(10)), milliseconds(5));
  series.count(OrderId{2}, Instant(milliseconds(10)), milliseconds(7));
  series.count(OrderId{3}, Instant(milliseconds(50)), milliseconds(9));
  series.count(OrderId{4}, Instant(std::chrono::hours(5)), milliseconds(11));
  CHECK(series.count_of(0) == 2);
  CHECK(series.count_of(1) == 1);
  CHECK(series.count_of(2) == 0);
  CHECK(series.quantile(2, 0.5) == Duration(0));
  CHECK(series.count_of(series.rows() - 1) == 1);
}

TEST_CASE("latency series: a percentile is at most 1/16 above the value of its rank") {
  constexpr std::uint64_t kSeed = 20171111;
  INFO("seed " << kSeed);
  LatencySeries series(small_scenario());
  std::vector<std::int64_t> values;
  for (std::uint64_t i = 0; i < 5'000; ++i) {
    // From a nanosecond to hours, and the smallest ones.
    const std::uint64_t bits = mix(kSeed ^ i);
    values.push_back(static_cast<std::int64_t>((bits >> 20U) >> (bits & 31U)));
    series.count(OrderId{i}, Instant{}, Duration(values.back()));
  }
  std::sort(values.begin(), values.end());
  for (const double share : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * 5'000)) - 1;
    const std::int64_t found = series.quantile(0, share).count();
    INFO("share " << share);
    CHECK(found >= std::min(values[rank], (std::int64_t{1} << 44) - 1));
    CHECK(static_cast<double>(found) <= static_cast<double>(values[rank]) * (1 + 1.0 / 16));
  }
}

TEST_CASE("latency series: of many orders one in so many is counted, as if by chance") {
  const auto scenario = small_scenario({"traffic.curve[0].rate=30M/s", "duration=10s"});
  LatencySeries series(scenario);
  // 300 M orders in 240 intervals are 1.25 M each; 128 is the power of two that leaves over 8,192.
  REQUIRE(series.every() == 128);
  constexpr std::uint64_t kOrders = 1'000'000;
  for (std::uint64_t id = 0; id < kOrders; ++id) {
    series.count(OrderId{id}, Instant{}, milliseconds(1));
  }
  const double expected = static_cast<double>(kOrders) / 128;
  // The ids are spread evenly, which is less random than chance.
  CHECK(std::abs(static_cast<double>(series.count_of(0)) - expected) < 4 * std::sqrt(expected));
}

TEST_CASE("latency series: merging adds") {
  LatencySeries a(small_scenario());
  LatencySeries b(small_scenario());
  a.count(OrderId{1}, Instant{}, milliseconds(1));
  b.count(OrderId{2}, Instant{}, milliseconds(100));
  b.count(OrderId{3}, Instant{}, milliseconds(100));
  a.merge(b);
  CHECK(a.count_of(0) == 3);
  CHECK(a.quantile(0, 0.3) < milliseconds(2));
  CHECK(a.quantile(0, 0.5) >= milliseconds(100));
}

}  // namespace
}  // namespace double11::measure
