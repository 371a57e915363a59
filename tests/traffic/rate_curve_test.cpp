#include <double11/traffic/rate_curve.hpp>

#include <algorithm>
#include <cstdint>
#include <random>

#include "catch.hpp"

namespace double11::traffic {
namespace {

using namespace std::chrono_literals;
using scenario::Shape;

scenario::Traffic traffic_of(std::vector<scenario::CurvePoint> curve, double scale = 1.0) {
  scenario::Traffic traffic;
  traffic.curve = std::move(curve);
  traffic.scale = scale;
  return traffic;
}

scenario::Traffic random_traffic(std::mt19937_64& random) {
  std::vector<scenario::CurvePoint> curve;
  Duration at{0};
  const std::size_t points = 1 + random() % 8;
  for (std::size_t i = 0; i < points; ++i) {
    const double rate = random() % 4 == 0 ? 0 : static_cast<double>(random() % 100'000);
    curve.push_back({at, rate, random() % 2 == 0 ? Shape::ramp : Shape::step});
    at += Duration(static_cast<std::int64_t>(1 + random() % 3'000'000'000));
  }
  return traffic_of(std::move(curve), 0.5 + static_cast<double>(random() % 8) / 4);
}

// The rate as the scenario file says it, by a walk over the points.
double model_rate(const scenario::Traffic& traffic, Duration when) {
  std::size_t i = 0;
  while (i + 1 < traffic.curve.size() && traffic.curve[i + 1].at <= when) ++i;
  const scenario::CurvePoint& from = traffic.curve[i];
  double rate = from.rate_per_s;
  if (from.shape == Shape::ramp && i + 1 < traffic.curve.size()) {
    const scenario::CurvePoint& to = traffic.curve[i + 1];
    rate += (to.rate_per_s - from.rate_per_s) * seconds_of(when - from.at) /
            seconds_of(to.at - from.at);
  }
  return rate * traffic.scale;
}

}  // namespace

TEST_CASE("a step keeps its rate until the next point, which starts at its own instant") {
  const RateCurve curve(traffic_of({{0s, 100, Shape::step}, {10s, 300, Shape::step}}));
  CHECK(curve.rate_per_s(Instant(0s)) == Approx(100));
  CHECK(curve.rate_per_s(Instant(10s - 1ns)) == Approx(100));
  CHECK(curve.rate_per_s(Instant(10s)) == Approx(300));
  CHECK(curve.rate_per_s(Instant(1000s)) == Approx(300));
  CHECK(curve.expected_until(Instant(0s)) == 0.0);
  CHECK(curve.expected_until(Instant(10s)) == Approx(1000));
  CHECK(curve.expected_until(Instant(12s)) == Approx(1600));
}

TEST_CASE("a ramp is a line and its integral a trapezoid") {
  const RateCurve curve(traffic_of({{0s, 100, Shape::ramp}, {10s, 300, Shape::step}}));
  CHECK(curve.rate_per_s(Instant(0s)) == Approx(100));
  CHECK(curve.rate_per_s(Instant(5s)) == Approx(200));
  CHECK(curve.rate_per_s(Instant(10s)) == Approx(300));
  CHECK(curve.expected_until(Instant(5s)) == Approx(750));
  CHECK(curve.expected_until(Instant(10s)) == Approx(2000));
  CHECK(curve.expected_until(Instant(11s)) == Approx(2300));
}

TEST_CASE("a ramp at the last point has nowhere to go and keeps its rate") {
  const RateCurve curve(traffic_of({{0s, 100, Shape::ramp}}));
  CHECK(curve.rate_per_s(Instant(100s)) == Approx(100));
  CHECK(curve.expected_until(Instant(100s)) == Approx(10'000));
}

TEST_CASE("scale multiplies rates and integrals") {
  const std::vector<scenario::CurvePoint> points{{0s, 100, Shape::ramp}, {4s, 40, Shape::step}};
  const RateCurve plain(traffic_of(points));
  const RateCurve scaled(traffic_of(points, 2.5));
  for (const Duration when : {0s, 1s, 3s, 4s, 9s}) {
    CHECK(scaled.rate_per_s(Instant(when)) == Approx(2.5 * plain.rate_per_s(Instant(when))));
    CHECK(scaled.expected_until(Instant(when)) ==
          Approx(2.5 * plain.expected_until(Instant(when))));
  }
  CHECK(scaled.peak_per_s(Instant(9s)) == Approx(250));
}

TEST_CASE("random curves have the rate of the model and the integral of their rate") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const scenario::Traffic traffic = random_traffic(random);
    const RateCurve curve(traffic);
    const Duration end = traffic.curve.back().at + 2s;
    for (int i = 0; i < 100; ++i) {
      const Duration when(
          static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end.count())));
      CAPTURE(when.count());
      REQUIRE(curve.rate_per_s(Instant(when)) ==
              Approx(model_rate(traffic, when)).epsilon(1e-9).margin(1e-6));
    }
    // The rate is linear between points, so the trapezoid rule over each piece is exact.
    double integral = 0;
    for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
      const Duration from = traffic.curve[i].at;
      const Duration to = i + 1 < traffic.curve.size() ? traffic.curve[i + 1].at : end;
      REQUIRE(curve.expected_until(Instant(from)) == Approx(integral).margin(1e-6));
      integral +=
          seconds_of(to - from) * 0.5 * (model_rate(traffic, from) + model_rate(traffic, to - 1ns));
    }
    REQUIRE(curve.expected_until(Instant(end)) == Approx(integral).epsilon(1e-6).margin(1e-3));
  }
}

TEST_CASE("expected arrivals never fall over time") {
  for (std::uint64_t seed = 101; seed <= 130; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const scenario::Traffic traffic = random_traffic(random);
    const RateCurve curve(traffic);
    double before = 0;
    for (Duration when{0}; when < traffic.curve.back().at + 1s; when += 7ms) {
      const double now = curve.expected_until(Instant(when));
      REQUIRE(now >= before - 1e-9);
      before = now;
    }
  }
}

TEST_CASE("the peak counts only what lies before the end") {
  const RateCurve curve(traffic_of(
      {{0s, 100, Shape::ramp}, {10s, 300, Shape::step}, {20s, 900, Shape::step}, {21s, 1, {}}}));
  CHECK(curve.peak_per_s(Instant(5s)) == Approx(200));
  CHECK(curve.peak_per_s(Instant(10s)) == Approx(300));
  CHECK(curve.peak_per_s(Instant(20s)) == Approx(300));  // [0, end) is open
  CHECK(curve.peak_per_s(Instant(20s + 1ns)) == Approx(900));
  CHECK(curve.peak_per_s(Instant(100s)) == Approx(900));
}

TEST_CASE("no instant of a random curve passes its peak, and one reaches it") {
  for (std::uint64_t seed = 201; seed <= 230; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const scenario::Traffic traffic = random_traffic(random);
    const RateCurve curve(traffic);
    const Duration end = traffic.curve.back().at + 1s;
    double highest = 0;
    for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
      const Duration from = traffic.curve[i].at;
      const Duration to = i + 1 < traffic.curve.size() ? traffic.curve[i + 1].at : end;
      highest = std::max({highest, model_rate(traffic, from), model_rate(traffic, to - 1ns)});
    }
    REQUIRE(curve.peak_per_s(Instant(end)) == Approx(highest).epsilon(1e-6).margin(1e-3));
  }
}

}  // namespace double11::traffic
