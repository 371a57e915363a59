#pragma once
// One threshold of a scenario: "METRIC OPERATOR VALUE", such as "latency.dispatched.p99 < 400ms",
// or of a network of queues, "stations[till].wait.mean < 1s".

#include <double11/scenario/metrics.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace double11::scenario {

enum class Comparison : std::uint8_t { less, at_most, greater, at_least, equal, unequal };

struct Threshold {
  std::string text;  ///< as written
  Metric metric;     ///< of a sale, or of a network of queues
  Comparison comparison = Comparison::less;
  double value = 0;  ///< in the metric's unit: per second, orders, 0 to 1, nanoseconds
};

/// The threshold, or a sentence that says what is wrong and what is allowed.
std::variant<Threshold, std::string> parse_threshold(std::string_view text);

/// Whether the scenario is judged by it: those of sales say nothing of a network of queues, which a
/// sale was perhaps made into, nor the other way round.
bool is_judged(const Scenario& scenario, const Threshold& threshold);

/// Whether `measured` (in the metric's unit) satisfies it.
bool holds(const Threshold& threshold, double measured);

}  // namespace double11::scenario
