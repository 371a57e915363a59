#include <double11/core/ensure.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/published.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "scenario/scaled_number.hpp"

namespace double11::scenario {
namespace {

using Of = PublishedValue::Of;

constexpr std::string_view kYuan = " yuan";
constexpr double kFenPerYuan = 100;

// An amount of a whole sale: "168.2G yuan".
std::optional<double> parse_amount(std::string_view text) {
  if (text.size() > kYuan.size() && text.substr(text.size() - kYuan.size()) == kYuan) {
    if (const auto yuan = parse_count(text.substr(0, text.size() - kYuan.size()))) {
      return static_cast<double>(*yuan) * kFenPerYuan;
    }
  }
  const auto money = parse_money(text);
  return money ? std::optional(static_cast<double>(money->fen)) : std::nullopt;
}

std::string amount_text(double fen) {
  constexpr std::array<std::pair<double, std::string_view>, 3> kMagnitudes{
      {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  const double yuan = fen / kFenPerYuan;
  for (const auto& [factor, name] : kMagnitudes) {
    if (yuan >= factor) return fmt::format("{:.4g}{}{}", yuan / factor, name, kYuan);
  }
  return fmt::format("{:.4g}{}", yuan, kYuan);
}

// "STEP.count" or "STEP.rate".
std::optional<PublishedValue> step_named(std::string_view what) {
  const auto dot = what.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view name = what.substr(0, dot);
  const std::string_view quantity = what.substr(dot + 1);
  const auto* const step = std::find_if(kFunnel.begin(), kFunnel.end(),
                                        [&](Funnel one) { return name_of(one) == name; });
  if (step == kFunnel.end() || (quantity != "count" && quantity != "rate")) return std::nullopt;
  PublishedValue value;
  value.of = quantity == "count" ? Of::count : Of::rate;
  value.step = *step;
  return value;
}

std::optional<PublishedValue> about(const PublishedPoint& point) {
  const bool whole_run = point.at == Duration(0);
  PublishedValue value;
  if (point.what == "turnover") {
    value.of = Of::turnover;
    return value;
  }
  if (const auto step = step_named(point.what); step && !(whole_run && step->of == Of::rate)) {
    return step;
  }
  value.of = Of::metric;
  value.metric = find_metric(point.what);
  const bool of_points = point.what.rfind("published.", 0) == 0;
  return whole_run && value.metric != nullptr && !of_points ? std::optional(value) : std::nullopt;
}

std::string_view example_of(Of of) {
  switch (of) {
    case Of::rate:
      return "a rate such as 325k/s";
    case Of::turnover:
      return "an amount such as 168.2G yuan";
    case Of::count:
    case Of::metric:
      break;
  }
  return "a count such as 812M";
}

std::optional<double> number_of(const PublishedValue& value, const std::string& text) {
  if (value.of == Of::turnover) return parse_amount(text);
  if (value.of == Of::rate) return parse_rate(text);
  const auto count = parse_count(text);
  return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
}

}  // namespace

std::variant<PublishedValue, PublishedMistake> parse_published(const PublishedPoint& point) {
  std::optional<PublishedValue> value = about(point);
  if (!value) {
    return PublishedMistake{
        "what",
        fmt::format("found \"{}\"; allowed: turnover, STEP.count with STEP of the funnel, {}",
                    point.what,
                    point.at == Duration(0) ? "and without \"at\" the metrics of thresholds, but "
                                              "not those of published points"
                                            : "STEP.rate")};
  }
  if (value->of == Of::metric) {
    // The metric's own way to write a value is that of thresholds.
    const auto parsed = parse_threshold(fmt::format("{} == {}", point.what, point.value));
    if (const auto* const message = std::get_if<std::string>(&parsed)) {
      return PublishedMistake{"value", *message};
    }
    value->value = std::get<Threshold>(parsed).value;
  } else {
    const std::optional<double> number = number_of(*value, point.value);
    if (!number || !std::isfinite(*number)) {
      return PublishedMistake{"value", fmt::format("found \"{}\"; {} takes {}", point.value,
                                                   point.what, example_of(value->of))};
    }
    value->value = *number;
  }
  // Deviations are relative.
  if (value->value == 0) {
    return PublishedMistake{"value", fmt::format("found \"{}\"; must not be 0", point.value)};
  }
  return *value;
}

PublishedValue published_value(const PublishedPoint& point) {
  const auto parsed = parse_published(point);
  const auto* const value = std::get_if<PublishedValue>(&parsed);
  ensure(value != nullptr, "published points are checked when a scenario is loaded");
  return *value;
}

std::string text_of(const PublishedValue& value, double number) {
  switch (value.of) {
    case Of::count:
      return grouped(std::llround(number));
    case Of::rate:
      return short_rate(number);
    case Of::turnover:
      return amount_text(number);
    case Of::metric:
      break;
  }
  return text_of(value.metric->unit, number);
}

bool asks_for_turnover(const Scenario& scenario) {
  return std::any_of(scenario.published.begin(), scenario.published.end(),
                     [](const PublishedPoint& point) {
                       return point.what == "turnover" && point.at > Duration(0);
                     });
}

PublishedPoint scaled(PublishedPoint point, double scale) {
  const PublishedValue value = published_value(point);
  // Nothing cannot be published, however small the sale.
  const auto whole = [&] { return std::max<std::int64_t>(1, scaled_count(value.value, scale)); };
  const MetricUnit unit = value.of == Of::metric ? value.metric->unit
                          : value.of == Of::rate ? MetricUnit::rate_per_s
                                                 : MetricUnit::count;
  if (value.of == Of::turnover) {
    point.value = fmt::format("{} fen", whole());
  } else if (unit == MetricUnit::rate_per_s) {
    point.value = text_of_rate(scaled_rate(value.value, scale));
  } else if (unit == MetricUnit::count) {
    point.value = fmt::format("{}", whole());
  }
  return point;
}

}  // namespace double11::scenario
