// Rules between the keys that describe randomness.
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <cmath>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// Whoever makes arrivals passes through all states of the rate: that many take seconds.
constexpr double kCyclesMost = 1e7;

}  // namespace

void check_random_duration(const std::string& path, const RandomDuration& duration,
                           const Complain& complain) {
  using enum Distribution;
  const Distribution law = duration.distribution;
  if (law == lognormal && (duration.p50 >= duration.p99 || duration.p50.count() == 0)) {
    complain(path + ".p99",
             fmt::format("found {}; must be above p50 ({}), and p50 above 0s",
                         text_of_duration(duration.p99), text_of_duration(duration.p50)),
             {path + ".p50"});
  }
  if (law == uniform && duration.least > duration.most) {
    complain(path + ".least",
             fmt::format("found {}; must not be above most ({})", text_of_duration(duration.least),
                         text_of_duration(duration.most)),
             {path + ".most"});
  }
  if (law == erlang && (duration.shape < 1 || duration.shape != std::floor(duration.shape))) {
    complain(path + ".shape",
             fmt::format("found {}; an erlang has a whole number of parts", duration.shape), {});
  }
  if (law == pareto && duration.shape <= 1) {
    complain(path + ".shape",
             fmt::format("found {}; a pareto has a mean only if this is above 1", duration.shape),
             {});
  }
  const bool by_mean = law == exponential || law == erlang || law == gamma ||
                       law == lognormal_mean || law == weibull || law == pareto ||
                       law == hyperexponential;
  if (by_mean && duration.mean.count() == 0) {
    complain(path + ".mean", fmt::format("found 0s; only a constant may be 0s"), {});
  }
}

void check_arrivals(const Scenario& scenario, const Complain& complain) {
  const Traffic& traffic = scenario.traffic;
  if (traffic.arrivals != Arrivals::mmpp) return;
  const double high_s = seconds_of(traffic.mmpp.high_mean);
  const double high_share = high_s / (high_s + seconds_of(traffic.mmpp.low_mean));
  if (traffic.mmpp.high_factor * high_share > 1) {
    complain("traffic.mmpp.high_factor",
             fmt::format("found {}; with a share of {:.6g} of the time high it may be at most "
                         "{:.6g}, else the curve cannot be the mean",
                         traffic.mmpp.high_factor, high_share, 1 / high_share),
             {"traffic.mmpp"});
  }
  const double cycle_s = high_s + seconds_of(traffic.mmpp.low_mean);
  if (seconds_of(scenario.duration) / cycle_s > kCyclesMost) {
    complain("traffic.mmpp.high_mean",
             fmt::format("found {}; allowed: at most 10 million times high in the duration",
                         text_of_duration(traffic.mmpp.high_mean)),
             {"traffic.mmpp", "duration"});
  }
  // The slices of a sale have room for so many; a network has none.
  const double peak = highest_rate_per_s(scenario);
  if (!is_network(scenario) && peak <= kRateMaxPerS &&
      peak * traffic.mmpp.high_factor > kRateMaxPerS) {
    complain("traffic.mmpp.high_factor",
             fmt::format("found {}; the curve rises to {}, so it may be at most {:.6g}: a sale "
                         "takes a rate up to {}",
                         traffic.mmpp.high_factor, text_of_rate(peak), kRateMaxPerS / peak,
                         text_of_rate(kRateMaxPerS)),
             {"traffic.curve", "traffic.scale", "traffic.wave", "simulate.scale", "network"});
  }
}

}  // namespace double11::scenario
