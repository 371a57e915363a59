#include <double11/study/theory/fork_join.hpp>
#include <double11/study/theory/network.hpp>
#include <double11/study/theory/unlimited.hpp>

#include <cmath>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("three single servers in a row") {
  const double rates[] = {1, 0.9, 1.2};
  const Tandem tandem = tandem_mm1(0.7, rates);
  CHECK(tandem.nodes[0].mean_in_system == ten_digits(2.333333333));
  CHECK(tandem.nodes[1].mean_in_system == ten_digits(3.5));
  CHECK(tandem.nodes[2].mean_in_system == ten_digits(1.4));
  CHECK(tandem.mean_sojourn == ten_digits(10.33333333));
  CHECK(tandem.mean_in_system == ten_digits(7.233333333));
  CHECK(tandem.sojourn_variance == ten_digits(40.11111111));
}

TEST_CASE("payments that are tried again") {
  const NetworkNode nodes[] = {{10, 12, 1, {0, 1}}, {0, 1, 16, {0, 0.15, 0.8}}, {0, 2, 8, {}}};
  const OpenNetwork network = jackson_network(nodes);
  check_each(network.arrival_rates, {10, 11.76470588, 9.411764706});
  CHECK(network.nodes[0].utilisation == ten_digits(0.8333333333));
  CHECK(network.nodes[1].utilisation == ten_digits(0.7352941176));
  CHECK(network.nodes[2].utilisation == ten_digits(0.5882352941));
  CHECK(network.nodes[0].mean_in_system == ten_digits(5));
  CHECK(network.nodes[1].mean_in_system == ten_digits(12.26483309));
  CHECK(network.nodes[2].mean_in_system == ten_digits(4.888176526));
  CHECK(network.mean_in_system == ten_digits(22.15300962));
  CHECK(network.mean_sojourn == ten_digits(2.215300962));
  CHECK(network.exit_rates[2] / 10 == ten_digits(0.9411764706));
  CHECK(network.exit_rates[0] + network.exit_rates[1] + network.exit_rates[2] == Approx(10));
}

TEST_CASE("unlimited servers, fluids and trucks") {
  CHECK(mg_infinity(1000, 900).mean == ten_digits(900'000));
  CHECK(mg_infinity(1000, 900).standard_deviation == ten_digits(948.6832981));
  const SinusoidOccupancy wave = mt_m_infinity(100, 80, 24, 0.1);
  CHECK(wave.mean == ten_digits(1000));
  CHECK(wave.amplitude == ten_digits(285.4614885));
  CHECK(wave.peak == ten_digits(1285.461489));
  CHECK(wave.lag == ten_digits(4.606303329));
  const FluidBacklog fluid = fluid_backlog(583'000, 60, 400'000, 150'000);
  CHECK(fluid.peak_backlog == ten_digits(10'980'000));
  CHECK(fluid.drain_time == ten_digits(43.92));
  CHECK(fluid.longest_wait == ten_digits(27.45));
  CHECK(fluid.total_delay == ten_digits(570'520'800));
  CHECK(fluid_backlog(1, 60, 2, 3).peak_backlog == 0);
  CHECK(std::isinf(fluid_backlog(3, 60, 2, 2).drain_time));
  const PeriodicDepartures trucks = periodic_departures(100, 30);
  CHECK(trucks.mean_wait == ten_digits(15));
  CHECK(trucks.longest_wait == ten_digits(30));
  CHECK(trucks.mean_load == ten_digits(3000));
  CHECK(trucks.load_standard_deviation == ten_digits(54.77225575));
}

TEST_CASE("fork and join") {
  CHECK(fork_join_2(0.5, 1) == ten_digits(2.875));
  CHECK(fork_join_2(0.9, 1) == ten_digits(13.875));
  const ForkJoin sixteen = fork_join(0.8, 1, 16);
  CHECK(sixteen.approximation == ten_digits(13.22350321));
  CHECK(sixteen.lower_bound == ten_digits(3.380728993));
  CHECK(sixteen.upper_bound == ten_digits(16.90364497));
  CHECK(fork_join(0.8, 1, 2).approximation == Approx(fork_join_2(0.8, 1)));
  const double of_many[] = {1.5, 2.283333333, 2.928968254, 5.187377518};
  const std::int64_t counts[] = {2, 5, 10, 100};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(mean_of_largest(counts[i], 1) == ten_digits(of_many[i]));
  }
}

}  // namespace double11::study::theory
