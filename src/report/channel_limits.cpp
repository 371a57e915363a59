#include "report/channel_limits.hpp"

#include <double11/core/units.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/suggestion.hpp"

namespace double11::report {
namespace {

using measure::ChannelCounts;
using measure::RunRecord;
using scenario::Scenario;

double mean_seconds(const Scenario& scenario, std::size_t channel) {
  return stages::mean_latency_ns(scenario.payment.channels[channel]) * 1e-9;
}

double seconds_until_given_up(const Scenario& scenario, std::size_t channel) {
  return std::min({mean_seconds(scenario, channel),
                   seconds_of(timeout_of_channel(scenario, channel)),
                   seconds_of(scenario.inventory.reservation_ttl)});
}

// Payments that came to the channel, served or not.
double came_to(const RunRecord& record, std::size_t channel) {
  const ChannelCounts& counts = record.payments.channels[channel];
  return static_cast<double>(counts.started + counts.refused + counts.left);
}

// Mean over the payments that began; by the shares when none did.
template <typename Seconds>
double mean_over_channels(const Scenario& scenario, const RunRecord& record, Seconds seconds) {
  const auto& channels = record.payments.channels;
  const bool any_began =
      std::any_of(channels.begin(), channels.end(),
                  [](const ChannelCounts& counts) { return counts.started > 0; });
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const double weight =
        any_began ? static_cast<double>(channels[i].started) : scenario.payment.channels[i].share;
    sum += weight * seconds(scenario, i);
    weights += weight;
  }
  return ratio(sum, weights);
}

// What one channel can carry.
struct ChannelLimit {
  std::size_t channel = 0;
  double speed = 1;               // of its servers, on average over the traffic
  double seconds = 0;             // that a payment keeps a server, or its part of one
  double payments_per_order = 0;  // of all orders that pay, as it went
  double carries_per_s = 0;       // orders of the whole sale
};

ChannelLimit limit_of(const Scenario& scenario, const RunRecord& record, std::size_t index) {
  const scenario::PaymentChannel& channel = scenario.payment.channels[index];
  const std::int64_t together =
      std::clamp<std::int64_t>(channel.queue_limit, 1, scenario.payment.batch_most);
  ChannelLimit limit;
  limit.channel = index;
  limit.speed =
      stages::WorkClock::of_channel(scenario, index).work_s(Instant{}, Instant(scenario.duration)) /
      seconds_of(scenario.duration);
  limit.seconds = seconds_until_given_up(scenario, index) / static_cast<double>(together);
  limit.payments_per_order = payments_per_order(scenario, record, index);
  limit.carries_per_s = limit.payments_per_order > 0
                            ? static_cast<double>(channel.servers) * limit.speed /
                                  std::max(1e-9, limit.seconds) / limit.payments_per_order
                            : std::numeric_limits<double>::infinity();
  return limit;
}

ChannelLimit narrowest(const Scenario& scenario, const RunRecord& record) {
  ChannelLimit narrowest = limit_of(scenario, record, 0);
  for (std::size_t i = 1; i < scenario.payment.channels.size(); ++i) {
    const ChannelLimit limit = limit_of(scenario, record, i);
    if (limit.carries_per_s < narrowest.carries_per_s) narrowest = limit;
  }
  return narrowest;
}

// Where `count` is largest; the first of equals.
template <typename Count>
std::size_t channel_with_most(const RunRecord& record, Count count) {
  const auto& channels = record.payments.channels;
  const auto most = std::max_element(
      channels.begin(), channels.end(),
      [&](const ChannelCounts& a, const ChannelCounts& b) { return count(a) < count(b); });
  return static_cast<std::size_t>(most - channels.begin());
}

std::string setting_of_servers(const Scenario& scenario, std::size_t channel, double needed) {
  return suggestion(scenario, path_of_channel(channel) + ".servers", needed,
                    scenario.payment.channels[channel].servers);
}

}  // namespace

Duration timeout_of_channel(const Scenario& scenario, std::size_t channel) {
  const Duration own = scenario.payment.channels[channel].timeout;
  return own > Duration(0) ? own : scenario.payment.timeout;
}

double payments_per_order(const RunRecord& record) {
  const auto orders = static_cast<double>(record.reservations.granted);
  return orders > 0 ? 1 + static_cast<double>(record.payments.repeated) / orders : 1;
}

double payments_per_order(const Scenario& scenario, const RunRecord& record, std::size_t channel) {
  const double came = came_to(record, channel);
  return came > 0 ? came / static_cast<double>(record.reservations.granted)
                  : scenario.payment.channels[channel].share;
}

double channels_carry_per_s(const Scenario& scenario, const RunRecord& record) {
  return narrowest(scenario, record).carries_per_s;
}

ChannelBlame blame_channel(const Scenario& scenario, const RunRecord& record, double needed_per_s) {
  const ChannelLimit least = narrowest(scenario, record);
  const scenario::PaymentChannel& channel = scenario.payment.channels[least.channel];
  const double servers = static_cast<double>(channel.servers) * least.speed;
  const double payments = needed_per_s * least.payments_per_order;
  const double enough = payments * kRoom * least.seconds / (least.speed > 0 ? least.speed : 1);
  return {fmt::format("channel {}: {} / {} per payment carry {} (Little's law), needed {}",
                      channel.name, servers_in_words(servers, least.speed == 1),
                      in_words(least.seconds), short_rate(servers / std::max(1e-9, least.seconds)),
                      short_rate(payments)),
          setting_of_servers(scenario, least.channel, enough)};
}

double channels_seconds(const Scenario& scenario, const RunRecord& record) {
  return mean_over_channels(scenario, record, mean_seconds);
}

double channel_payments_seconds(const Scenario& scenario, const RunRecord& record) {
  return mean_over_channels(scenario, record, seconds_until_given_up);
}

std::string more_channel_servers(const Scenario& scenario, const RunRecord& record) {
  const std::size_t channel =
      channel_with_most(record, [](const ChannelCounts& c) { return c.refused + c.left; });
  return setting_of_servers(
      scenario, channel, static_cast<double>(scenario.payment.channels[channel].servers) * kMore);
}

// Those that a breaker turned away, too, are lost to failures of the channel.
std::string fewer_channel_declines(const Scenario& scenario, const RunRecord& record) {
  const std::size_t channel =
      channel_with_most(record, [](const ChannelCounts& c) { return c.declined + c.avoided; });
  const ChannelCounts& counts = record.payments.channels[channel];
  if (counts.timed_out > counts.declined) {
    return longer(path_of_channel(channel) + ".timeout", timeout_of_channel(scenario, channel));
  }
  // Too few are declined to open the breaker: it opened for slow calls.
  if (counts.avoided > counts.declined && scenario.payment.channels[channel].decline_probability <
                                              scenario.payment.breaker.failure_share) {
    return path_of_channel(channel) + ".breaker=off";
  }
  return fmt::format("{}.decline_probability={:.3g}", path_of_channel(channel),
                     scenario.payment.channels[channel].decline_probability / 2);
}

std::pair<std::string, Duration> latest_channel(const Scenario& scenario, const RunRecord& record) {
  const std::size_t channel =
      channel_with_most(record, [](const ChannelCounts& c) { return c.timed_out; });
  const bool own = scenario.payment.channels[channel].timeout > Duration(0);
  return {own ? path_of_channel(channel) + ".timeout" : "payment.timeout",
          timeout_of_channel(scenario, channel)};
}

std::size_t busiest_channel(const RunRecord& record) {
  return channel_with_most(record, [](const ChannelCounts& c) { return c.busy.count(); });
}

std::string path_of_channel(std::size_t channel) {
  return fmt::format("payment.channels[{}]", channel);
}

}  // namespace double11::report
