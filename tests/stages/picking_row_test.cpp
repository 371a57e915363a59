#include <double11/stages/picking_row.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

// Two warehouses never rest, the others pick by day only.
PickingRow row_of(std::size_t lines) {
  PickingRow row;
  for (std::size_t i = 0; i < lines; ++i) {
    const double rate = 1.0 + static_cast<double>(i % 3);
    row.add(i < 2 ? PickingClock({{0h, rate}}, {})
                  : PickingClock({{0h, 0.0}, {8h, rate}, {20h, 0.0}}, {}));
  }
  return row;
}

TEST_CASE("PickingRow: a line is free when what it took is picked") {
  PickingRow row = row_of(11);
  REQUIRE(row.size() == 11);
  CHECK(row.picked_by(10, Instant(8h)) == Instant(8h + 500ms));
  row.take(10, Instant(8h + 500ms));
  CHECK(row.free_at(10) == Instant(8h + 500ms));
  CHECK(row.picked_by(10, Instant(8h)) == Instant(8h + 1s));
  CHECK(row.picked_by(10, Instant(9h)) == Instant(9h + 500ms));
  CHECK(row.free_at(9) == Instant());
  CHECK_FALSE(row.has_lanes());
}

// All at once and one by one, for days with rushes and lulls, and now and then an earlier parcel.
TEST_CASE("PickingRow: all lines at once take what one after the other would") {
  if (!row_of(1).has_lanes()) {
    WARN("this CPU has no vectors for it");
    return;
  }
  std::int64_t taken_at_once = 0;
  for (std::size_t lines = 1; lines <= PickingRow::kLanes; ++lines) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(lines << " lines, seed " << seed);
      std::mt19937_64 random(seed);
      PickingRow quick = row_of(lines);
      PickingRow slow = row_of(lines);
      PickingRow::Lanes opens;
      PickingRow::Lanes ways;
      for (std::size_t i = 0; i < lines; ++i) {
        opens.ns[i] = random() % 2 == 0 ? 0 : Duration(30h).count();
        ways.ns[i] = Duration(1h * (random() % 4)).count();
      }
      Instant now{};
      for (int parcel = 0; parcel < 3000; ++parcel) {
        now += parcel % 1000 < 700 ? 100ms : 90s;
        const Instant at = random() % 8 == 0 ? now - std::min<Duration>(30s, now - Instant()) : now;
        std::size_t best = 0;
        std::int64_t least = INT64_MAX;
        for (std::size_t i = 0; i < lines; ++i) {
          const std::int64_t picked = nanoseconds_of(slow.picked_by(i, at));
          const std::int64_t eta = std::max(picked, opens.ns[i]) + ways.ns[i];
          if (eta < least) best = i;
          least = std::min(least, eta);
        }
        PickingRow::Taken taken = quick.take_earliest(at, opens, ways);
        if (!taken.any) {
          for (std::size_t i = 0; i < lines; ++i) quick.allow(i, at, Instant(60h));
          taken = quick.take_earliest(at, opens, ways);
        }
        if (taken.any) {
          REQUIRE(taken.line == best);
          REQUIRE(taken.eta_ns == least);
          ++taken_at_once;
        } else {
          quick.take(best, quick.picked_by(best, at));
        }
        slow.take(best, slow.picked_by(best, at));
        REQUIRE(quick.free_at(best) == slow.free_at(best));
      }
    }
  }
  CHECK(taken_at_once > 40'000);
}

TEST_CASE("PickingRow: nothing is taken beyond what was allowed") {
  PickingRow row = row_of(1);
  if (!row.has_lanes()) return;
  PickingRow::Lanes opens;
  PickingRow::Lanes ways;
  opens.ns[0] = 0;
  ways.ns[0] = 0;
  CHECK_FALSE(row.take_earliest(Instant(1h), opens, ways).any);
  row.allow(0, Instant(1h), Instant(2h));
  CHECK(row.take_earliest(Instant(1h), opens, ways).eta_ns == Duration(1h + 1s).count());
  CHECK(row.take_earliest(Instant(2h - 1s), opens, ways).any);
  // This one would end a second later, and that one is asked for too early.
  CHECK_FALSE(row.take_earliest(Instant(2h - 1s), opens, ways).any);
  row = row_of(1);
  row.allow(0, Instant(1h), Instant(2h));
  CHECK_FALSE(row.take_earliest(Instant(59min), opens, ways).any);
  CHECK(row.free_at(0) == Instant());
}

}  // namespace
}  // namespace double11::stages
