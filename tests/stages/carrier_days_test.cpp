// A carrier: hours, cut-off, a day's capacity, outages.
#include <double11/stages/carrier_days.hpp>
#include <double11/stages/picking_clock.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using Faults = std::vector<WorkClock::Step>;

Instant at(Duration duration) {
  return Instant(duration);
}

scenario::Carrier carrier(Duration opens, Duration cut_off, std::int64_t parcels_per_day) {
  scenario::Carrier result;
  result.opens = opens;
  result.cut_off = cut_off;
  result.parcels_per_day = parcels_per_day;
  return result;
}

TEST_CASE("CarrierDays: what is ready until the cut-off goes at once, what is later waits") {
  CarrierDays days(carrier(6h, 18h, 0), 0h, {});
  CHECK(days.handover(at(7h)).leaves == at(7h));
  CHECK(days.handover(at(1h)).leaves == at(6h));
  CHECK(days.handover(at(18h)).leaves == at(18h));
  const auto late = days.handover(at(18h + 1ns));
  CHECK(late.leaves == at(30h));
  CHECK(late.after_cut_off);
  CHECK_FALSE(days.handover(at(18h)).after_cut_off);
}

TEST_CASE("CarrierDays: without a cut-off or a limit nothing waits") {
  CarrierDays days(carrier(0h, 24h, 0), 7h, {});
  for (const Duration ready : {0h, 16h, 17h, 23h, 1000h}) {
    CHECK(days.handover(at(ready)).leaves == at(ready));
  }
}

TEST_CASE("CarrierDays: hours are times of day") {
  CarrierDays days(carrier(6h, 18h, 0), 17h, {});
  CHECK(days.handover(at(1h)).leaves == at(1h));
  CHECK(days.handover(at(2h)).leaves == at(13h));
}

TEST_CASE("CarrierDays: a full day puts parcels off to the next one with room") {
  CarrierDays days(carrier(8h, 20h, 2), 0h, {});
  std::vector<Instant> leaves;
  for (int i = 0; i < 7; ++i) {
    const auto handover = days.handover(at(9h));
    CHECK(handover.over_capacity == (i >= 2));
    days.book(handover);
    leaves.push_back(handover.leaves);
  }
  CHECK(leaves ==
        std::vector<Instant>{at(9h), at(9h), at(32h), at(32h), at(56h), at(56h), at(80h)});
  // Days may be asked for in any order.
  CHECK(days.handover(at(40h)).leaves == at(80h));
  CHECK(days.handover(at(200h)).leaves == at(200h));
}

TEST_CASE("CarrierDays: an outage holds parcels up, and takes its share of the day's capacity") {
  const Faults faults{{at(10h), 0}, {at(16h), WorkClock::kUsual}};
  CarrierDays unlimited(carrier(8h, 20h, 0), 0h, faults);
  CHECK(unlimited.handover(at(9h)).leaves == at(9h));
  CHECK(unlimited.handover(at(11h)).leaves == at(16h));
  CarrierDays limited(carrier(8h, 20h, 4), 0h, faults);
  std::vector<Instant> leaves;
  for (int i = 0; i < 4; ++i) {
    const auto handover = limited.handover(at(9h));
    limited.book(handover);
    leaves.push_back(handover.leaves);
  }
  CHECK(leaves == std::vector<Instant>{at(9h), at(9h), at(32h), at(32h)});
  // Over the cut-off it is the next day.
  CarrierDays evening(carrier(8h, 20h, 0), 0h, {{at(19h), 0}, {at(33h), WorkClock::kUsual}});
  CHECK(evening.handover(at(19h)).leaves == at(33h));
}

TEST_CASE("CarrierDays: against a list of days that is searched from its start") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const auto hour = [&](std::uint64_t most) { return static_cast<int>(random() % most) * 1h; };
    const Duration opens = hour(12);
    const Duration cut_off = std::min<Duration>(24h, opens + 1h + hour(13));
    const Duration starts_at = hour(24);
    const auto limit = static_cast<std::int64_t>(random() % 6);
    CarrierDays days(carrier(opens, cut_off, limit), starts_at, {});
    std::vector<std::int64_t> booked(1000);
    for (int i = 0; i < 300; ++i) {
      const Duration ready(static_cast<std::int64_t>(random() % Duration(20 * 24h).count()));
      std::size_t day = 0;
      Duration leaves{};
      for (;; ++day) {
        const Duration midnight = static_cast<int>(day) * 24h - starts_at;
        if (ready > midnight + cut_off) continue;
        if (limit > 0 && booked[day] == limit) continue;
        leaves = std::max(ready, midnight + opens);
        break;
      }
      const auto handover = days.handover(at(ready));
      REQUIRE(handover.leaves == at(leaves));
      const auto stretch = days.stretch_from(at(ready));
      REQUIRE(stretch.of_the_first.leaves == handover.leaves);
      REQUIRE(stretch.until >= at(ready));
      // Its ends, and whatever is between.
      const Duration length = stretch.until - at(ready);
      const Duration inside(
          static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(length.count() + 1)));
      for (const Duration later : {Duration(0), inside, length}) {
        const auto same = days.handover(at(ready + later));
        REQUIRE(same.leaves == std::max(at(ready + later), stretch.opens));
        REQUIRE(same.day == handover.day);
        REQUIRE(same.after_cut_off == handover.after_cut_off);
        REQUIRE(same.over_capacity == handover.over_capacity);
      }
      const bool last = days.book(handover);
      ++booked[day];
      REQUIRE(last == (limit > 0 && booked[day] == limit));
    }
  }
}

TEST_CASE("CarrierDays: with outages no stretch is promised") {
  CarrierDays days(carrier(6h, 18h, 0), 0h, {{at(8h), 0}, {at(10h), WorkClock::kUsual}});
  const auto stretch = days.stretch_from(at(9h));
  CHECK(stretch.until < at(9h));
  CHECK(stretch.of_the_first.leaves == at(10h));
}

TEST_CASE("CarrierDays: a century from now nobody counts") {
  CarrierDays days(carrier(0h, 1ns, 1), 0h, {});
  const auto handover = days.handover(PickingClock::kLatest + 30 * 24h);
  days.book(handover);
  CHECK(handover.leaves >= PickingClock::kLatest + 30 * 24h);
  CHECK(handover.leaves <= PickingClock::kLatest + 32 * 24h);
}

}  // namespace
}  // namespace double11::stages
