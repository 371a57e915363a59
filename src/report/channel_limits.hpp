#pragma once
// Which of several payment channels gives way first, and what would move it; for bottleneck.cpp.

#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace double11::report {

inline bool has_channels(const scenario::Scenario& scenario) {
  return !scenario.payment.channels.empty();
}

/// Orders per second of the whole sale that bring the first channel to its limit, each taking the
/// payments that came to it, or its share when none did.
double channels_carry_per_s(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// That channel, and what would move it.
struct ChannelBlame {
  std::string reason;
  std::string setting;
};
/// When `needed_per_s` orders are to pay.
ChannelBlame blame_channel(const scenario::Scenario& scenario, const measure::RunRecord& record,
                           double needed_per_s);

/// Mean seconds of a payment, over all that there were: at the channel, nobody giving up; and until
/// the shop gives up.
double channels_seconds(const scenario::Scenario& scenario, const measure::RunRecord& record);
double channel_payments_seconds(const scenario::Scenario& scenario,
                                const measure::RunRecord& record);

/// Settings for the channel that lost most orders from its queue, and to refusals.
std::string more_channel_servers(const scenario::Scenario& scenario,
                                 const measure::RunRecord& record);
std::string fewer_channel_declines(const scenario::Scenario& scenario,
                                   const measure::RunRecord& record);

/// Key and value of the timeout of the channel where most payments were given up.
std::pair<std::string, Duration> latest_channel(const scenario::Scenario& scenario,
                                                const measure::RunRecord& record);

/// How long the shop waits for a payment of the channel, an index into payment.channels.
Duration timeout_of_channel(const scenario::Scenario& scenario, std::size_t channel);

/// Payments per order that had any, as it went.
double payments_per_order(const measure::RunRecord& record);

/// Payments that come to the channel per order of the whole sale that pays, as it went; by its
/// share when none did.
double payments_per_order(const scenario::Scenario& scenario, const measure::RunRecord& record,
                          std::size_t channel);

/// Where servers were busy longest in all.
std::size_t busiest_channel(const measure::RunRecord& record);

/// "payment.channels[2]", for settings.
std::string path_of_channel(std::size_t channel);

}  // namespace double11::report
