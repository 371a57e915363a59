#include <double11/core/ensure.hpp>
#include <double11/study/theory/retrial.hpp>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace double11::study::theory {

namespace {

struct Rates {
  double arrival;
  double service;
  double retry;
  double persistence;
  std::size_t servers;
};

// Weights of the states (0 to c busy) with `orbit` customers in it, given those of the level above
// and the weight of the state with all busy. Balance of each state below c is a tridiagonal system
// whose diagonal outweighs the rest, so elimination adds and divides positive numbers only.
std::vector<double> level(const Rates& rates, double orbit, const std::vector<double>& above,
                          double all_busy) {
  const std::size_t c = rates.servers;
  std::vector<double> weights(c + 1);
  std::vector<double> to_next(c);  // weights[i] = known[i] + to_next[i] * weights[i + 1]
  std::vector<double> known(c);
  for (std::size_t i = 0; i < c; ++i) {
    const auto busy = static_cast<double>(i);
    double inflow = i > 0 ? (orbit + 1) * rates.retry * above[i - 1] : 0;
    double outflow = rates.arrival + busy * rates.service + orbit * rates.retry;
    if (i > 0) {
      inflow += rates.arrival * known[i - 1];
      outflow -= rates.arrival * to_next[i - 1];
    }
    to_next[i] = (busy + 1) * rates.service / outflow;
    known[i] = inflow / outflow;
  }
  weights[c] = all_busy;
  for (std::size_t i = c; i-- > 0;) weights[i] = known[i] + to_next[i] * weights[i + 1];
  return weights;
}

// Sums over all states, up to a common factor.
struct Sums {
  double total = 0;
  double all_busy = 0;
  double orbit = 0;
  double busy = 0;
  double top = 0;  // of the highest level

  void scale(double factor) {
    for (double* sum : {&total, &all_busy, &orbit, &busy, &top}) *sum *= factor;
  }
};

// From the level `highest`, above which nothing is, down to the empty orbit.
Sums descend(const Rates& rates, std::size_t highest) {
  const std::size_t c = rates.servers;
  std::vector<double> above(c + 1, 0.0);
  Sums sums;
  double all_busy = 1;
  for (std::size_t j = highest + 1; j-- > 0;) {
    const auto orbit = static_cast<double>(j);
    std::vector<double> weights = level(rates, orbit, above, all_busy);
    double leaving = 0;  // weight of states whose retries leave the orbit
    for (std::size_t i = 0; i < c; ++i) leaving += weights[i];
    const double sum = leaving + weights[c];
    leaving += (1 - rates.persistence) * weights[c];
    for (std::size_t i = 0; i <= c; ++i) sums.busy += static_cast<double>(i) * weights[i];
    sums.total += sum;
    sums.all_busy += weights[c];
    sums.orbit += orbit * sum;
    if (j == highest) sums.top = sum;
    // As many leave level j downwards as come up from level j - 1.
    all_busy = orbit * rates.retry * leaving / rates.arrival;
    above = std::move(weights);
    if (sums.total > 1e200) {
      const double factor = 1 / sums.total;
      sums.scale(factor);
      for (double& weight : above) weight *= factor;
      all_busy *= factor;
    }
  }
  return sums;
}

}  // namespace

Retrials mmcc_retrial(double arrival_rate, double service_rate, std::int64_t servers,
                      double retry_rate, double persistence) {
  ensure(arrival_rate > 0 && service_rate > 0 && retry_rate > 0 && servers >= 1,
         "a queue with retrials needs rates above zero");
  ensure(persistence >= 0 && persistence <= 1, "persistence is a share");
  const double load = arrival_rate / service_rate;
  ensure(persistence < 1 || load < static_cast<double>(servers),
         "with full persistence the orbit grows without end at this load");
  const Rates rates{arrival_rate, service_rate, retry_rate, persistence,
                    static_cast<std::size_t>(servers)};
  std::size_t highest = 64;
  Sums sums = descend(rates, highest);
  while (sums.top * static_cast<double>(highest) > 1e-14 * sums.total) {
    highest *= 2;
    sums = descend(rates, highest);
  }
  const double busy = sums.busy / sums.total;
  return {sums.all_busy / sums.total, sums.orbit / sums.total, busy,
          persistence < 1 ? 1 - busy / load : 0};
}

Attempts limited_attempts(double failure, std::int64_t most) {
  ensure(failure >= 0 && failure < 1 && most >= 1, "an attempt may succeed");
  const double all_fail = std::pow(failure, static_cast<double>(most));
  return {1 - all_fail, (1 - all_fail) / (1 - failure)};
}

}  // namespace double11::study::theory
