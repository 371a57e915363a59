// Mean and second moment of the tabulated laws against the exact ones.
#include <double11/core/quantile_table.hpp>
#include <double11/stages/service_time.hpp>

#include <cmath>

#include "catch.hpp"

namespace double11::stages {
namespace {

using scenario::Distribution;
using scenario::RandomDuration;

// The second moment by Simpson's rule over the cells of the table, each being a straight line.
double second_moment(const QuantileTable& table) {
  double sum = 0;
  for (const bool upper : {false, true}) {
    for (unsigned octave = 0; octave < QuantileTable::kOctaves; ++octave) {
      const std::uint64_t low = std::uint64_t{1} << (62U - octave);
      const std::uint64_t width = low >> QuantileTable::kCellBits;
      const auto at = [&](std::uint64_t distance) {
        const auto value = static_cast<double>(table(upper ? ~distance : distance));
        return value * value;
      };
      for (std::uint64_t cell = 0; cell < QuantileTable::kCells; ++cell) {
        const std::uint64_t begin = low + cell * width;
        sum += std::ldexp(static_cast<double>(width), -64) / 6 *
               (at(begin) + 4 * at(begin + width / 2) + at(begin + width - 1));
      }
    }
  }
  return sum;
}

RandomDuration law(Distribution distribution, double shape, double sigma, double scv) {
  RandomDuration duration;
  duration.distribution = distribution;
  duration.mean = std::chrono::seconds(1);
  duration.most = std::chrono::seconds(2);
  duration.shape = shape;
  duration.sigma = sigma;
  duration.scv = scv;
  return duration;
}

}  // namespace

TEST_CASE("light-tailed laws have their mean and variance within 1e-4") {
  const auto check = [](const RandomDuration& duration, double scv) {
    CAPTURE(static_cast<int>(duration.distribution));
    const QuantileTable table = service_time(duration);
    CHECK(table.mean() == Approx(1e9).epsilon(1e-4));
    CHECK(second_moment(table) == Approx((1 + scv) * 1e18).epsilon(1e-4));
  };
  check(law(Distribution::constant, 2, 1, 4), 0);
  check(law(Distribution::exponential, 2, 1, 4), 1);
  check(law(Distribution::uniform, 2, 1, 4), 1.0 / 3);
  check(law(Distribution::erlang, 4, 1, 4), 0.25);
  check(law(Distribution::gamma, 0.5, 1, 4), 2);
  check(law(Distribution::lognormal_mean, 2, 0.5, 4), std::exp(0.25) - 1);
  check(law(Distribution::weibull, 2, 1, 4), 4 / std::acos(-1.0) - 1);
  check(law(Distribution::hyperexponential, 2, 1, 9), 9);
}

TEST_CASE("heavy tails lack what lies beyond one draw in 2^32") {
  // Lognormal of sigma 1.5: the share of E X^2 beyond is 1 - Phi(6.23 - 2 sigma) = 6e-4.
  const QuantileTable heavy = service_time(law(Distribution::lognormal_mean, 2, 1.5, 4));
  CHECK(second_moment(heavy) == Approx(std::exp(2.25) * 1e18).epsilon(1e-3));
  const QuantileTable table = service_time(law(Distribution::pareto, 2.5, 1, 4));
  CHECK(table.mean() == Approx(1e9).epsilon(1e-4));
  // E X^2 = shape x_min^2 / (shape - 2) = 1.8 s^2, less a share of 2^(-32 (1 - 2 / shape)).
  CHECK(second_moment(table) < 1.8e18);
  CHECK(second_moment(table) > 1.8e18 * 0.98);
}

}  // namespace double11::stages
