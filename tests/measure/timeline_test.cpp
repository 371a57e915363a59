#include <double11/measure/timeline.hpp>

#include <chrono>

#include "catch.hpp"

namespace double11::measure {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("timeline: at most about 240 looks, evenly, however often somebody looks") {
  Timeline timeline(seconds(24));
  for (std::int64_t ms = 0; ms <= 24'000; ++ms) {
    timeline.add({.at = Instant(milliseconds(ms)), .in_flight = ms});
  }
  const auto& looks = timeline.looks();
  REQUIRE(looks.size() == Timeline::kMost + 1);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    REQUIRE(looks[i].at == Instant(milliseconds(100 * i)));
    REQUIRE(looks[i].in_flight == static_cast<std::int64_t>(100 * i));
  }
}

TEST_CASE("timeline: a late look does not move the next, and none is kept twice") {
  Timeline timeline(seconds(24));
  for (const std::int64_t ms : {0, 30, 199, 200, 201, 299, 310, 310, 320}) {
    timeline.add({.at = Instant(milliseconds(ms))});
  }
  std::vector<std::int64_t> kept_ms;
  for (const auto& look : timeline.looks()) kept_ms.push_back(nanoseconds_of(look.at) / 1'000'000);
  CHECK(kept_ms == std::vector<std::int64_t>{0, 199, 200, 310});
  CHECK_FALSE(timeline.wants(Instant(milliseconds(399))));
  CHECK(timeline.wants(Instant(milliseconds(400))));
}

TEST_CASE("timeline: a snapshot is a look; the shortest of all runs can have one, too") {
  Timeline timeline(Duration(1));
  Snapshot snapshot;
  snapshot.scenario_now = Instant(Duration(1));
  snapshot.funnel[index_of(Funnel::offered)] = 9;
  snapshot.outcomes[index_of(Outcome::shed)] = 2;
  snapshot.queue[index_of(Stage::admission)] = 5;
  snapshot.servers_busy = 3;
  timeline.add(snapshot);
  REQUIRE(timeline.looks().size() == 1);
  CHECK(timeline.looks()[0].in_flight == 7);
  CHECK(timeline.looks()[0].queue[index_of(Stage::admission)] == 5);
  CHECK(timeline.looks()[0].servers_busy == 3);
}

}  // namespace
}  // namespace double11::measure
