#include <double11/study/theory/fork_join.hpp>
#include <double11/study/theory/mg1.hpp>
#include <double11/study/theory/mmc.hpp>

#include <cmath>
#include <utility>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("Pollaczek-Khinchine for seven laws of service") {
  struct Row {
    const char* name;
    double arrival_rate;
    Law service;
    double wait, sojourn, waiting, in_system, variance;
  };
  const Row rows[] = {
      {"deterministic", 0.5, deterministic_law(1), 0.5, 1.5, 0.25, 0.75, 0.5833333333},
      {"deterministic, heavy", 0.9, deterministic_law(1), 4.5, 5.5, 4.05, 4.95, 23.25},
      {"lognormal 0.5", 0.8, lognormal_law(0.5, 1), 2.568050833, 3.568050833, 2.054440667,
       2.854440667, 9.417551772},
      {"lognormal 1.5", 0.8, lognormal_law(1.5, 1), 18.97547167, 19.97547167, 15.18037734,
       15.98037734, 1498.813542},
      {"Erlang", 0.9, erlang_law(4, 1), 5.625, 6.625, 5.0625, 5.9625, 37.265625},
      {"uniform", 0.7, uniform_law(0, 2), 1.555555556, 2.555555556, 1.088888889, 1.788888889,
       3.975308642},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const QueueMeans means = mg1(row.arrival_rate, row.service);
    CHECK(means.utilisation == ten_digits(row.arrival_rate));
    CHECK(means.mean_wait == ten_digits(row.wait));
    CHECK(means.mean_sojourn == ten_digits(row.sojourn));
    CHECK(means.mean_waiting == ten_digits(row.waiting));
    CHECK(means.mean_in_system == ten_digits(row.in_system));
    CHECK(mg1_wait_variance(row.arrival_rate, row.service) == ten_digits(row.variance));
  }
}

TEST_CASE("a heavy tail: the wait has a mean but no variance") {
  const Law service = pareto_law(2.5, 1);
  const QueueMeans means = mg1(0.5, service);
  CHECK(means.mean_wait == ten_digits(0.9));
  CHECK(means.mean_sojourn == ten_digits(1.9));
  CHECK(means.mean_waiting == ten_digits(0.45));
  CHECK(means.mean_in_system == ten_digits(0.95));
  CHECK(std::isinf(mg1_wait_variance(0.5, service)));
  CHECK(std::isinf(mg1(0.5, pareto_law(1.5, 1)).mean_wait));
}

TEST_CASE("laws that are special cases of each other agree") {
  CHECK(lognormal_law(0.5, 1).scv() == ten_digits(0.2840254167));
  CHECK(lognormal_law(1.5, 1).scv() == ten_digits(8.487735836));
  const ExponentialBranch same[] = {{0.3, 2}, {0.7, 2}};
  for (const Law& law : {exponential_law(2), gamma_law(1, 2), weibull_law(1, 2), erlang_law(1, 2),
                         hyperexponential_law(same), largest_exponential_law(1, 0.5)}) {
    CHECK(law.mean == Approx(2).epsilon(1e-14));
    CHECK(law.second_moment == Approx(8).epsilon(1e-14));
    CHECK(law.third_moment == Approx(48).epsilon(1e-14));
    if (law.transform) CHECK(law.transform(0.7) == Approx(1 / 2.4).epsilon(1e-14));
  }
  CHECK(balanced_hyperexponential_law(4, 3).scv() == Approx(4).epsilon(1e-12));
  CHECK(balanced_hyperexponential_law(4, 3).mean == Approx(3).epsilon(1e-12));
  CHECK(uniform_law(1, 3).transform(0.5) == Approx(std::exp(-0.5) - std::exp(-1.5)).epsilon(1e-14));
}

TEST_CASE("slopes of a transform are the moments") {
  for (const Law& law : {erlang_law(3, 2), deterministic_law(2), uniform_law(1, 3),
                         balanced_hyperexponential_law(4, 2), largest_exponential_law(4, 1)}) {
    const double h = 1e-4;
    const double at_h = law.transform(h);
    const double at_2h = law.transform(2 * h);
    CHECK((4 * at_h - at_2h - 3) / (2 * h) == Approx(-law.mean).epsilon(1e-5));
    CHECK((1 - 2 * at_h + at_2h) / (h * h) == Approx(law.second_moment).epsilon(1e-2));
  }
}

TEST_CASE("split and merge is M/G/1 with the slowest of four") {
  const QueueMeans means = split_merge(0.25, 1, 4);
  CHECK(means.utilisation == ten_digits(0.5208333333));
  CHECK(means.mean_wait == ten_digits(1.503623188));
  CHECK(means.mean_sojourn == ten_digits(3.586956522));
  CHECK(means.mean_waiting == ten_digits(0.3759057971));
  CHECK(means.mean_in_system == ten_digits(0.8967391304));
}

TEST_CASE("processor sharing is linear in the size") {
  for (const auto& [size, sojourn] : {std::pair{0.5, 2.5}, {1.0, 5.0}, {4.0, 20.0}}) {
    CHECK(mg1_sharing_sojourn(0.8, 1, size) == ten_digits(sojourn));
  }
  CHECK(0.8 * mg1_sharing_sojourn(0.8, 1, 1) == ten_digits(4));
}

TEST_CASE("bursts of ten at load 0.9") {
  const QueueMeans means = batch_arrivals_mm1(0.09, 10, 1);
  CHECK(means.mean_in_system == ten_digits(49.5));
  CHECK(means.mean_sojourn == ten_digits(55));
  CHECK(means.mean_wait == ten_digits(54));
  CHECK(batch_arrivals_mm1(0.8, 1, 1).mean_wait == Approx(mm1(0.8, 1).mean_wait));
}

TEST_CASE("a server that breaks down") {
  const QueueMeans means = mm1_with_breakdowns(0.7, 1, 0.001, 0.01);
  CHECK(means.mean_in_system == ten_digits(31.01581028));
  CHECK(means.mean_sojourn == ten_digits(44.3083004));
  CHECK(means.utilisation == ten_digits(0.77));
  CHECK(mm1_with_breakdowns(0.7, 1, 0, 1).mean_in_system == Approx(mm1(0.7, 1).mean_in_system));
  CHECK(std::isinf(mm1_with_breakdowns(0.95, 1, 0.001, 0.01).mean_in_system));
}

TEST_CASE("priorities: conservation, preemption, several servers") {
  const PriorityClass classes[] = {{0.3, exponential_law(1)}, {0.5, exponential_law(1)}};
  const auto preemptive = mg1_preemptive_sojourns(classes);
  check_each(preemptive, {1.428571429, 7.142857143});
  const auto waits = mg1_priority_waits(classes);
  // W0 = 0.8: 0.8 / 0.7 and 0.8 / (0.7 * 0.2).
  check_each(waits, {0.8 / 0.7, 0.8 / 0.14});
  // Kleinrock's conservation law: the load-weighted wait is that of the queue without classes.
  CHECK(0.3 * waits[0] + 0.5 * waits[1] == Approx(0.8 * mm1(0.8, 1).mean_wait));
  const double rates[] = {0.3, 0.5};
  check_each(mmc_priority_waits(rates, 1, 1), waits);
  check_each(mmc_preemptive_sojourns(rates, 1, 1), preemptive);
  const double more[] = {1.0, 0.7, 0.5};
  const auto several = mmc_priority_waits(more, 1, 3);
  CHECK(1.0 * several[0] + 0.7 * several[1] + 0.5 * several[2] ==
        Approx(2.2 * mmc(2.2, 1, 3).mean_wait));
  const double flood[] = {0.5, 1.0, 1.0};
  CHECK(std::isinf(mmc_preemptive_sojourns(flood, 1, 1)[1]));
  CHECK(std::isinf(mmc_preemptive_sojourns(flood, 1, 1)[2]));
}

}  // namespace double11::study::theory
