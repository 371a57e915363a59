#pragma once
// How buyers click: twice, again after a failure, and until they lose patience.

#include <double11/core/time.hpp>

#include <cstdint>
#include <vector>

namespace double11::scenario {

/// What makes a buyer try again.
enum class RetryAfter : std::uint8_t { throttled, shed, timed_out, declined, sold_out };

/// Retries are paid for with tokens that requests, or successes, bring in: `share` each, and
/// `least_per_s` whatever comes; a token lives for `ttl`. (Finagle's RetryBudget has requests, 20
/// %, 10/s and 10 s: https://finagle.github.io/blog/2016/02/08/retry-budgets)
struct RetryBudget {
  enum class Of : std::uint8_t { requests, successes };

  double share = 1;  ///< 1: no budget
  double least_per_s = 10;
  Duration ttl{std::chrono::seconds(10)};
  Of of = Of::requests;
};

struct Retry {
  /// Most clicks for one order, the first one included.
  std::int64_t attempts = 1;
  std::vector<RetryAfter> after{RetryAfter::throttled, RetryAfter::shed, RetryAfter::timed_out};
  /// How long a buyer waits for the answer to a click; 0: for ever.
  Duration timeout{0};
  Duration delay{std::chrono::milliseconds(100)};
  double backoff = 2;
  double jitter = 1;
  RetryBudget budget;
};

/// A share of the buyers clicks a second time, so much later.
struct DoubleClicks {
  double share = 0;
  Duration delay{std::chrono::milliseconds(200)};
};

}  // namespace double11::scenario
