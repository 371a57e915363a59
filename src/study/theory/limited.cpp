#include <double11/core/ensure.hpp>
#include <double11/study/theory/birth_death.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/limited.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace double11::study::theory {

namespace {

void ensure_rates(double arrival_rate, double service_rate, std::int64_t servers) {
  ensure(arrival_rate > 0 && service_rate > 0 && servers >= 1,
         "a queue needs rates above zero and a server");
}

double as_double(std::int64_t count) {
  return static_cast<double>(count);
}

// P(N >= state).
double at_least(const std::vector<double>& law, std::int64_t state) {
  double sum = 0;
  for (auto n = law.size(); n-- > static_cast<std::size_t>(state);) sum += law[n];
  return sum;
}

// What the law of the number in system says about any queue with `servers` servers.
LimitedQueue from_law(const std::vector<double>& law, double service_rate, std::int64_t servers) {
  LimitedQueue queue;
  queue.idle_probability = law.front();
  for (std::size_t n = 1; n < law.size(); ++n) {
    const auto count = static_cast<double>(n);
    queue.mean_in_system += count * law[n];
    queue.mean_waiting += std::max(0.0, count - as_double(servers)) * law[n];
    queue.busy_servers += std::min(count, as_double(servers)) * law[n];
  }
  queue.utilisation = queue.busy_servers / as_double(servers);
  queue.throughput = queue.busy_servers * service_rate;
  return queue;
}

// Integral of x^k exp(-rate x) over 0..1 for k = 0 and 1, rate >= 0.
double integral_0(double rate) {
  return rate < 1e-300 ? 1 : -std::expm1(-rate) / rate;
}
double integral_1(double rate) {
  if (rate > 1) return (1 - std::exp(-rate) * (1 + rate)) / (rate * rate);
  // The closed form cancels for small rates; the series of exp(-rate x) does not.
  double sum = 0;
  double term = 1;
  for (int k = 0; k < 25; ++k) {
    sum += term / (k + 2);
    term *= -rate / (k + 1);
  }
  return sum;
}

}  // namespace

LimitedQueue mmck(double arrival_rate, double service_rate, std::int64_t servers,
                  std::int64_t capacity) {
  ensure_rates(arrival_rate, service_rate, servers);
  ensure(capacity >= servers, "the capacity counts those in service");
  const std::vector<double> law = birth_death_law(
      [&](std::int64_t) { return arrival_rate; },
      [&](std::int64_t n) { return as_double(std::min(n, servers)) * service_rate; }, capacity);
  LimitedQueue queue = from_law(law, service_rate, servers);
  queue.blocked = law.back();
  const double admitted = at_least(law, 0) - law.back();
  queue.wait_probability = (at_least(law, servers) - law.back()) / admitted;
  queue.mean_sojourn = queue.mean_in_system / queue.throughput;
  queue.mean_wait = queue.mean_waiting / queue.throughput;
  return queue;
}

LimitedQueue erlang_a(double arrival_rate, double service_rate, std::int64_t servers,
                      double abandon_rate) {
  ensure_rates(arrival_rate, service_rate, servers);
  ensure(abandon_rate > 0, "an abandonment rate is above zero");
  const auto death = [&](std::int64_t n) {
    const double waiting = as_double(std::max<std::int64_t>(n - servers, 0));
    return as_double(std::min(n, servers)) * service_rate + waiting * abandon_rate;
  };
  const std::vector<double> law =
      birth_death_law([&](std::int64_t) { return arrival_rate; }, death);
  LimitedQueue queue = from_law(law, service_rate, servers);
  queue.abandoned = abandon_rate * queue.mean_waiting / arrival_rate;
  queue.wait_probability = at_least(law, servers);
  queue.mean_sojourn = queue.mean_in_system / arrival_rate;
  queue.mean_wait = queue.mean_waiting / arrival_rate;
  return queue;
}

LimitedQueue mmc_fixed_patience(double arrival_rate, double service_rate, std::int64_t servers,
                                double patience) {
  ensure_rates(arrival_rate, service_rate, servers);
  ensure(patience > 0, "patience is above zero");
  const double service_all = as_double(servers) * service_rate;
  const double spare = service_all - arrival_rate;
  // The virtual wait has density lambda p(c-1) exp(-spare x) up to the patience and decays with the
  // rate of all servers beyond. Under overload the density grows: everything is then scaled by its
  // value at the patience.
  const double y = std::abs(spare) * patience;
  const double scale = spare < 0 ? std::exp(-y) : 1;
  const double at_patience = spare < 0 ? 1 : std::exp(-y);
  const double mass = patience * integral_0(y);
  // Under overload the integral runs back from the patience.
  const double moment =
      patience * patience * (spare < 0 ? integral_0(y) - integral_1(y) : integral_1(y));
  const double idle = scale / erlang_b(servers - 1, arrival_rate / service_rate);
  const double beyond = arrival_rate * at_patience / service_all;
  const double total = idle + arrival_rate * mass + beyond;

  LimitedQueue queue;
  queue.abandoned = beyond / total;
  queue.wait_probability = (arrival_rate * mass + beyond) / total;
  queue.mean_wait = (arrival_rate * moment + patience * beyond) / total;
  queue.mean_waiting = arrival_rate * queue.mean_wait;
  queue.throughput = arrival_rate * (1 - queue.abandoned);
  queue.busy_servers = queue.throughput / service_rate;
  queue.utilisation = queue.busy_servers / as_double(servers);
  queue.mean_in_system = queue.mean_waiting + queue.busy_servers;
  queue.mean_sojourn = queue.mean_in_system / arrival_rate;
  return queue;
}

LimitedQueue closed_mmc(std::int64_t users, double think_rate, double service_rate,
                        std::int64_t servers) {
  ensure_rates(think_rate, service_rate, servers);
  ensure(users >= 1, "a closed system has a user");
  const auto law_of = [&](std::int64_t population) {
    return birth_death_law(
        [&](std::int64_t n) { return as_double(population - n) * think_rate; },
        [&](std::int64_t n) { return as_double(std::min(n, servers)) * service_rate; }, population);
  };
  LimitedQueue queue = from_law(law_of(users), service_rate, servers);
  // Who arrives sees the system as if it had one user less (Sevcik and Mitrani 1981).
  queue.wait_probability = users > servers ? at_least(law_of(users - 1), servers) : 0;
  queue.mean_sojourn = queue.mean_in_system / queue.throughput;
  queue.mean_wait = queue.mean_waiting / queue.throughput;
  return queue;
}

}  // namespace double11::study::theory
