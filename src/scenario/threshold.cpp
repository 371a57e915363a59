#include <double11/core/units.hpp>
#include <double11/scenario/network_metrics.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

constexpr std::array<std::pair<std::string_view, Comparison>, 6> kOperators{
    {{"<", Comparison::less},
     {"<=", Comparison::at_most},
     {">", Comparison::greater},
     {">=", Comparison::at_least},
     {"==", Comparison::equal},
     {"!=", Comparison::unequal}}};

// Shares of a whole are at most all of it; this one is how far something is off.
constexpr std::string_view kUnbounded = "published.off_most";

std::string_view next_word(std::string_view& text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) {
    text = {};
    return {};
  }
  const auto end = std::min(text.find(' ', begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// A word, but names of stations may have blanks in their brackets.
std::string_view next_metric(std::string_view& text) {
  const std::string_view whole = trimmed(text);
  const auto close = whole.starts_with("stations[") ? whole.find(']') : std::string_view::npos;
  if (close == std::string_view::npos) return next_word(text);
  const auto end = std::min(whole.find(' ', close), whole.size());
  text = whole.substr(end);
  return whole.substr(0, end);
}

std::optional<Metric> metric_of(std::string_view name) {
  if (const Metric* const metric = find_metric(name)) return *metric;
  return find_network_metric(name);
}

template <typename T, typename Convert>
std::optional<double> mapped(const std::optional<T>& value, Convert convert) {
  return value ? std::optional<double>(convert(*value)) : std::nullopt;
}

std::optional<double> parse_ratio(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<double> parse_in(MetricUnit unit, std::string_view text) {
  switch (unit) {
    case MetricUnit::rate_per_s:
      return parse_rate(text);
    case MetricUnit::share:
      return parse_share(text);
    case MetricUnit::duration_ns:
      return mapped(parse_duration(text),
                    [](Duration value) { return static_cast<double>(value.count()); });
    case MetricUnit::ratio:
      return parse_ratio(text);
    case MetricUnit::count:
      break;
  }
  return mapped(parse_count(text), [](std::int64_t value) { return static_cast<double>(value); });
}

std::string_view example_of(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::rate_per_s:
      return "a rate such as 325k/s";
    case MetricUnit::share:
      return "a share such as 0.1%";
    case MetricUnit::duration_ns:
      return "a duration such as 400ms";
    case MetricUnit::ratio:
      return "a number such as 1.5";
    case MetricUnit::count:
      break;
  }
  return "a count such as 0 or 10k";
}

// Why a share that is above all of it is none, and what may have been meant.
std::string too_large(std::string_view metric, std::string_view text, double share) {
  const std::string percents =
      share < 1e9 ? grouped(std::llround(share * 100)) : fmt::format("{:.3g}", share * 100);
  const bool is_percent = text.ends_with('%');
  return fmt::format("found value \"{}\"{}; {} takes a share of at most 100%{}", text,
                     is_percent ? "" : fmt::format(", which is {} %", percents), metric,
                     !is_percent && share <= 100 ? fmt::format("; did you mean {}%?", text) : "");
}

}  // namespace

std::variant<Threshold, std::string> parse_threshold(std::string_view text) {
  Threshold threshold;
  threshold.text = std::string(trimmed(text));
  std::string_view rest = text;
  const std::string_view metric = next_metric(rest);
  const std::string_view comparison = next_word(rest);
  const std::string_view value = trimmed(rest);
  const std::optional<Metric> known = metric_of(metric);
  if (!known) {
    return fmt::format(
        "unknown metric \"{}\"; allowed are the metrics that \"double11 scenario explain "
        "thresholds\" lists",
        metric);
  }
  threshold.metric = *known;
  std::optional<Comparison> found;
  for (const auto& [word, meaning] : kOperators) {
    if (word == comparison) found = meaning;
  }
  if (!found) {
    return fmt::format("found operator \"{}\"; allowed are < <= > >= == != with blanks around",
                       comparison);
  }
  threshold.comparison = *found;
  const auto parsed = parse_in(threshold.metric.unit, value);
  if (!parsed) {
    return fmt::format("found value \"{}\"; {} takes {}", value, metric,
                       example_of(threshold.metric.unit));
  }
  if (threshold.metric.unit == MetricUnit::share && *parsed > 1 && metric != kUnbounded) {
    return too_large(metric, value, *parsed);
  }
  threshold.value = *parsed;
  return threshold;
}

bool is_judged(const Scenario& scenario, const Threshold& threshold) {
  return find_network_metric(threshold.metric.name).has_value() == is_network(scenario);
}

bool holds(const Threshold& threshold, double measured) {
  switch (threshold.comparison) {
    case Comparison::less:
      return measured < threshold.value;
    case Comparison::at_most:
      return measured <= threshold.value;
    case Comparison::greater:
      return measured > threshold.value;
    case Comparison::at_least:
      return measured >= threshold.value;
    case Comparison::equal:
      return measured == threshold.value;
    case Comparison::unequal:
      break;
  }
  return measured != threshold.value;
}

}  // namespace double11::scenario
