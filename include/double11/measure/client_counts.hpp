#pragma once
// What the buyers' side counts, in scenarios in which one order can be more than one click. A click
// is an arrival with an outcome of its own; a first click and its further clicks are one order.

#include <cstdint>

namespace double11::measure {

struct ClientCounts {
  std::int64_t first_clicks = 0;
  std::int64_t second_clicks = 0;  ///< of double clicks
  std::int64_t retries = 0;
  std::int64_t given_up = 0;       ///< orders whose buyer stopped trying
  std::int64_t answered_late = 0;  ///< answers after the buyer had stopped waiting for them
  std::int64_t served = 0;         ///< orders of which some click was dispatched
  /// Clicks dispatched while the buyer waited for them.
  std::int64_t goodput = 0;
  std::int64_t over_budget = 0;  ///< retries that were not made for lack of a token
  std::int64_t timed_out = 0;    ///< clicks whose answer did not come in time

  [[nodiscard]] std::int64_t clicks() const { return first_clicks + second_clicks + retries; }

  ClientCounts& operator+=(const ClientCounts& other);
};

}  // namespace double11::measure
