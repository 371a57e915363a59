#pragma once
// Published figures that a sale is held against: `published[]` of a scenario. What can be
// published: how many orders had taken a step of the funnel by an instant ("dispatched.count"),
// their rate at an instant ("offered.rate"), the turnover by an instant ("turnover"), and any
// metric over the whole run.

#include <double11/core/outcome.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace double11::scenario {

/// What a published point is about, and what it says.
struct PublishedValue {
  enum class Of : std::uint8_t {
    count,     ///< orders that had taken `step`
    rate,      ///< of `step`, per second
    turnover,  ///< catalogue price of everything dispatched, fen
    metric,    ///< `metric` over the whole run
  };

  Of of = Of::count;
  Funnel step = Funnel::offered;
  const Metric* metric = nullptr;
  double value = 0;  ///< orders, per second, fen, or the metric's unit
};

/// The point in numbers, or what is wrong with it: "what" or "value", and a sentence.
struct PublishedMistake {
  std::string key;
  std::string message;
};
std::variant<PublishedValue, PublishedMistake> parse_published(const PublishedPoint& point);

/// The same for a point of a loaded scenario.
PublishedValue published_value(const PublishedPoint& point);

/// `number` as people write what the point is about: "467,000,000", "325k/s", "168.2G yuan".
std::string text_of(const PublishedValue& value, double number);

/// Whether a point speaks of the turnover at an instant.
bool asks_for_turnover(const Scenario& scenario);

/// The point (of a loaded scenario) for a sale that is `scale` times as large.
PublishedPoint scaled(PublishedPoint point, double scale);

}  // namespace double11::scenario
