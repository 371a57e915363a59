// The plain event loop gives exact results within its own standard error; so its speed is that of a
// simulator that is right.
#include <cmath>

#include "bench/five_stages.hpp"
#include "bench/multi_server.hpp"
#include "catch.hpp"
#include "core/statistics.hpp"

namespace double11::bench {
namespace {

double z_of(const BatchMeans& means, double exact) {
  return (means.mean() - exact) / means.standard_error();
}

TEST_CASE("Batch means: the mean of all, the error of whole batches") {
  BatchMeans means(2);
  for (const double value : {1, 3, 5, 7, 9}) means.add(value);
  CHECK(means.mean() == 5);
  // Batches 2 and 6: their standard deviation is sqrt(8), over the square root of two.
  CHECK(means.standard_error() == Approx(2));
}

/// P(wait) in M/M/c under `load` servers' worth of work (Erlang C, from Erlang B's recursion).
double waiting_probability(int servers, double load) {
  double blocked = 1;
  for (int c = 1; c <= servers; ++c) blocked = load * blocked / (c + load * blocked);
  return blocked / (1 - load / servers * (1 - blocked));
}

/// Mean wait in M/M/c, in mean service times.
double mean_wait(int servers, double load) {
  return waiting_probability(servers, load) / (servers - load);
}

TEST_CASE("Event loop: M/M/16 at 0.9 agrees with Erlang") {
  CHECK(mean_wait(16, 14.4) == Approx(0.36959).epsilon(1e-5));
  const MultiServerResult result = simulate(MultiServer{16, 0.9, 2'000'000, 1});
  CHECK(std::abs(z_of(result.wait, mean_wait(16, 14.4))) < statistics::kZLimit);
  CHECK(std::abs(z_of(result.waited, waiting_probability(16, 14.4))) < statistics::kZLimit);
}

TEST_CASE("Event loop: M/M/1 at 0.8 agrees with theory") {
  const MultiServerResult result = simulate(MultiServer{1, 0.8, 1'000'000, 2});
  CHECK(std::abs(z_of(result.wait, 4.0)) < statistics::kZLimit);
  CHECK(std::abs(z_of(result.waited, 0.8)) < statistics::kZLimit);
}

TEST_CASE("Event loop: the sale agrees where it can be solved") {
  const FiveStagesResult result = simulate(FiveStages{10'190, 400'000, 3});
  // What leaves an M/M/c line is Poisson again (Burke), so the second station is M/M/c as well.
  CHECK(std::abs(z_of(result.wait[0], mean_wait(16, 10.19))) < statistics::kZLimit);
  CHECK(std::abs(z_of(result.wait[1], 0.5 * mean_wait(8, 5.095))) < statistics::kZLimit);
  CHECK(std::abs(z_of(result.lost, 0.001)) < statistics::kZLimit);
  // Payment keeps a fifth of 1024 servers idle: hardly anybody waits. The third attempt of a
  // dispatched order has failed twice: 0.9, 0.09 and 0.009 of 0.999 need one, two and three.
  const double payment = 60 * std::exp(std::pow(std::log(250.0 / 60) / 2.3263478740408408, 2) / 2);
  const double attempts = (0.9 + 2 * 0.09 + 3 * 0.009) / 0.999;
  double sojourn = 1 + 0.5 + attempts * payment + 4 + 2;
  for (const BatchMeans& wait : result.wait) sojourn += wait.mean();
  CHECK(std::abs(z_of(result.sojourn, sojourn)) < statistics::kZLimit);
}

}  // namespace
}  // namespace double11::bench
