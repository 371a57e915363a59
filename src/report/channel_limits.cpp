#include "report/channel_limits.hpp"

#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <limits>

#include <fmt/format.h>

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
  double sum = 0;
  double weights = 0;
  for (const bool by_share : {false, true}) {
    for (std::size_t i = 0; i < scenario.payment.channels.size() && (!by_share || weights == 0);
         ++i) {
      const double weight = by_share ? scenario.payment.channels[i].share
                                     : static_cast<double>(record.payments.channels[i].started);
      sum += weight * seconds(scenario, i);
      weights += weight;
    }
  }
  return weights > 0 ? sum / weights : 0;
}

}  // namespace

Duration timeout_of_channel(const Scenario& scenario, std::size_t channel) {
  const Duration own = scenario.payment.channels[channel].timeout;
  return own > Duration(0) ? own : scenario.payment.timeout;
}

std::vector<ChannelLimit> channel_limits(const Scenario& scenario, const RunRecord& record) {
  const scenario::Payment& payment = scenario.payment;
  const Instant end(scenario.duration);
  const auto orders = static_cast<double>(record.reservations.granted);
  std::vector<ChannelLimit> limits;
  for (std::size_t i = 0; i < payment.channels.size(); ++i) {
    const scenario::PaymentChannel& channel = payment.channels[i];
    const std::int64_t together =
        std::clamp<std::int64_t>(channel.queue_limit, 1, payment.batch_most);
    ChannelLimit limit;
    limit.channel = i;
    limit.speed = stages::WorkClock::of_channel(scenario, i).work_s(Instant{}, end) /
                  seconds_of(scenario.duration);
    limit.seconds = seconds_until_given_up(scenario, i) / static_cast<double>(together);
    limit.payments_per_order = orders > 0 ? came_to(record, i) / orders : channel.share;
    limit.carries_per_s = limit.payments_per_order > 0
                              ? static_cast<double>(channel.servers) * limit.speed /
                                    std::max(1e-9, limit.seconds) / limit.payments_per_order
                              : std::numeric_limits<double>::infinity();
    limits.push_back(limit);
  }
  return limits;
}

ChannelLimit narrowest(const std::vector<ChannelLimit>& limits) {
  return *std::min_element(limits.begin(), limits.end(),
                           [](const ChannelLimit& a, const ChannelLimit& b) {
                             return a.carries_per_s < b.carries_per_s;
                           });
}

double channels_seconds(const Scenario& scenario, const RunRecord& record) {
  return mean_over_channels(scenario, record, mean_seconds);
}

double channel_payments_seconds(const Scenario& scenario, const RunRecord& record) {
  return mean_over_channels(scenario, record, seconds_until_given_up);
}

std::size_t channel_with_most(const RunRecord& record,
                              const std::function<std::int64_t(const ChannelCounts&)>& count) {
  const auto& channels = record.payments.channels;
  const auto most = std::max_element(
      channels.begin(), channels.end(),
      [&](const ChannelCounts& a, const ChannelCounts& b) { return count(a) < count(b); });
  return static_cast<std::size_t>(most - channels.begin());
}

std::string path_of_channel(std::size_t channel) {
  return fmt::format("payment.channels[{}]", channel);
}

}  // namespace double11::report
