#include <double11/core/ensure.hpp>
#include <double11/study/theory/mdc.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

namespace double11::study::theory {

namespace {

using Complex = std::complex<double>;

// The roots of z^c = exp(-load (1 - z)) inside the unit disc, one for each c-th root of unity
// but 1.
std::vector<Complex> roots_inside(double load, std::int64_t servers) {
  const auto c = static_cast<double>(servers);
  std::vector<Complex> roots;
  for (std::int64_t k = 1; k < servers; ++k) {
    const Complex unity = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(k) / c);
    const auto image = [&](Complex z) { return unity * std::exp(load / c * (z - 1.0)); };
    // The map contracts by the utilisation; Newton's steps end what it begins.
    Complex z = 0;
    for (int step = 0; step < 30; ++step) z = image(z);
    for (int step = 0; step < 30; ++step) {
      const Complex next = image(z);
      const Complex change = (z - next) / (1.0 - load / c * next);
      z -= change;
      if (std::abs(change) < 1e-16) break;
    }
    roots.push_back(z);
  }
  return roots;
}

// Logarithm of the root above 1 of the same equation: P(N = n) falls by exp(-it) per customer.
double tail_decay(double load, double servers) {
  double low = 0;
  double high = 1;
  const auto past = [&](double x) { return load * std::expm1(x) > servers * x; };
  while (!past(high)) high *= 2;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (low + high) / 2;
    (past(middle) ? high : low) = middle;
  }
  return high;
}

// The generating function of N on the unit circle, away from 1.
Complex generating_function(Complex z, double load, double servers,
                            const std::vector<Complex>& roots) {
  const Complex poisson = std::exp(load * (z - 1.0));
  Complex value = poisson * (servers - load) * (z - 1.0) / (std::pow(z, servers) - poisson);
  for (const Complex& root : roots) value *= (z - root) / (1.0 - root);
  return value;
}

// Coefficients of the generating function, by its values on the unit circle (discrete Fourier
// transform). Enough points that what lies beyond the last coefficient is below rounding.
std::vector<double> law_in_system(double load, double servers, const std::vector<Complex>& roots) {
  const double extent = servers + 12 * std::sqrt(servers) + 42 / tail_decay(load, servers);
  const std::size_t points = 2 * (static_cast<std::size_t>(extent) / 2) + 2;
  const double step = 2 * std::numbers::pi / static_cast<double>(points);
  std::vector<Complex> circle(points);
  for (std::size_t j = 0; j < points; ++j)
    circle[j] = std::polar(1.0, step * static_cast<double>(j));
  // Values at conjugate points are conjugate: half of them suffice.
  std::vector<Complex> values(points / 2 + 1, 1.0);
  for (std::size_t j = 1; j < values.size(); ++j) {
    values[j] = generating_function(circle[j], load, servers, roots);
  }
  std::vector<double> law(points);
  for (std::size_t n = 0; n < points; ++n) {
    double sum = 1 + (n % 2 == 0 ? 1 : -1) * values.back().real();
    std::size_t angle = 0;
    for (std::size_t j = 1; j + 1 < values.size(); ++j) {
      angle += n;
      if (angle >= points) angle -= points;
      sum +=
          2 * (values[j].real() * circle[angle].real() + values[j].imag() * circle[angle].imag());
    }
    law[n] = std::max(0.0, sum / static_cast<double>(points));
  }
  return law;
}

}  // namespace

DeterministicServers::DeterministicServers(double arrival_rate, double service_time,
                                           std::int64_t servers)
    : arrival_rate_(arrival_rate), service_time_(service_time), servers_(servers) {
  ensure(arrival_rate > 0 && service_time > 0 && servers >= 1, "M/D/c needs rates above zero");
  const double load = arrival_rate * service_time;
  const auto c = static_cast<double>(servers);
  ensure(load < c, "M/D/c has no stationary law at this load");
  const std::vector<Complex> roots = roots_inside(load, servers);
  double waiting = (load * load - c * (c - 1)) / (2 * (c - load));
  Complex some_idle = c - load;
  for (const Complex& root : roots) {
    waiting += (1.0 / (1.0 - root)).real();
    some_idle /= 1.0 - root;
  }
  means_ = means_from_wait(arrival_rate, service_time, servers, 1 - some_idle.real(),
                           waiting / arrival_rate);
  in_system_ = law_in_system(load, c, roots);
  double sum = 0;
  for (std::size_t n = 0; n < in_system_.size(); ++n) {
    sum += in_system_[n];
    if (n >= static_cast<std::size_t>(servers)) waiting_at_most_.push_back(std::min(sum, 1.0));
  }
}

double DeterministicServers::wait_at_most(double t) const {
  ensure(t >= 0, "a wait is not negative");
  const double services = std::floor(t / service_time_) + 1;
  const double mean = std::max(0.0, arrival_rate_ * (services * service_time_ - t));
  const double last = services * static_cast<double>(servers_) - 1;
  if (last > 1e15) return 1;
  // A Poisson number of later arrivals must fit before the customer's turn.
  const double cut = std::min(last, mean + 12 * std::sqrt(mean) + 40);
  double sum = 0;
  for (double j = 0; j <= cut; ++j) {
    const double poisson =
        mean > 0 ? std::exp(j * std::log(mean) - mean - std::lgamma(j + 1)) : (j < 1 ? 1.0 : 0.0);
    const auto room = static_cast<std::size_t>(last - j);
    sum += poisson * (room < waiting_at_most_.size() ? waiting_at_most_[room] : 1.0);
  }
  return std::min(sum, 1.0);
}

double DeterministicServers::wait_quantile(double share) const {
  ensure(share >= 0 && share <= 1 - 1e-12, "a quantile is asked for at a share below one");
  if (wait_at_most(0) >= share) return 0;
  double low = 0;
  double high = service_time_;
  while (wait_at_most(high) < share) high *= 2;
  while (high - low > 1e-13 * (high + service_time_)) {
    const double middle = (low + high) / 2;
    (wait_at_most(middle) < share ? low : high) = middle;
  }
  return high;
}

double md1k_loss(double load, std::int64_t capacity) {
  ensure(load > 0 && capacity >= 1, "M/D/1/K needs a load and a place");
  const auto places = static_cast<std::size_t>(capacity);
  // P(Poisson(load) > n), added up from the small end.
  const std::size_t extent = places + static_cast<std::size_t>(load + 12 * std::sqrt(load)) + 40;
  std::vector<double> above(extent + 1, 0.0);
  for (std::size_t n = extent; n-- > 0;) {
    const auto k = static_cast<double>(n + 1);
    above[n] = above[n + 1] + std::exp(k * std::log(load) - load - std::lgamma(k + 1));
  }
  // M/D/1 without limit, state by state in positive terms (Tijms 2003, 9.2); cut and normalised it
  // is the law at departures of the limited queue, at any load.
  std::vector<double> law{1.0};
  double sum = 1;
  for (std::size_t n = 1; n < places; ++n) {
    double weight = above[n - 1] * law[0];
    for (std::size_t k = 1; k < n; ++k) weight += above[n - k] * law[k];
    law.push_back(weight * std::exp(load));
    sum += law.back();
    if (sum > 1e200) {
      for (double& one : law) one /= sum;
      sum = 1;
    }
  }
  const double empty = law[0] / sum;
  return (empty + load - 1) / (empty + load);
}

}  // namespace double11::study::theory
