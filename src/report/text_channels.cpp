
#include <double11/core/units.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

std::string reasons_text(const Result& result) {
  const auto& counts = result.record.payments.reasons;
  const auto sum = static_cast<double>(std::accumulate(counts.begin(), counts.end(), INT64_C(0)));
  std::string text = fmt::format("\n{:<38}{:>16}{:>16}\n", "Declined", "payments", "of declined");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const scenario::DeclineReason& reason = result.scenario.payment.reasons[i];
    text += fmt::format("  {:<36.36}{:>16}{:>16}\n", reason.name, grouped(counts[i]),
                        percent(static_cast<double>(counts[i]), sum));
  }
  return text;
}

}  // namespace

std::string channel_part(const Result& result) {
  const measure::PaymentCounts& payments = result.record.payments;
  const scenario::Payment& payment = result.scenario.payment;
  std::string text;
  if (!payments.channels.empty()) {
    text = fmt::format("\n{:<16}{:>13}{:>13}{:>12}{:>11}{:>8}{:>7}\n", "Channels", "started",
                       "paid", "declined", "timed out", "busy", "opened");
  }
  const double span_s = std::max(seconds_of(result.record.scenario_end.time_since_epoch()), 1e-9);
  for (std::size_t i = 0; i < payments.channels.size(); ++i) {
    const measure::ChannelCounts& counts = payments.channels[i];
    const scenario::PaymentChannel& channel = payment.channels[i];
    text += fmt::format(
        "  {:<14.14}{:>13}{:>13}{:>12}{:>11}{:>8}{:>7}\n", channel.name, grouped(counts.started),
        grouped(counts.paid), grouped(counts.declined), grouped(counts.timed_out),
        percent(seconds_of(counts.busy) / span_s, static_cast<double>(channel.servers)),
        channel.breaker == scenario::Switch::on ? grouped(counts.opened) : "-");
  }
  if (payments.unrouted > 0) {
    text += fmt::format("  found every breaker open: {} payments\n", grouped(payments.unrouted));
  }
  if (!payments.reasons.empty()) text += reasons_text(result);
  return text;
}

}  // namespace double11::report
