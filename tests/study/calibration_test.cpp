#include <double11/core/random.hpp>
#include <double11/scenario/load.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/study/calibration.hpp>
#include <double11/study/fitted_law.hpp>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::study {
namespace {

using scenario::Distribution;
using scenario::RandomDuration;
using std::chrono::milliseconds;

constexpr std::int64_t kDraws = 200'000;

// Draws from a law, as if somebody had measured them.
Timings measured_of(const RandomDuration& law) {
  const QuantileTable table = stages::service_time(law);
  Timings timings;
  for (std::int64_t i = 0; i < kDraws; ++i) {
    timings.add(table(random_block(7, Purpose::service, static_cast<std::uint64_t>(i)).wide(0)));
  }
  return timings;
}

std::vector<RandomDuration> all_laws() {
  using enum Distribution;
  std::vector<RandomDuration> laws;
  for (const Distribution distribution : {exponential, lognormal, uniform, erlang, gamma,
                                          lognormal_mean, weibull, pareto, hyperexponential}) {
    RandomDuration law;
    law.distribution = distribution;
    law.least = milliseconds(20);
    law.shape = distribution == weibull ? 1.7 : 3;
    law.sigma = 0.6;
    laws.push_back(law);
  }
  return laws;
}

}  // namespace

TEST_CASE("the share of a law up to a value is what its draws say") {
  for (const RandomDuration& law : all_laws()) {
    CAPTURE(static_cast<int>(law.distribution));
    const Timings timings = measured_of(law);
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
      const double expected = share_up_to(law, timings.quantile_ns(share));
      const double deviation = std::sqrt(share * (1 - share) / kDraws);
      // The cell of the percentile is 0.1 % wide.
      CHECK(std::abs(expected - share) < 4 * deviation + 0.001);
    }
    CHECK(share_up_to(law, -1) == 0);
  }
  RandomDuration constant;
  constant.distribution = Distribution::constant;
  CHECK(share_up_to(constant, 79'999'999) == 0);
  CHECK(share_up_to(constant, 80'000'000) == 1);
}

TEST_CASE("fitted laws: the true one is near, and nothing is nearer by more than chance") {
  for (const RandomDuration& law : all_laws()) {
    CAPTURE(static_cast<int>(law.distribution));
    const auto laws = fitted_laws(measured_of(law));
    // 1.95 / sqrt(n) is the 0.1 % point of the distance to the true law (Massey 1951); hyper-
    // exponentials are fitted by moments, which scatter more.
    const double chance = 1.95 / std::sqrt(static_cast<double>(kDraws));
    const double allowed = law.distribution == Distribution::hyperexponential ? 4 * chance : chance;
    bool found = false;
    for (const FittedLaw& fitted : laws) {
      if (fitted.law.distribution != law.distribution) continue;
      found = true;
      CHECK(fitted.distance < allowed + 0.001);
      CHECK(std::abs(fitted.measured_share - fitted.law_share) == Approx(fitted.distance));
    }
    CHECK(found);
    CHECK(laws.front().distance <= laws.back().distance);
  }
}

TEST_CASE("fitted laws: a single value is constant, and zeros rule logarithms out") {
  Timings single;
  single.add(5'000'000, 100);
  const auto constant = fitted_laws(single);
  REQUIRE(constant.size() == 1);
  CHECK(constant[0].law.distribution == Distribution::constant);
  CHECK(constant[0].distance == 0);
  Timings nothing;
  nothing.add(0, 100);
  REQUIRE(fitted_laws(nothing).size() == 1);
  CHECK(fitted_laws(nothing)[0].distance == 0);

  Timings with_zero = measured_of(all_laws().front());
  with_zero.add(0);
  for (const FittedLaw& fitted : fitted_laws(with_zero)) {
    CHECK(fitted.law.distribution != Distribution::gamma);
    CHECK(std::isfinite(fitted.distance));
  }
}

TEST_CASE("what is drawn from a piece agrees with what was measured") {
  const Timings measured = measured_of(all_laws()[1]);
  for (const char* const key : {"payment.latency", "network.stations[my \"db\"].service"}) {
    CAPTURE(key);
    const auto target = target_of(key);
    REQUIRE(target);
    CHECK(target->key() == key);
    const CalibratedLaw law = empirical(measured, 200);
    CHECK(law.histogram.size() <= 200);
    const scenario::Loaded loaded = with_piece(piece_of(*target, law));
    REQUIRE(loaded.scenario);
    const Timings drawn = drawn_from(*loaded.scenario, *target, kDraws, 3);
    for (const CalibrationFigure& figure : agreement(measured, law, drawn)) {
      CAPTURE(figure.name, figure.measured_ns, figure.drawn_ns);
      CHECK(std::abs(figure.z) < 4);
      CHECK(figure.z != 0);
    }
  }
}

TEST_CASE("every fitted law is a valid piece of a scenario") {
  for (const RandomDuration& law : all_laws()) {
    const Timings measured = measured_of(law);
    for (const FittedLaw& fitted : fitted_laws(measured)) {
      for (const char* const key :
           {"payment.latency", "payment.channels[bank].latency", "network.stations[db].service"}) {
        CAPTURE(key, static_cast<int>(fitted.law.distribution));
        const auto target = target_of(key);
        REQUIRE(target);
        const scenario::Loaded loaded = with_piece(piece_of(*target, {fitted.law, {}}));
        for (const auto& problem : loaded.problems) UNSCOPED_INFO(scenario::text_of(problem));
        REQUIRE(loaded.scenario);
        const Timings drawn = drawn_from(*loaded.scenario, *target, 1'000, 3);
        CHECK(drawn.count() == 1'000);
      }
    }
  }
}

TEST_CASE("a law goes into the place of a scenario that is named, and only there") {
  const CalibratedLaw law = empirical(measured_of(all_laws()[1]), 10);
  scenario::Scenario scenario;
  scenario.network.stations.resize(2);
  scenario.network.stations[0].name = "web";
  scenario.network.stations[1].name = "db";
  scenario.network.histogram = {{"web", milliseconds(1), 1}, {"db", milliseconds(2), 1}};
  CHECK_FALSE(put_into(scenario, *target_of("network.stations[cache].service"), law));
  CHECK_FALSE(put_into(scenario, *target_of("payment.latency"), law));
  REQUIRE(put_into(scenario, *target_of("network.stations[db].service"), law));
  CHECK(scenario.network.stations[1].service.distribution == Distribution::empirical);
  CHECK(scenario.network.stations[0].service.distribution == Distribution::exponential);
  CHECK(scenario.network.histogram.size() == 1 + law.histogram.size());
  CHECK(scenario.network.histogram.front().station == "web");
}

TEST_CASE("places that can be calibrated") {
  CHECK_FALSE(target_of("payment"));
  CHECK_FALSE(target_of("payment.channels[].latency"));
  CHECK_FALSE(target_of("network.stations[x].patience"));
  CHECK(target_of("payment.latency")->least_ns() == 1'000);
  CHECK(target_of("network.stations[x].service")->least_ns() == 0);
  CHECK_FALSE(target_of("payment.channels[x].latency")->has_histogram());
}

}  // namespace double11::study
