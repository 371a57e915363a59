#include <double11/core/ensure.hpp>
#include <double11/study/theory/transient.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace double11::study::theory {

namespace {

// Probabilities of the states 0 to capacity, then expected losses, then expected departures.
using State = std::vector<double>;

// Largest error of a probability that one step may add.
constexpr double kStepError = 1e-13;

// Dormand and Prince 5(4): times, stages and the error of the fifth order by the fourth.
constexpr std::size_t kStages = 7;
constexpr std::array<double, kStages> kTimes = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
constexpr std::array<std::array<double, kStages - 1>, kStages> kWeights = {{
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
}};
constexpr std::array<double, kStages> kErrors = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

class Integrator {
 public:
  explicit Integrator(const TransientQueue& queue)
      : queue_(queue), last_(static_cast<std::size_t>(queue.capacity)), state_(last_ + 3, 0.0) {
    state_[static_cast<std::size_t>(queue.initial)] = 1;
    for (State& slope : slopes_) slope.resize(state_.size());
    probe_.resize(state_.size());
    const auto servers = static_cast<std::size_t>(queue.servers);
    for (std::size_t n = 0; n <= last_; ++n) {
      service_rates_.push_back(static_cast<double>(std::min(n, servers)) * queue.service_rate);
    }
  }

  // To time `end`, never stepping across a jump of the rate.
  void advance_to(double end) {
    for (const double jump : queue_.jumps) {
      if (jump > time_ && jump < end) advance_smoothly_to(jump);
    }
    if (end > time_) advance_smoothly_to(end);
  }

  [[nodiscard]] TransientPoint point() const {
    TransientPoint point{time_, 0, state_[last_], state_[last_ + 1], state_[last_ + 2]};
    for (std::size_t n = 1; n <= last_; ++n) {
      point.mean_in_system += static_cast<double>(n) * state_[n];
    }
    return point;
  }

 private:
  void advance_smoothly_to(double end) {
    // The rate at the end itself may belong to the other side of a jump.
    latest_ = std::nextafter(end, time_);
    while (time_ < end) {
      const double step = std::min(step_, end - time_);
      const double error = attempt(step);
      if (error <= kStepError) {
        time_ = step >= end - time_ ? end : time_ + step;
        std::swap(state_, probe_);
      }
      // The usual controller for a fifth-order step, with a margin of safety.
      const double factor = 0.9 * std::pow(kStepError / std::max(error, 1e-30), 0.2);
      step_ = std::max(step * std::clamp(factor, 0.2, error <= kStepError ? 5.0 : 1.0), 1e-12);
    }
  }

  // Leaves the state after `step` in probe_; returns the estimated error of a probability.
  double attempt(double step) {
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      probe_ = state_;
      for (std::size_t k = 0; k < stage; ++k) {
        const double weight = step * kWeights[stage][k];
        for (std::size_t n = 0; n < probe_.size(); ++n) probe_[n] += weight * slopes_[k][n];
      }
      derive(std::min(time_ + kTimes[stage] * step, latest_), probe_, slopes_[stage]);
    }
    double largest = 0;
    for (std::size_t n = 0; n <= last_; ++n) {
      double error = 0;
      for (std::size_t k = 0; k < kStages; ++k) error += kErrors[k] * slopes_[k][n];
      largest = std::max(largest, std::abs(error));
    }
    return largest * step;
  }

  // Kolmogorov's forward equations.
  void derive(double time, const State& p, State& slope) const {
    const double arrivals = queue_.arrival_rate(time);
    slope[0] = -arrivals * p[0] + service_rates_[1] * p[1];
    double served = 0;
    for (std::size_t n = 1; n < last_; ++n) {
      slope[n] = arrivals * (p[n - 1] - p[n]) - service_rates_[n] * p[n] +
                 service_rates_[n + 1] * p[n + 1];
      served += service_rates_[n] * p[n];
    }
    slope[last_] = arrivals * p[last_ - 1] - service_rates_[last_] * p[last_];
    slope[last_ + 1] = arrivals * p[last_];
    slope[last_ + 2] = served + service_rates_[last_] * p[last_];
  }

  const TransientQueue& queue_;
  std::size_t last_;
  State state_;
  State probe_;
  std::array<State, kStages> slopes_;
  std::vector<double> service_rates_;
  double time_ = 0;
  double latest_ = 0;
  double step_ = 1e-3;
};

void ensure_valid(const TransientQueue& queue) {
  ensure(queue.service_rate > 0 && queue.servers >= 1 && queue.capacity >= queue.servers,
         "a queue needs a rate above zero, a server and room for those in service");
  ensure(queue.initial >= 0 && queue.initial <= queue.capacity, "the queue begins within its room");
  ensure(std::is_sorted(queue.jumps.begin(), queue.jumps.end()), "jumps of a rate ascend");
}

}  // namespace

std::vector<TransientPoint> transient_queue(const TransientQueue& queue,
                                            std::span<const double> times) {
  ensure_valid(queue);
  ensure(std::is_sorted(times.begin(), times.end()), "times ascend");
  Integrator integrator(queue);
  std::vector<TransientPoint> points;
  for (const double time : times) {
    integrator.advance_to(time);
    points.push_back(integrator.point());
  }
  return points;
}

PeriodicPeak periodic_peak(const TransientQueue& queue, double period, int periods) {
  ensure_valid(queue);
  ensure(period > 0 && periods >= 1, "a periodic rate has a period");
  constexpr int kPoints = 1200;
  Integrator integrator(queue);
  integrator.advance_to(period * (periods - 1));
  std::vector<double> means;
  double sum = 0;
  for (int i = 1; i <= kPoints; ++i) {
    integrator.advance_to(period * (periods - 1 + static_cast<double>(i) / kPoints));
    means.push_back(integrator.point().mean_in_system);
    sum += means.back();
  }
  const auto top =
      static_cast<std::size_t>(std::max_element(means.begin(), means.end()) - means.begin());
  const double before = means[(top + kPoints - 1) % kPoints];
  const double after = means[(top + 1) % kPoints];
  const double bend = before - 2 * means[top] + after;
  const double shift = bend < 0 ? (before - after) / (2 * bend) : 0;
  PeriodicPeak peak;
  peak.peak_time = period * (static_cast<double>(top + 1) + shift) / kPoints;
  peak.peak = means[top] - bend * shift * shift / 2;
  peak.average = sum / kPoints;
  return peak;
}

}  // namespace double11::study::theory
