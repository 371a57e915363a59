#include <double11/measure/minute_counts.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catch.hpp"

namespace double11::measure {
namespace {

using namespace std::chrono_literals;
using Counts = std::vector<std::int64_t>;

TEST_CASE("MinuteCounts: minutes and days are those of the clock") {
  MinuteCounts counts(23h + 58min + 30s);
  CHECK(counts.by_minute().empty());
  CHECK(counts.by_day().empty());
  counts.add(Instant(0s));
  counts.add(Instant(29s));
  counts.add(Instant(30s));
  counts.add(Instant(90s));
  REQUIRE(counts.by_minute().size() == 24 * 60 + 1);
  CHECK(counts.by_minute()[24 * 60 - 2] == 2);
  CHECK(counts.by_minute()[24 * 60 - 1] == 1);
  CHECK(counts.by_minute()[24 * 60] == 1);
  CHECK(counts.by_day() == Counts{3, 1});
}

TEST_CASE("MinuteCounts: parts that are merged are the whole") {
  MinuteCounts one(0h);
  MinuteCounts other(0h);
  one.add(Instant(5min));
  other.add(Instant(5min + 1s));
  other.add(Instant(7min));
  one.merge(other);
  CHECK(one.by_minute() == Counts{0, 0, 0, 0, 0, 2, 0, 1});
  other.merge(MinuteCounts(0h));
  CHECK(other.by_minute() == Counts{0, 0, 0, 0, 0, 1, 0, 1});
}

TEST_CASE("MinuteCounts: what is very late counts for the last day") {
  MinuteCounts counts(0h);
  counts.add(Instant(std::chrono::years(100)));
  counts.add(Instant(std::chrono::years(90)));
  const Counts days = counts.by_day();
  REQUIRE(days.size() == static_cast<std::size_t>(MinuteCounts::kMostDays));
  CHECK(days.back() == 2);
}

TEST_CASE("backlog_of: what came and did not go") {
  MinuteCounts came(0h);
  MinuteCounts went(0h);
  for (int i = 0; i < 5; ++i) came.add(Instant(1h));
  came.add(Instant(30h));
  for (const Duration at : {2h, 26h, 27h, 74h, 75h, 75h}) went.add(Instant(at));
  CHECK(backlog_of(came.by_day(), went.by_day()) == Counts{4, 3, 3, 0});
  const Counts minutes = backlog_of(came.by_minute(), went.by_minute());
  CHECK(minutes[59] == 0);
  CHECK(minutes[60] == 5);
  CHECK(minutes[120] == 4);
  CHECK(minutes.back() == 0);
  CHECK(backlog_of({}, {}).empty());
}

}  // namespace
}  // namespace double11::measure
