#include <double11/core/ensure.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/mg1.hpp>
#include <double11/study/theory/mmc.hpp>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

QueueMeans mg1(double arrival_rate, const Law& service) {
  ensure(arrival_rate > 0 && service.mean > 0, "M/G/1 needs rates above zero");
  const double rho = arrival_rate * service.mean;
  if (rho >= 1) return unstable_queue(rho);
  return means_from_wait(arrival_rate, service.mean, 1, rho,
                         arrival_rate * service.second_moment / (2 * (1 - rho)));
}

double mg1_wait_variance(double arrival_rate, const Law& service) {
  const QueueMeans means = mg1(arrival_rate, service);
  if (means.utilisation >= 1) return kInfinite;
  return arrival_rate * service.third_moment / (3 * (1 - means.utilisation)) +
         means.mean_wait * means.mean_wait;
}

double mg1_sharing_sojourn(double arrival_rate, double mean_service, double size) {
  ensure(arrival_rate > 0 && mean_service > 0 && size >= 0, "M/G/1 needs rates above zero");
  const double rho = arrival_rate * mean_service;
  return rho >= 1 ? kInfinite : size / (1 - rho);
}

QueueMeans batch_arrivals_mm1(double batch_rate, std::int64_t batch, double service_rate) {
  ensure(batch_rate > 0 && batch >= 1 && service_rate > 0, "batches need rates above zero");
  const auto size = static_cast<double>(batch);
  const double rho = batch_rate * size / service_rate;
  if (rho >= 1) return unstable_queue(rho);
  const double in_system = rho * (1 + size) / (2 * (1 - rho));
  const double arrival_rate = batch_rate * size;
  return means_from_wait(arrival_rate, 1 / service_rate, 1, 0,
                         in_system / arrival_rate - 1 / service_rate);
}

QueueMeans mm1_with_breakdowns(double arrival_rate, double service_rate, double failure_rate,
                               double repair_rate) {
  ensure(arrival_rate > 0 && service_rate > 0 && failure_rate >= 0 && repair_rate > 0,
         "a server with breakdowns needs rates above zero");
  const double cycle = failure_rate + repair_rate;
  const double capacity = service_rate * repair_rate / cycle;
  if (arrival_rate >= capacity) return unstable_queue(arrival_rate / capacity);
  QueueMeans means;
  means.utilisation = arrival_rate / capacity;
  means.mean_in_system = arrival_rate / (capacity - arrival_rate) *
                         (1 + service_rate * failure_rate / (cycle * cycle));
  means.mean_sojourn = means.mean_in_system / arrival_rate;
  return means;
}

std::vector<double> mg1_priority_waits(std::span<const PriorityClass> classes) {
  double residual = 0;  // work found in service on average
  for (const PriorityClass& one : classes) {
    residual += one.arrival_rate * one.service.second_moment / 2;
  }
  std::vector<double> waits;
  double before = 0;
  for (const PriorityClass& one : classes) {
    const double with = before + one.arrival_rate * one.service.mean;
    waits.push_back(with >= 1 ? kInfinite : residual / ((1 - before) * (1 - with)));
    before = with;
  }
  return waits;
}

std::vector<double> mg1_preemptive_sojourns(std::span<const PriorityClass> classes) {
  std::vector<double> sojourns;
  double residual = 0;
  double before = 0;
  for (const PriorityClass& one : classes) {
    const double with = before + one.arrival_rate * one.service.mean;
    residual += one.arrival_rate * one.service.second_moment / 2;
    sojourns.push_back(with >= 1 ? kInfinite
                                 : one.service.mean / (1 - before) +
                                       residual / ((1 - before) * (1 - with)));
    before = with;
  }
  return sojourns;
}

std::vector<double> mmc_priority_waits(std::span<const double> arrival_rates, double service_rate,
                                       std::int64_t servers) {
  double arrivals = 0;
  for (const double rate : arrival_rates) arrivals += rate;
  const double all_servers = static_cast<double>(servers) * service_rate;
  const double residual = erlang_c(servers, arrivals / service_rate) / all_servers;
  std::vector<double> waits;
  double before = 0;
  for (const double rate : arrival_rates) {
    const double with = before + rate / all_servers;
    waits.push_back(with >= 1 ? kInfinite : residual / ((1 - before) * (1 - with)));
    before = with;
  }
  return waits;
}

std::vector<double> mmc_preemptive_sojourns(std::span<const double> arrival_rates,
                                            double service_rate, std::int64_t servers) {
  std::vector<double> sojourns;
  double arrivals = 0;
  double in_system = 0;
  for (const double rate : arrival_rates) {
    arrivals += rate;
    const double with = mmc(arrivals, service_rate, servers).mean_in_system;
    // Below an overloaded class all are infinite; no difference of two infinities.
    sojourns.push_back(with < kInfinite ? (with - in_system) / rate : kInfinite);
    in_system = with;
  }
  return sojourns;
}

}  // namespace double11::study::theory
