#pragma once
// Which of several payment channels gives way first, and what would move it; for bottleneck.cpp.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace double11::report {

/// What one channel can carry, in orders of the whole sale: as many as bring it to its limit.
struct ChannelLimit {
  std::size_t channel = 0;
  double speed = 1;               ///< of its servers, on average over the traffic
  double seconds = 0;             ///< that a payment keeps a server, or its part of one
  double payments_per_order = 0;  ///< of all orders that pay, as it went
  double carries_per_s = 0;       ///< orders; infinite when none come here
};

/// In the scenario's order; only with channels.
std::vector<ChannelLimit> channel_limits(const scenario::Scenario& scenario,
                                         const measure::RunRecord& record);

/// The one with the least.
ChannelLimit narrowest(const std::vector<ChannelLimit>& limits);

/// Mean seconds of a payment, over all that there were: at the channel, nobody giving up; and until
/// the shop gives up.
double channels_seconds(const scenario::Scenario& scenario, const measure::RunRecord& record);
double channel_payments_seconds(const scenario::Scenario& scenario,
                                const measure::RunRecord& record);

/// Where `count` is largest; the first of equals.
std::size_t channel_with_most(
    const measure::RunRecord& record,
    const std::function<std::int64_t(const measure::ChannelCounts&)>& count);

/// When the shop gives up a payment there.
Duration timeout_of_channel(const scenario::Scenario& scenario, std::size_t channel);

/// "payment.channels[2]", for settings.
std::string path_of_channel(std::size_t channel);

}  // namespace double11::report
