#pragma once
// Mt/M/c/K as it changes: Kolmogorov's forward equations of the number in system, by an embedded
// Runge-Kutta pair with step control (Dormand and Prince 1980). Rates may follow any function of
// time; the truth for spikes, daily waves and warm-ups.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace double11::study::theory {

struct TransientQueue {
  /// Arrivals per unit of time at time t >= 0, >= 0; smooth between the `jumps`.
  std::function<double(double t)> arrival_rate;
  std::vector<double> jumps;  ///< ascending times > 0 at which the rate jumps
  double service_rate = 1;    ///< of one server, > 0
  std::int64_t servers = 1;
  std::int64_t capacity = 1;  ///< in the system together, >= servers; arrivals beyond are lost
  std::int64_t initial = 0;   ///< in system at time 0, at most capacity
};

struct TransientPoint {
  double time = 0;
  double mean_in_system = 0;
  double full_probability = 0;  ///< P(N = capacity)
  double lost = 0;              ///< expected losses since time 0
  double served = 0;            ///< expected departures since time 0
};

/// The state at ascending `times` >= 0, global error about 1e-9 per state. Work grows with
/// capacity, the span of time and the fastest rate (arrivals + all servers).
[[nodiscard]] std::vector<TransientPoint> transient_queue(const TransientQueue& queue,
                                                          std::span<const double> times);

struct PeriodicPeak {
  double peak_time = 0;  ///< within one period, from its beginning
  double peak = 0;       ///< largest mean number in system
  double average = 0;    ///< of the mean number in system over a period
};
/// The last of `periods` >= 1 periods of length `period` > 0, by 1200 points and a parabola through
/// the highest three. Enough periods must pass for the beginning to be forgotten.
[[nodiscard]] PeriodicPeak periodic_peak(const TransientQueue& queue, double period, int periods);

}  // namespace double11::study::theory
