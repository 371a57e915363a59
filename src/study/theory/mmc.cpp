#include <double11/core/ensure.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/mmc.hpp>

#include <algorithm>
#include <cmath>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

namespace {

// Rate by which the queue empties while all servers are busy; 0 or less when unstable.
double spare_rate(double arrival_rate, double service_rate, std::int64_t servers) {
  ensure(arrival_rate > 0 && service_rate > 0 && servers >= 1, "M/M/c needs rates above zero");
  return static_cast<double>(servers) * service_rate - arrival_rate;
}

void ensure_share(double share) {
  ensure(share > 0 && share < 1, "a quantile is asked for at a share between zero and one");
}

}  // namespace

QueueMeans mmc(double arrival_rate, double service_rate, std::int64_t servers) {
  const double spare = spare_rate(arrival_rate, service_rate, servers);
  const double load = arrival_rate / service_rate;
  if (spare <= 0) return unstable_queue(load / static_cast<double>(servers));
  const double wait_probability = erlang_c(servers, load);
  return means_from_wait(arrival_rate, 1 / service_rate, servers, wait_probability,
                         wait_probability / spare);
}

double mmc_mean_wait_of_waiters(double arrival_rate, double service_rate, std::int64_t servers) {
  const double spare = spare_rate(arrival_rate, service_rate, servers);
  return spare <= 0 ? kInfinite : 1 / spare;
}

double mmc_wait_quantile(double arrival_rate, double service_rate, std::int64_t servers,
                         double share) {
  ensure_share(share);
  const double spare = spare_rate(arrival_rate, service_rate, servers);
  if (spare <= 0) return kInfinite;
  const double waits = erlang_c(servers, arrival_rate / service_rate);
  return std::max(0.0, std::log(waits / (1 - share)) / spare);
}

double mmc_sojourn_above(double arrival_rate, double service_rate, std::int64_t servers, double t) {
  ensure(t >= 0, "a sojourn is not negative");
  const double spare = spare_rate(arrival_rate, service_rate, servers);
  if (spare <= 0) return 1;
  const double waits = erlang_c(servers, arrival_rate / service_rate);
  // Sum of two exponentials, written by their gap so that equal rates are no special case.
  const double slow = std::min(spare, service_rate);
  const double gap = std::abs(spare - service_rate);
  const double factor = gap * t < 1e-300 ? t : -std::expm1(-gap * t) / gap;
  return std::exp(-service_rate * t) + waits * service_rate * std::exp(-slow * t) * factor;
}

double mmc_sojourn_quantile(double arrival_rate, double service_rate, std::int64_t servers,
                            double share) {
  ensure_share(share);
  if (spare_rate(arrival_rate, service_rate, servers) <= 0) return kInfinite;
  double low = 0;
  double high = 1 / service_rate;
  while (mmc_sojourn_above(arrival_rate, service_rate, servers, high) > 1 - share) high *= 2;
  while (high - low > 1e-13 * high) {
    const double middle = (low + high) / 2;
    const double above = mmc_sojourn_above(arrival_rate, service_rate, servers, middle);
    (above > 1 - share ? low : high) = middle;
  }
  return high;
}

double mm1_at_least(double arrival_rate, double service_rate, std::int64_t count) {
  ensure(count >= 0, "a count is not negative");
  if (spare_rate(arrival_rate, service_rate, 1) <= 0) return 1;
  return std::pow(arrival_rate / service_rate, static_cast<double>(count));
}

BusyPeriod mm1_busy_period(double arrival_rate, double service_rate) {
  const double spare = spare_rate(arrival_rate, service_rate, 1);
  if (spare <= 0) return {kInfinite, kInfinite};
  const double idle = spare / service_rate;
  const double rho = arrival_rate / service_rate;
  return {1 / spare, (1 + rho) / (service_rate * service_rate * idle * idle * idle)};
}

double mm1_mean_wait_asymptotic_variance(double arrival_rate, double service_rate) {
  const double spare = spare_rate(arrival_rate, service_rate, 1);
  if (spare <= 0) return kInfinite;
  const double rho = arrival_rate / service_rate;
  const double idle = spare / service_rate;
  const double polynomial = rho * (2 + rho * (5 + rho * (-4 + rho)));
  return polynomial / (service_rate * service_rate * idle * idle * idle * idle);
}

double mm1_relaxation_time(double arrival_rate, double service_rate) {
  if (spare_rate(arrival_rate, service_rate, 1) <= 0) return kInfinite;
  const double gap = 1 - std::sqrt(arrival_rate / service_rate);
  return 1 / (service_rate * gap * gap);
}

}  // namespace double11::study::theory
