// Rules between the keys of the group `payment`.
#include <double11/core/units.hpp>

#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// Failures that are drawn before a run begins.
constexpr double kBreakdownsMost = 1e6;

void check_breakdown(const Scenario& scenario, const Complain& complain) {
  const auto& [up, down] = scenario.payment.breakdown;
  if ((up.count() > 0) != (down.count() > 0)) {
    complain("payment.breakdown", "up and down must both be above 0s, or both 0s",
             {"payment.breakdown.up", "payment.breakdown.down"});
    return;
  }
  if (up.count() == 0) return;
  const auto cycle = static_cast<double>(up.count()) + static_cast<double>(down.count());
  if (static_cast<double>(scenario.duration.count()) / cycle > kBreakdownsMost) {
    complain("payment.breakdown.up",
             fmt::format("found {}; allowed: at most a million failures in the duration",
                         text_of_duration(up)),
             {"payment.breakdown.up", "payment.breakdown.down", "duration"});
  }
}

// Windows of one channel follow each other; one without a channel is of all of them.
void check_slowdowns(const Payment& payment, const Complain& complain) {
  std::map<std::string, std::size_t> last;  // by channel
  const auto check_after = [&](std::size_t i, std::size_t before) {
    const Duration end = payment.slowdowns[before].at + payment.slowdowns[before].duration;
    if (payment.slowdowns[i].at >= end) return true;
    complain(fmt::format("payment.slowdowns[{}].at", i),
             fmt::format("found {}; must not be before the end of the one before it ({})",
                         text_of_duration(payment.slowdowns[i].at), text_of_duration(end)),
             {fmt::format("payment.slowdowns[{}].at", before),
              fmt::format("payment.slowdowns[{}].duration", before)});
    return false;
  };
  for (std::size_t i = 0; i < payment.slowdowns.size(); ++i) {
    const std::string& channel = payment.slowdowns[i].channel;
    bool in_order = true;
    for (const auto& [other, before] : last) {
      const bool together = channel.empty() || other.empty() || channel == other;
      if (together && in_order) in_order = check_after(i, before);
    }
    last[channel] = i;
  }
}

void check_calendar(const Payment& payment, const Complain& complain) {
  for (std::size_t i = 1; i < payment.calendar.size(); ++i) {
    if (payment.calendar[i].at <= payment.calendar[i - 1].at) {
      complain(fmt::format("payment.calendar[{}].at", i),
               fmt::format("found {}; must be after the step before it ({})",
                           text_of_duration(payment.calendar[i].at),
                           text_of_duration(payment.calendar[i - 1].at)),
               {fmt::format("payment.calendar[{}].at", i - 1)});
    }
  }
}

void check_histogram(const Payment& payment, const Complain& complain) {
  const auto counts = [](const MeasuredDuration& cell) { return cell.weight > 0; };
  if (payment.latency.distribution == Distribution::empirical &&
      std::none_of(payment.histogram.begin(), payment.histogram.end(), counts)) {
    complain("payment.latency.distribution",
             "found empirical; payment.histogram has no value with a weight",
             {"payment.histogram"});
  }
}

void check_priorities(const Scenario& scenario, const Complain& complain) {
  const auto& segments = scenario.traffic.segments;
  const auto as_first = [&](const Segment& segment) {
    return segment.priority == segments.front().priority;
  };
  if (scenario.payment.discipline == QueueOrder::priority &&
      std::all_of(segments.begin(), segments.end(), as_first)) {
    complain("payment.discipline",
             "found priority; needs traffic.segments of different priorities (dearest goes by the "
             "price of the basket)",
             {"traffic.segments"});
  }
}

}  // namespace

void check_payment(const Scenario& scenario, const Complain& complain) {
  check_random_duration("payment.latency", scenario.payment.latency, complain);
  check_random_duration("payment.patience", scenario.payment.patience, complain);
  check_breakdown(scenario, complain);
  check_slowdowns(scenario.payment, complain);
  check_calendar(scenario.payment, complain);
  check_histogram(scenario.payment, complain);
  check_priorities(scenario, complain);
  check_channels(scenario, complain);
}

}  // namespace double11::scenario
