// What holds for the arrivals on average: Poisson counts and gaps, shares of baskets and regions.
#include <double11/traffic/arrivals.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"
#include "scenarios.hpp"

namespace double11::traffic {
namespace {

using namespace statistics;
using scenario::small_scenario;

std::vector<std::int64_t> counts_of(const Arrivals& arrivals) {
  std::vector<std::int64_t> counts;
  std::vector<Order> orders;
  ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    orders.clear();
    arrivals.make(slice, cursor, orders);
    counts.push_back(static_cast<std::int64_t>(orders.size()));
  }
  return counts;
}

std::vector<Order> orders_of(const std::vector<std::string>& overrides) {
  const scenario::Scenario scenario = small_scenario(overrides);
  const Arrivals arrivals(scenario);
  std::vector<Order> orders;
  ArrivalCursor cursor;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    arrivals.make(slice, cursor, orders);
  }
  return orders;
}

std::int64_t sum_of(const std::vector<std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) sum += count;
  return sum;
}

}  // namespace

TEST_CASE("Poisson counts per slice have the mean of the rate and a variance equal to it") {
  for (const auto& [rate, mean] : {std::pair("2k/s", 2.0), {"20k/s", 20.0}, {"300/s", 0.3}}) {
    for (const std::string seed : {"1", "2", "3"}) {
      CAPTURE(rate, seed);
      const scenario::Scenario scenario = small_scenario(
          {"seed=" + seed, std::string("traffic.curve[0].rate=") + rate, "duration=2s"});
      const auto counts = counts_of(Arrivals(scenario));
      const auto n = static_cast<double>(counts.size());
      CHECK(std::abs(static_cast<double>(sum_of(counts)) - n * mean) <
            kZLimit * std::sqrt(n * mean));
      // Index of dispersion: sum of (x - mean)^2 / mean has n degrees of freedom.
      const double dispersion = chi_square(counts, std::vector<double>(counts.size(), mean));
      CHECK(dispersion < chi_square_limit(counts.size()));
      CHECK(dispersion > chi_square_limit(counts.size(), -kZLimitUpper));
    }
  }
}

TEST_CASE("neighbouring slices are independent") {
  const scenario::Scenario scenario = small_scenario({"duration=4s"});
  const auto counts = counts_of(Arrivals(scenario));
  double covariance = 0;
  for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
    covariance += (static_cast<double>(counts[i]) - 2) * (static_cast<double>(counts[i + 1]) - 2);
  }
  // Each product has mean 0 and variance 2 * 2.
  const double z = covariance / (2 * std::sqrt(static_cast<double>(counts.size() - 1)));
  CHECK(std::abs(z) < kZLimit);
}

TEST_CASE("Poisson arrivals lie evenly within their slices") {
  std::vector<std::int64_t> cells(50);
  for (const Order& order : orders_of({"duration=10s"})) {
    ++cells[static_cast<std::size_t>(nanoseconds_of(order.planned) % 1'000'000 / 20'000)];
  }
  CHECK(chi_square_even(cells) < chi_square_limit(49));
}

TEST_CASE("gaps between Poisson arrivals are exponential, across slices too") {
  const auto orders = orders_of({"duration=10s"});
  std::vector<std::int64_t> cells(20);
  for (std::size_t i = 1; i < orders.size(); ++i) {
    const double gap_s = seconds_of(orders[i].planned - orders[i - 1].planned);
    ++cells[static_cast<std::size_t>(20 * -std::expm1(-2000 * gap_s))];
  }
  CHECK(chi_square_even(cells) < chi_square_limit(19));
}

TEST_CASE("Poisson arrivals follow the curve") {
  const scenario::Scenario scenario = small_scenario(
      {R"(traffic.curve=[{"at":"0s","rate":"1k/s","shape":"ramp"},{"at":"1s","rate":"9k/s"},)"
       R"({"at":"2s","rate":"500/s"}])",
       "duration=3s"});
  const Arrivals arrivals(scenario);
  const auto counts = counts_of(arrivals);
  std::vector<std::int64_t> observed(30);
  std::vector<double> expected(30);
  for (std::uint64_t slice = 0; slice < counts.size(); ++slice)
    observed[slice / 100] += counts[slice];
  for (std::uint64_t cell = 0; cell < 30; ++cell) {
    expected[cell] = arrivals.curve().expected_until(arrivals.start_of((cell + 1) * 100)) -
                     arrivals.curve().expected_until(arrivals.start_of(cell * 100));
  }
  CHECK(chi_square(observed, expected) < chi_square_limit(30));
}

TEST_CASE("baskets, regions and quantities have their shares") {
  const auto orders = orders_of({"duration=10s", "traffic.quantity_max=7"});
  const auto n = static_cast<double>(orders.size());
  std::vector<std::int64_t> lines(3);
  std::vector<std::int64_t> regions(3);
  std::vector<std::int64_t> quantities(7);
  for (const Order& order : orders) {
    ++lines.at(order.lines - 1U);
    ++regions.at(order.region);
    for (std::size_t i = 0; i < order.lines; ++i) ++quantities.at(order.quantity[i] - 1U);
  }
  CHECK(chi_square(lines, {0.5 * n, 0.3 * n, 0.2 * n}) < chi_square_limit(2));
  CHECK(chi_square(regions, {0.5 * n, 0.3 * n, 0.2 * n}) < chi_square_limit(2));
  CHECK(chi_square_even(quantities) < chi_square_limit(6));
}

TEST_CASE("region, basket size and buyer are independent of each other") {
  const auto orders = orders_of({"duration=10s", "traffic.buyers=4"});
  const auto n = static_cast<double>(orders.size());
  const double share[] = {0.5, 0.3, 0.2};
  std::vector<std::int64_t> observed(36);
  std::vector<double> expected(36);
  for (const Order& order : orders) {
    ++observed.at((order.region * 3U + order.lines - 1U) * 4U + order.buyer.value);
  }
  for (std::size_t i = 0; i < 36; ++i) expected[i] = n * share[i / 12] * share[i / 4 % 3] / 4;
  CHECK(chi_square(observed, expected) < chi_square_limit(35));
}

TEST_CASE("lines of one basket are independent and have the shares of the catalogue") {
  const auto orders = orders_of({"duration=10s", "catalogue.skus=6", "catalogue.hot.skus=1",
                                 "catalogue.hot.share=0.25", "catalogue.popularity_exponent=0"});
  std::vector<std::int64_t> pairs(36);
  double baskets = 0;
  for (const Order& order : orders) {
    if (order.lines < 2) continue;
    ++pairs.at(order.sku[0].value * 6 + order.sku[1].value);
    ++baskets;
  }
  const auto share = [](std::size_t sku) { return sku == 0 ? 0.25 : 0.15; };
  std::vector<double> expected(36);
  for (std::size_t i = 0; i < 36; ++i) expected[i] = baskets * share(i / 6) * share(i % 6);
  CHECK(chi_square(pairs, expected) < chi_square_limit(35));
}

TEST_CASE("buyers are even over their range") {
  std::vector<std::int64_t> cells(100);
  for (const Order& order : orders_of({"duration=10s", "traffic.buyers=4G"})) {
    ++cells.at(order.buyer.value / 40'000'000);
  }
  CHECK(chi_square_even(cells) < chi_square_limit(99));
}

TEST_CASE("orders of different seeds are unrelated") {
  const auto first = orders_of({"seed=100", "traffic.buyers=2", "traffic.arrivals=constant"});
  const auto second = orders_of({"seed=101", "traffic.buyers=2", "traffic.arrivals=constant"});
  REQUIRE(first.size() == second.size());
  std::int64_t agree = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i].buyer == second[i].buyer) ++agree;
  }
  CHECK(std::abs(z_of_share(agree, static_cast<std::int64_t>(first.size()), 0.5)) < kZLimit);
}

}  // namespace double11::traffic
