#pragma once
// Payment as a scenario describes it: a channel, or several, with servers, times and failures.

#include <double11/core/time.hpp>
#include <double11/scenario/network.hpp>
#include <double11/scenario/random_duration.hpp>
#include <double11/scenario/switch.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::scenario {

/// From `at` for `duration` the channel works at `factor` times its speed; 0 is an outage.
struct SpeedWindow {
  std::string channel;  ///< which one of several; empty: all
  Duration at{0};
  Duration duration{0};
  double factor = 0;
};

/// From `at` on there are this many servers. Payments under way are finished.
struct ServerStep {
  Duration at{0};
  std::int64_t servers = 1;
};

/// Who of a queue of orders is served next.
enum class QueueOrder : std::uint8_t {
  fifo,
  lifo,
  priority,  ///< the segment of the smallest priority, fifo within
  dearest,   ///< the dearest basket, fifo among equals
};

/// A duration as it was measured, and how often.
struct MeasuredDuration {
  Duration value{0};
  double weight = 1;
};

/// One of several ways to pay, with servers and a queue of its own.
struct PaymentChannel {
  std::string name;
  double share = 1.0;  ///< of the orders, when they pay for the first time
  std::int64_t servers = 1'000'000;
  std::int64_t queue_limit = 10'000'000;
  RandomDuration latency;
  double decline_probability = 0;
  Duration timeout{0};  ///< 0: Payment::timeout
  Switch breaker = Switch::off;
};

/// When the circuit breaker of a channel opens and closes; the defaults are those of resilience4j.
struct Breaker {
  std::int64_t window = 100;       ///< payments that are looked at, the last ones
  std::int64_t least_calls = 100;  ///< nothing is said of fewer; the window when that is smaller
  double failure_share = 0.5;      ///< so many failed: opens
  double slow_share = 1.0;         ///< so many took longer than slow_call: opens
  Duration slow_call{std::chrono::seconds(60)};
  Duration open_time{std::chrono::seconds(60)};
  std::int64_t probes = 10;  ///< payments let through after that, to decide what is next
};

/// Whose fault it is that a payment is declined.
enum class Blame : std::uint8_t { channel, buyer };

/// Why a payment is declined; `share` of those that are.
struct DeclineReason {
  std::string name;
  double share = 1.0;
  Switch retryable = Switch::on;  ///< off: the order is not tried again
  Blame fault = Blame::channel;   ///< that of the buyer is no failure to a breaker
};

struct Payment {
  /// None: there is one, described by servers, calendar, queue_limit, latency, histogram, breakdown
  /// and decline_probability, which are not used otherwise.
  std::vector<PaymentChannel> channels;
  Breaker breaker;
  Switch retry_elsewhere = Switch::off;
  std::vector<DeclineReason> reasons;
  std::int64_t servers = 1'000'000;
  std::vector<ServerStep> calendar;  ///< by time
  std::int64_t queue_limit = 10'000'000;
  QueueOrder discipline = QueueOrder::fifo;
  /// Most waiting orders that a server takes at once; they share one time at the channel.
  std::int64_t batch_most = 1;
  /// Time in the queue after which a buyer leaves.
  RandomDuration patience{Distribution::none};
  RandomDuration latency;
  std::vector<MeasuredDuration> histogram;  ///< of an empirical latency
  std::vector<SpeedWindow> slowdowns;       ///< by time, one after the other
  Breakdown breakdown;
  double decline_probability = 0;
  Duration timeout{std::chrono::seconds(30)};
  /// Most payments that are tried for one order while its reservation holds.
  std::int64_t attempts = 1;
  Duration retry_delay{0};
  double retry_backoff = 1;
  double retry_jitter = 0;
};

}  // namespace double11::scenario
