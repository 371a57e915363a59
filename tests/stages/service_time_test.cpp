// Service times: the tabulated distributions have the mean and the percentiles they are named by.
#include <double11/core/random.hpp>
#include <double11/stages/service_time.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::Distribution;
using scenario::RandomDuration;

constexpr std::size_t kDraws = 200'000;

std::vector<double> draws_of(const QuantileTable& table) {
  std::vector<double> draws(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i) {
    draws[i] = static_cast<double>(table(random_block(42, Purpose::payment, i).wide(0)));
  }
  return draws;
}

double mean_of(const std::vector<double>& draws) {
  double sum = 0;
  for (const double draw : draws) sum += draw;
  return sum / static_cast<double>(draws.size());
}

// How far the count of draws at or below `value` is from `share` of all, in standard deviations.
double z_of_share(const std::vector<double>& draws, double value, double share) {
  const auto below = static_cast<double>(
      std::count_if(draws.begin(), draws.end(), [&](double draw) { return draw <= value; }));
  const auto n = static_cast<double>(draws.size());
  return (below - n * share) / std::sqrt(n * share * (1 - share));
}

// Two-sided alpha of 1e-4.
constexpr double kZ = 3.89;

TEST_CASE("service_time: constant is always the mean") {
  const QuantileTable table = service_time({Distribution::constant, 80ms, 60ms, 250ms});
  CHECK(table.mean() == Approx(80e6));
  for (const double draw : draws_of(table)) REQUIRE(draw == 80e6);
}

TEST_CASE("service_time: exponential has its mean, p50 and p99") {
  const QuantileTable table = service_time({Distribution::exponential, 80ms, 60ms, 250ms});
  const auto draws = draws_of(table);
  CHECK(table.mean() == Approx(80e6).epsilon(1e-3));
  // The standard deviation of an exponential is its mean.
  CHECK(std::abs(mean_of(draws) - 80e6) < kZ * 80e6 / std::sqrt(kDraws));
  CHECK(std::abs(z_of_share(draws, 80e6 * std::log(2.0), 0.5)) < kZ);
  CHECK(std::abs(z_of_share(draws, 80e6 * std::log(100.0), 0.99)) < kZ);
  CHECK(std::abs(z_of_share(draws, 80e6 * std::log(1000.0), 0.999)) < kZ);
}

TEST_CASE("service_time: lognormal has its p50, p99 and mean") {
  const QuantileTable table = service_time({Distribution::lognormal, 80ms, 60ms, 250ms});
  const auto draws = draws_of(table);
  const double sigma = std::log(250.0 / 60.0) / 2.3263478740408408;
  const double mean = 60e6 * std::exp(sigma * sigma / 2);
  const double deviation = mean * std::sqrt(std::exp(sigma * sigma) - 1);
  CHECK(table.mean() == Approx(mean).epsilon(1e-3));
  CHECK(std::abs(mean_of(draws) - mean) < kZ * deviation / std::sqrt(kDraws));
  CHECK(std::abs(z_of_share(draws, 60e6, 0.5)) < kZ);
  CHECK(std::abs(z_of_share(draws, 250e6, 0.99)) < kZ);
  // One standard deviation below the median: 15.87 % of all.
  CHECK(std::abs(z_of_share(draws, 60e6 * std::exp(-sigma), 0.15865525393145707)) < kZ);
}

TEST_CASE("service_time: no draw is negative, even at the ends of the range") {
  for (const auto distribution :
       {Distribution::constant, Distribution::exponential, Distribution::lognormal}) {
    for (const auto& [p50, p99] :
         {std::pair<Duration, Duration>{1us, 2us}, {1us, 24h}, {23h, 24h}}) {
      const RandomDuration duration{distribution, p50, p50, p99};
      const QuantileTable table = service_time(duration);
      INFO("distribution " << static_cast<int>(distribution) << " p99 " << p99.count());
      CHECK(table(0) >= 0);
      CHECK(table(UINT64_MAX) >= table(0));
      CHECK(table(UINT64_MAX / 2) >= table(0));
      CHECK(std::isfinite(table.mean()));
      CHECK(table.mean() > 0);
    }
  }
}

}  // namespace
}  // namespace double11::stages
