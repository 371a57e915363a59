#include <double11/core/ensure.hpp>
#include <double11/study/theory/unlimited.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace double11::study::theory {

Occupancy mg_infinity(double arrival_rate, double mean_hold) {
  ensure(arrival_rate >= 0 && mean_hold >= 0, "rates and times are not negative");
  const double mean = arrival_rate * mean_hold;
  return {mean, std::sqrt(mean)};
}

SinusoidOccupancy mt_m_infinity(double mean_rate, double amplitude, double period,
                                double service_rate) {
  ensure(amplitude >= 0 && amplitude <= mean_rate && period > 0 && service_rate > 0,
         "a rate that swings stays at or above zero");
  const double frequency = 2 * std::numbers::pi / period;
  SinusoidOccupancy occupancy;
  occupancy.mean = mean_rate / service_rate;
  occupancy.amplitude = amplitude / std::hypot(service_rate, frequency);
  occupancy.peak = occupancy.mean + occupancy.amplitude;
  occupancy.lag = std::atan(frequency / service_rate) / frequency;
  return occupancy;
}

FluidBacklog fluid_backlog(double peak_rate, double peak_time, double capacity, double rate_after) {
  ensure(peak_rate >= 0 && peak_time >= 0 && capacity > 0 && rate_after >= 0,
         "rates and times are not negative");
  FluidBacklog fluid;
  fluid.peak_backlog = std::max(0.0, peak_rate - capacity) * peak_time;
  if (fluid.peak_backlog <= 0) return fluid;
  fluid.drain_time = rate_after < capacity ? fluid.peak_backlog / (capacity - rate_after)
                                           : std::numeric_limits<double>::infinity();
  fluid.longest_wait = fluid.peak_backlog / capacity;
  fluid.total_delay = fluid.peak_backlog * (peak_time + fluid.drain_time) / 2;
  return fluid;
}

PeriodicDepartures periodic_departures(double arrival_rate, double period) {
  ensure(arrival_rate > 0 && period > 0, "departures need a rate and a period above zero");
  const double load = arrival_rate * period;
  return {period / 2, period, load, std::sqrt(load)};
}

}  // namespace double11::study::theory
