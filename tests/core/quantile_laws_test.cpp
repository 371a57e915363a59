// Draws from the tables have the mean and the variance that the law is asked for.
#include <double11/core/quantile_laws.hpp>
#include <double11/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11 {
namespace {

using namespace statistics;

void check_law(const std::string& name, const QuantileTable& table, double scv) {
  CAPTURE(name);
  constexpr double kMean = 1e9;
  CHECK(table.mean() == Approx(kMean).epsilon(1e-4));
  std::vector<double> draws;
  std::vector<double> squares;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const auto value = static_cast<double>(table(random_block(9, Purpose::renewal_gap, i).wide(0)));
    REQUIRE(value >= 0);
    draws.push_back(value / kMean);
    squares.push_back((draws.back() - 1) * (draws.back() - 1));
  }
  CHECK(std::abs(z_of_mean(draws, 1)) < kZLimit);
  CHECK(std::abs(z_of_mean(squares, scv)) < kZLimit);
}

}  // namespace

TEST_CASE("tables of laws have their mean and variance") {
  check_law("exponential", exponential_table(1e9), 1);
  check_law("gamma 0.5", gamma_table(1e9, 0.5), 2);
  check_law("gamma 1", gamma_table(1e9, 1), 1);
  check_law("gamma 3", gamma_table(1e9, 3), 1.0 / 3);
  check_law("gamma 1000", gamma_table(1e9, 1000), 1e-3);
  check_law("hyperexponential 1.001", hyperexponential_table(1e9, 1.001), 1.001);
  check_law("hyperexponential 4", hyperexponential_table(1e9, 4), 4);
  check_law("hyperexponential 50", hyperexponential_table(1e9, 50), 50);
}

}  // namespace double11
