#include <double11/core/steering.hpp>
#include <double11/screen/speed_steps.hpp>

#include <algorithm>
#include <vector>

namespace double11::screen {
namespace {

constexpr double kLeast = 0.1;
constexpr double kMostPaced = 10;
// A step is the same whichever way it was computed.
constexpr double kSame = 1e-9;

// 0.1, 0.2, 0.5, 1, ... up to a billion.
std::vector<double> all_steps() {
  std::vector<double> steps{kLeast, 0.2, 0.5};
  for (double power = 1; power <= 1e9; power *= 10) {
    for (const double step : {1.0, 2.0, 5.0}) steps.push_back(step * power);
  }
  return steps;
}

double step_above(double speed) {
  const std::vector<double> steps = all_steps();
  const auto found = std::upper_bound(steps.begin(), steps.end(), speed * (1 + kSame));
  return found == steps.end() ? steps.back() : *found;
}

// Below `speed`, or at it.
double step_down(double speed, bool or_same) {
  const std::vector<double> steps = all_steps();
  const auto found =
      std::lower_bound(steps.begin(), steps.end(), speed * (or_same ? 1 + kSame : 1 - kSame));
  return found == steps.begin() ? kLeast : *(found - 1);
}

}  // namespace

double faster(double limit, double unlimited_reached, measure::Runtime runtime) {
  if (runtime == measure::Runtime::pace_real) {
    return std::min(step_above(limit == Steering::kUnlimited ? 1 : limit), kMostPaced);
  }
  if (limit == Steering::kUnlimited) return Steering::kUnlimited;
  const double next = step_above(limit);
  const bool is_last = next <= limit;
  const bool binds = unlimited_reached <= 0 || next <= unlimited_reached;
  return is_last || !binds ? Steering::kUnlimited : next;
}

double slower(double limit, double reached, measure::Runtime runtime) {
  if (limit != Steering::kUnlimited) return step_down(limit, false);
  return runtime == measure::Runtime::pace_real ? step_down(1, false) : step_down(reached, true);
}

}  // namespace double11::screen
