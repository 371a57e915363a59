#include <double11/measure/snapshot.hpp>

#include "catch.hpp"

namespace double11::measure {
namespace {

TEST_CASE("snapshot: parts of several workers add up, instants are the later ones") {
  Snapshot a;
  a.scenario_now = Instant(Duration(5));
  a.wall = Duration(7);
  a.funnel = {10, 8, 6, 4, 2};
  a.outcomes[index_of(Outcome::dispatched)] = 2;
  a.outcomes[index_of(Outcome::declined)] = 1;
  a.queue[index_of(Stage::payment)] = 3;
  a.busy[index_of(Stage::payment)] = Duration(100);
  a.servers_busy = 4;
  a.captured = {500};
  a.turnover = {400};
  a.refunded = {100};
  a.units_sold = 6;
  a.dispatched_by_region[1] = 2;
  a.latency.record(1000);
  Snapshot b = a;
  b.scenario_now = Instant(Duration(4));
  b.wall = Duration(9);
  b += a;
  CHECK(b.scenario_now == Instant(Duration(5)));
  CHECK(b.wall == Duration(9));
  CHECK(b.funnel == std::array<std::int64_t, kFunnelSteps>{20, 16, 12, 8, 4});
  CHECK(b.in_flight() == 20 - 6);
  CHECK(b.queue[index_of(Stage::payment)] == 6);
  CHECK(b.busy[index_of(Stage::payment)] == Duration(200));
  CHECK(b.servers_busy == 8);
  CHECK(b.captured.fen == 1000);
  CHECK(b.refunded.fen == 200);
  CHECK(b.turnover.fen == 800);
  CHECK(b.units_sold == 12);
  CHECK(b.dispatched_by_region[1] == 4);
  CHECK(b.latency.count() == 2);
}

}  // namespace
}  // namespace double11::measure
