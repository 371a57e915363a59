#include <double11/measure/series.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

using namespace std::chrono_literals;

// Counts by (row, step), as a map would keep them.
using Model = std::map<std::pair<std::size_t, std::size_t>, std::uint32_t>;

void require_same(const Series& series, const Model& model) {
  std::uint64_t total = 0;
  for (std::size_t row = 0; row < series.rows().size(); ++row) {
    for (std::size_t step = 0; step < kFunnelSteps; ++step) {
      const auto found = model.find({row, step});
      REQUIRE(series.rows()[row][step] == (found == model.end() ? 0 : found->second));
      total += series.rows()[row][step];
    }
  }
  std::uint64_t expected = 0;
  for (const auto& [place, count] : model) expected += count;
  REQUIRE(total == expected);  // nothing fell outside the rows
}

struct Shape {
  Duration interval;
  Duration duration;
  Duration tail;
};

constexpr Shape kShapes[] = {
    {1s, 60s, 30s}, {100ms, 1s, 500ms}, {1s, 2500ms, 0s}, {1ms, 7ms, 10us}, {10s, 95s, 30s}};

}  // namespace

TEST_CASE("every event is counted in the row of its interval, late ones in the last") {
  std::uint64_t seed = 40;
  for (const Shape& shape : kShapes) {
    INFO("seed " << ++seed);
    std::mt19937_64 random(seed);
    Series series(shape.interval, shape.duration, shape.tail);
    // Rows for the whole duration and tail must exist.
    const Duration covered = shape.interval * static_cast<std::int64_t>(series.rows().size());
    REQUIRE(covered >= shape.duration + shape.tail);
    Model model;
    const auto horizon = static_cast<std::uint64_t>((shape.duration + shape.tail).count()) * 2;
    std::int64_t at = 0;
    for (int i = 0; i < 5000; ++i) {
      // Mostly small steps, as in a run; sometimes a jump, also into the past and far ahead.
      if (random() % 50 == 0) at = static_cast<std::int64_t>(random() % horizon);
      if (random() % 500 == 0) at = (std::int64_t{1} << 62) + at;
      const Funnel step = kFunnel[random() % kFunnelSteps];
      series.count(step, Instant(Duration(at)));
      const std::size_t row =
          std::min(static_cast<std::size_t>(at / shape.interval.count()), series.rows().size() - 1);
      ++model[{row, index_of(step)}];
      at = (at + static_cast<std::int64_t>(random() % 1000)) % (std::int64_t{1} << 61);
    }
    require_same(series, model);
  }
}

TEST_CASE("the edges of an interval belong to the later row") {
  Series series(1s, 10s, 5s);
  for (const Duration at :
       {0ns, 999'999'999ns, 1'000'000'000ns, 1'999'999'999ns, 2'000'000'000ns}) {
    series.count(Funnel::paid, Instant(at));
  }
  const std::size_t paid = index_of(Funnel::paid);
  CHECK(series.rows()[0][paid] == 2);
  CHECK(series.rows()[1][paid] == 2);
  CHECK(series.rows()[2][paid] == 1);
  CHECK(series.rows()[0][index_of(Funnel::offered)] == 0);
}

TEST_CASE("merging adds row by row") {
  const std::uint64_t seed = 46;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  Series first(100ms, 2s, 1s);
  Series second(100ms, 2s, 1s);
  Series all(100ms, 2s, 1s);
  for (int i = 0; i < 3000; ++i) {
    const Instant at(Duration(static_cast<std::int64_t>(random() % 4'000'000'000)));
    const Funnel step = kFunnel[random() % kFunnelSteps];
    (random() % 2 == 0 ? first : second).count(step, at);
    all.count(step, at);
  }
  first.merge(second);
  CHECK(first.rows() == all.rows());
}

TEST_CASE("the peak is the best interval of the run, but not the last row, which has no end") {
  Series series(1s, 2500ms, 10s);
  const auto count = [&](Duration at, int times) {
    for (int i = 0; i < times; ++i) series.count(Funnel::reserved, Instant(at));
  };
  CHECK(series.rows_with(Funnel::reserved) == 0);
  count(0s, 5);
  count(1s, 7);
  CHECK(series.peak_per_s(Funnel::reserved) == Approx(7));
  CHECK(series.rows_with(Funnel::reserved) == 2);
  count(4s, 90);  // in the tail
  count(1h, 500);
  CHECK(series.peak_per_s(Funnel::reserved) == Approx(90));
  CHECK(series.rows_with(Funnel::reserved) == 5);
  CHECK(series.peak_per_s(Funnel::paid) == 0.0);
}

TEST_CASE("the peak is per second whatever the interval") {
  Series fast(100ms, 1s, 1s);
  for (int i = 0; i < 30; ++i) fast.count(Funnel::offered, Instant(250ms));
  CHECK(fast.peak_per_s(Funnel::offered) == Approx(300));
  Series slow(10s, 60s, 30s);
  for (int i = 0; i < 30; ++i) slow.count(Funnel::offered, Instant(25s));
  CHECK(slow.peak_per_s(Funnel::offered) == Approx(3));
}

TEST_CASE("rows reach as far as the scenario says that orders come") {
  const auto tail = [](const std::vector<std::string>& settings) {
    return series_tail(scenario::small_scenario(settings));
  };
  CHECK(tail({}) == 30s);
  // 2,000 people and some at 10/s from ten seconds after the end on, and the last of them pays.
  const Duration room =
      tail({"admission.waiting_room.rate=10/s", "admission.waiting_room.opens=11s"});
  CHECK(room >= 30s + 10s + 200s + 30s);
  CHECK(room < 400s);
  // Three pauses of 1 s, 2 s, 4 s, after a wait of 10 s each.
  CHECK(tail({"traffic.retry.attempts=4", "traffic.retry.timeout=10s", "traffic.retry.delay=1s"}) ==
        67s);
  CHECK(tail({R"(faults=[{"at":"500ms","duration":"1min","of":"payment","factor":0}])"}) ==
        30s + 59500ms);
  // But no memory without bounds.
  const auto endless = scenario::small_scenario(
      {"admission.waiting_room.rate=0.001/s", "admission.waiting_room.opens=400d"});
  CHECK(Series(endless).rows().size() < 101'000);
}

TEST_CASE("the interval is a second where that gives two rows or more and not too many") {
  CHECK(Series::interval_for(2s) == 1s);
  CHECK(Series::interval_for(60s) == 1s);
  CHECK(Series::interval_for(24h) == 1s);
  CHECK(Series::interval_for(200'000s) == 1s);
  CHECK(Series::interval_for(1999ms) == 100ms);
  CHECK(Series::interval_for(1s) == 100ms);
  CHECK(Series::interval_for(1ms) == 100us);
}

TEST_CASE("any duration a scenario may have gets 2 to 200,000 whole rows") {
  const std::uint64_t seed = 47;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> exponent(6, 16.5);  // 1 ms to 366 days
  for (int i = 0; i < 5000; ++i) {
    const Duration duration(static_cast<std::int64_t>(std::pow(10, exponent(random))));
    const Duration interval = Series::interval_for(duration);
    CAPTURE(duration.count(), interval.count());
    REQUIRE(duration / interval >= 2);
    REQUIRE(duration / interval <= 200'000);
    std::int64_t rest = interval.count();
    while (rest % 10 == 0) rest /= 10;
    REQUIRE(rest == 1);  // a power of ten
    if (interval > 1s) REQUIRE(duration / (interval / 10) > 200'000);
    if (interval < 1s) REQUIRE(duration / (interval * 10) < 2);
  }
}

TEST_CASE("counts until an instant are even within a row, rates are those of the row") {
  Series series(1s, 10s, 5s);
  for (int i = 0; i < 8; ++i) series.count(Funnel::paid, Instant(500ms));
  for (int i = 0; i < 40; ++i) series.count(Funnel::paid, Instant(3s));
  series.count(Funnel::paid, Instant(10min));
  CHECK(series.count_until(Funnel::paid, Instant(0s)) == 0);
  CHECK(series.count_until(Funnel::paid, Instant(250ms)) == 2);
  CHECK(series.count_until(Funnel::paid, Instant(3s)) == 8);
  CHECK(series.count_until(Funnel::paid, Instant(3'500ms)) == 28);
  CHECK(series.count_until(Funnel::paid, Instant(1h)) == 49);
  CHECK(series.count_until(Funnel::offered, Instant(1h)) == 0);
  CHECK(series.rate_at(Funnel::paid, Instant(999ms)) == 8);
  CHECK(series.rate_at(Funnel::paid, Instant(3'999ms)) == 40);
  CHECK(series.rate_at(Funnel::paid, Instant(1s)) == 0);
  CHECK(series.rate_at(Funnel::paid, Instant(1h)) == 1);
}

}  // namespace double11::measure
