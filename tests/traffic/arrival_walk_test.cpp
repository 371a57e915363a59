// Arrivals that follow from one another through the slices: the laws of their gaps, and that slices
// are pieces of one walk whoever makes them.
#include <double11/scenario/limits.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "arrival_extremes.hpp"
#include "catch.hpp"
#include "core/statistics.hpp"
#include "scenarios.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

using namespace std::chrono_literals;
using namespace statistics;
using scenario::small_scenario;

using Overrides = std::vector<std::string>;

const Overrides kErlang{"traffic.arrivals=erlang", "traffic.arrivals_shape=4"};
const Overrides kHyperexponential{"traffic.arrivals=hyperexponential", "traffic.arrivals_scv=4"};
const Overrides kMmpp{"traffic.arrivals=mmpp", "traffic.mmpp.high_factor=3",
                      "traffic.mmpp.high_mean=1ms", "traffic.mmpp.low_mean=3ms"};

// A ramp, a pause and a wave.
const std::string kCurve =
    R"(traffic.curve=[{"at":"0s","rate":"1k/s","shape":"ramp"},{"at":"2s","rate":"40k/s"},)"
    R"({"at":"3s","rate":"0/s"},{"at":"3500ms","rate":"30k/s"}])";
const std::string kWave = R"(traffic.wave={"amplitude":0.5,"period":"700ms"})";

Overrides operator+(Overrides a, const Overrides& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool walks(const scenario::Scenario& scenario) {
  return scenario.traffic.arrivals != scenario::Arrivals::poisson &&
         scenario.traffic.arrivals != scenario::Arrivals::constant;
}

std::vector<Order> slice_of(const Arrivals& arrivals, std::uint64_t slice, ArrivalCursor& cursor) {
  std::vector<Order> orders;
  arrivals.make(slice, cursor, orders);
  return orders;
}

// Gaps in units of expected arrivals.
std::vector<double> gaps_of(const Overrides& overrides) {
  const scenario::Scenario scenario = small_scenario(overrides);
  const Arrivals arrivals(scenario);
  std::vector<double> gaps;
  double before = 0;
  for (const Order& order : all_orders(arrivals)) {
    const double at = arrivals.curve().expected_until(order.planned);
    gaps.push_back(at - before);
    before = at;
  }
  return gaps;
}

void check_gaps(const std::vector<double>& gaps, double scv) {
  REQUIRE(gaps.size() > 50'000);
  const auto n = static_cast<double>(gaps.size());
  double sum = 0;
  std::vector<double> squares;
  std::vector<double> neighbours;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    sum += gaps[i];
    squares.push_back((gaps[i] - 1) * (gaps[i] - 1));
    if (i > 0) neighbours.push_back((gaps[i] - 1) * (gaps[i - 1] - 1));
  }
  CHECK(std::abs(sum - n) < kZLimit * std::sqrt(n * scv));
  CHECK(std::abs(z_of_mean(squares, scv)) < kZLimit);
  CHECK(std::abs(z_of_mean(neighbours, 0)) < kZLimit);
}

}  // namespace

TEST_CASE("gaps of a renewal process in a sale have their mean and variance, and no memory") {
  const Overrides flat{"traffic.curve[0].rate=20k/s", "duration=5s"};
  const Overrides curved{kCurve, kWave, "duration=6s"};
  for (const std::string seed : {"seed=1", "seed=2"}) {
    for (const Overrides& curve : {flat, curved}) {
      CAPTURE(seed, curve[0]);
      check_gaps(gaps_of(curve + kErlang + Overrides{seed}), 0.25);
      check_gaps(gaps_of(curve + kHyperexponential + Overrides{seed}), 4);
    }
  }
}

TEST_CASE("hyperexponential gaps have the two exponentials") {
  const double share = 0.5 * (1 + std::sqrt(3.0 / 5.0));  // of the quick one, for scv = 4
  const auto above = [&](double gap) {
    return share * std::exp(-2 * share * gap) + (1 - share) * std::exp(-2 * (1 - share) * gap);
  };
  std::vector<std::int64_t> cells(20);
  for (const double gap :
       gaps_of(Overrides{"traffic.curve[0].rate=20k/s", "duration=5s"} + kHyperexponential)) {
    ++cells.at(static_cast<std::size_t>(20 * (1 - above(gap))));
  }
  CHECK(chi_square_even(cells) < chi_square_limit(19));
}

TEST_CASE("counts of mmpp arrivals have the mean of the curve and the variance of two states") {
  // Mean m and variance of the count in a window of length t: m + 2 v (t / r - (1 - e^-rt) / r^2)
  // with the variance v of the rate and the rates r at which it changes, added up.
  const double rate = 20'000;
  const double high = 3 * rate;
  const double low = rate * (1 - 0.25 * 3) / 0.75;
  const double variance_of_rate = 0.25 * 0.75 * (high - low) * (high - low);
  const double r = 1e3 + 1e3 / 3;
  for (const std::size_t window_ms : {1U, 2U, 10U}) {
    for (const std::string seed : {"seed=1", "seed=2"}) {
      CAPTURE(seed, window_ms);
      const scenario::Scenario scenario =
          small_scenario(kMmpp + Overrides{"traffic.curve[0].rate=20k/s", "duration=40s", seed});
      const Arrivals arrivals(scenario);
      // Windows 20 ms apart have next to nothing in common.
      const std::size_t every = window_ms + 20;
      const double t = static_cast<double>(window_ms) * 1e-3;
      const double mean = rate * t;
      const double variance =
          mean + 2 * variance_of_rate * (t / r - (1 - std::exp(-r * t)) / (r * r));
      std::vector<double> counts;
      std::vector<double> squares;
      ArrivalCursor cursor;
      for (std::uint64_t slice = 0; slice + window_ms <= arrivals.slices(); slice += every) {
        std::vector<Order> orders;
        for (std::uint64_t i = 0; i < window_ms; ++i) arrivals.make(slice + i, cursor, orders);
        const double off = static_cast<double>(orders.size()) - mean;
        counts.push_back(off);
        squares.push_back(off * off);
      }
      REQUIRE(counts.size() > 1'000);
      CHECK(std::abs(z_of_mean(counts, 0)) < kZLimit);
      CHECK(std::abs(z_of_mean(squares, variance)) < kZLimit);
    }
  }
}

TEST_CASE("slices are the pieces of one walk") {
  for (const Overrides& process : kArrivalExtremes) {
    for (const Overrides& curve : {Overrides{"traffic.curve[0].rate=20k/s", "duration=500300us"},
                                   Overrides{kCurve, kWave, "duration=4s"}}) {
      CAPTURE(process, curve[0]);
      const scenario::Scenario scenario = small_scenario(process + curve);
      if (!walks(scenario)) continue;
      const Arrivals arrivals(scenario);
      const ArrivalLaw law(scenario.traffic, scenario.duration);
      // Off by a nanosecond and by the staircase within a slice.
      const bool flat = scenario.traffic.wave.amplitude == 0;
      const std::int64_t off_ns = flat ? 2 : scenario::kSlice.count();
      ArrivalTimes times(law, static_cast<std::uint64_t>(scenario.seed));
      UnitArrivals walk(law, static_cast<std::uint64_t>(scenario.seed));
      for (const Order& order : all_orders(arrivals)) {
        const double expected = walk.next();
        REQUIRE(std::abs(nanoseconds_of(order.planned) - times.next()) <= off_ns);
        const Duration since_start = order.planned.time_since_epoch();
        const double early = arrivals.curve().expected_until(
            Instant(std::max(Duration(0), since_start - Duration(off_ns))));
        const double late = arrivals.curve().expected_until(order.planned + Duration(off_ns));
        REQUIRE(expected > early - 1e-6);
        REQUIRE(expected < late + 1e-6);
      }
      CHECK(times.next() == ArrivalTimes::kNone);
      CHECK(walk.next() >= arrivals.curve().expected_until(Instant(scenario.duration)));
    }
  }
}

TEST_CASE("cursors that share the slices, in whatever order, make the same orders") {
  const std::uint64_t seed = 4711;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (const Overrides& process : kArrivalExtremes) {
    CAPTURE(process);
    const scenario::Scenario scenario =
        small_scenario(process + Overrides{"traffic.curve[0].rate=50k/s", "duration=200500us"});
    const Arrivals arrivals(scenario);
    std::vector<std::uint64_t> straight;
    ArrivalCursor cursor;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      std::uint64_t sum = 0;
      for (const Order& order : slice_of(arrivals, slice, cursor)) sum += fingerprint_of(order);
      straight.push_back(sum);
    }
    std::array<ArrivalCursor, 3> cursors;
    const auto check = [&](std::uint64_t slice, ArrivalCursor& by) {
      std::uint64_t sum = 0;
      for (const Order& order : slice_of(arrivals, slice, by)) sum += fingerprint_of(order);
      REQUIRE(sum == straight[slice]);
    };
    // Shared out, then anywhere, then past the end.
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      check(slice, cursors[random() % cursors.size()]);
    }
    for (int i = 0; i < 100; ++i) {
      check(random() % arrivals.slices(), cursors[random() % cursors.size()]);
    }
    CHECK(slice_of(arrivals, arrivals.slices() + 5, cursors[0]).empty());
    check(0, cursors[0]);
  }
}

TEST_CASE("the highest rate that a scenario may ask for fits a slice") {
  for (const Overrides& process :
       {Overrides{"traffic.curve[0].rate=1G/s"} + kErlang,
        Overrides{"traffic.curve[0].rate=1G/s", "traffic.arrivals=hyperexponential",
                  "traffic.arrivals_scv=1000"},
        Overrides{"traffic.curve[0].rate=1M/s", "traffic.arrivals=mmpp",
                  "traffic.mmpp.high_factor=1000", "traffic.mmpp.high_mean=10ms",
                  "traffic.mmpp.low_mean=10s"}}) {
    CAPTURE(process);
    const scenario::Scenario scenario =
        small_scenario(process + Overrides{"duration=3ms", "traffic.basket=[1]"});
    const Arrivals arrivals(scenario);
    ArrivalCursor cursor;
    for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
      const auto orders = slice_of(arrivals, slice, cursor);
      CHECK(orders.size() < OrderId::kIndexEnd);
      for (std::size_t i = 1; i < orders.size(); ++i) {
        if (orders[i].planned < orders[i - 1].planned) FAIL("out of order");
      }
    }
  }
}

}  // namespace double11::traffic
