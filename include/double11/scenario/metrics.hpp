#pragma once
// The named metrics that thresholds may speak of. Names only; report/metrics.hpp has the values.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace double11::scenario {

/// In which unit a metric is given and compared.
enum class MetricUnit : std::uint8_t { rate_per_s, count, share, duration_ns, ratio };

struct Metric {
  std::string name;
  MetricUnit unit;
  std::string meaning;
};

/// All metrics, in a fixed order. Any thread.
const std::vector<Metric>& metrics();

/// The metric of this name, or null.
const Metric* find_metric(std::string_view name);

/// The value of a metric as text in its unit, three digits: "325k/s", "82.3ms", "3.1%", "0"; an
/// infinite duration is "never".
std::string text_of(MetricUnit unit, double value);

}  // namespace double11::scenario
