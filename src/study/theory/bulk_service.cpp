#include <double11/core/ensure.hpp>
#include <double11/study/theory/bulk_service.hpp>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

BulkService bulk_service(double arrival_rate, double service_rate, std::int64_t largest_batch) {
  ensure(arrival_rate > 0 && service_rate > 0 && largest_batch >= 1,
         "bulk service needs rates above zero");
  const double load = arrival_rate / service_rate;
  if (load >= static_cast<double>(largest_batch)) {
    return {0, kInfinite, kInfinite, 1};
  }
  // Without its root 1 the equation reads r + r^2 + ... + r^b = load: the left side increases.
  const auto series = [largest_batch](double r) {
    double sum = 0;
    for (std::int64_t k = 0; k < largest_batch; ++k) sum = r * (1 + sum);
    return sum;
  };
  double low = 0;
  double high = 1;
  for (int halving = 0; halving < 100; ++halving) {
    const double middle = (low + high) / 2;
    (series(middle) < load ? low : high) = middle;
  }
  BulkService bulk;
  bulk.sigma = (low + high) / 2;
  // While busy, k wait with weight sigma^k; idle has the weight mu / lambda.
  const double rest = 1 - bulk.sigma;
  const double total = 1 / rest + 1 / load;
  bulk.idle_probability = 1 / (load * total);
  bulk.mean_waiting = bulk.sigma / (rest * rest * total);
  bulk.mean_wait = bulk.mean_waiting / arrival_rate;
  return bulk;
}

}  // namespace double11::study::theory
