#include "report/slow_payments.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/faults.hpp>
#include <double11/scenario/payment_servers.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "report/channel_limits.hpp"
#include "report/figures.hpp"
#include "report/suggestion.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;

// One channel of several, or the only one.
struct Channel {
  std::string name;  // empty: the only one
  std::string path;
  stages::WorkClock clock;
  double seconds = 0;  // of a payment at the usual speed, nobody giving up
  Duration timeout{};
  double payments_per_order = 0;
};

std::vector<Channel> channels_of(const Scenario& scenario, const RunRecord& record) {
  if (!has_channels(scenario)) {
    return {{"", "", stages::WorkClock::of_payment(scenario),
             stages::mean_latency_ns(scenario.payment) * 1e-9, scenario.payment.timeout,
             payments_per_order(record)}};
  }
  std::vector<Channel> channels;
  for (std::size_t i = 0; i < scenario.payment.channels.size(); ++i) {
    const scenario::PaymentChannel& channel = scenario.payment.channels[i];
    channels.push_back({channel.name, path_of_channel(i),
                        stages::WorkClock::of_channel(scenario, i),
                        stages::mean_latency_ns(channel) * 1e-9, timeout_of_channel(scenario, i),
                        payments_per_order(scenario, record, i)});
  }
  return channels;
}

double servers_at(const Scenario& scenario, const Channel& channel, Instant at) {
  for (const scenario::PaymentChannel& own : scenario.payment.channels) {
    if (own.name == channel.name) return static_cast<double>(own.servers);
  }
  return static_cast<double>(scenario::servers_at(scenario.payment, at));
}

SlowSpell spell_of(const Scenario& scenario, const RunRecord& record, const Channel& channel,
                   Instant from, Instant to, double speed) {
  SlowSpell spell;
  spell.from = from;
  spell.to = to;
  spell.speed = speed;
  spell.servers = servers_at(scenario, channel, from);
  const std::int64_t together =
      std::clamp<std::int64_t>(scenario.payment.queue_limit, 1, scenario.payment.batch_most);
  const double given_up_s =
      std::min(seconds_of(channel.timeout), seconds_of(scenario.inventory.reservation_ttl));
  const double usual_s = std::min(channel.seconds, given_up_s) * channel.payments_per_order /
                         static_cast<double>(together);
  spell.usual_per_s = spell.servers / std::max(1e-9, usual_s);
  const double payment_s = speed > 0 ? std::min(channel.seconds / speed, given_up_s) : given_up_s;
  spell.seconds =
      std::max(1e-9, payment_s * channel.payments_per_order / static_cast<double>(together));
  spell.needed_per_s = (record.series.count_until(Funnel::reserved, to) -
                        record.series.count_until(Funnel::reserved, from)) /
                       seconds_of(to - from);
  spell.who = channel.name.empty() ? "payments" : "payments of channel " + channel.name;
  spell.path = channel.path;
  return spell;
}

double shortage(const SlowSpell& spell) {
  return spell.needed_per_s - spell.carries_per_s();
}

std::string when(const SlowSpell& spell) {
  return fmt::format("from {} on for {}", text_of_duration(spell.from.time_since_epoch()),
                     text_of_duration(spell.to - spell.from));
}

// What lets payments stand still at that time, half as long.
std::string shorter_standstill(const Scenario& scenario, const SlowSpell& spell) {
  const auto covers = [&](Duration at, Duration lasts, double factor) {
    return factor == 0 && Instant(at) <= spell.from && spell.from < Instant(at) + lasts;
  };
  for (std::size_t i = 0; i < scenario.payment.slowdowns.size(); ++i) {
    const scenario::SpeedWindow& window = scenario.payment.slowdowns[i];
    if (covers(window.at, window.duration, window.factor)) {
      return halved(fmt::format("payment.slowdowns[{}].duration", i), window.duration);
    }
  }
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const scenario::Fault& fault = scenario.faults[i];
    if (scenario::fault_group(fault.of) == "payment" &&
        covers(fault.at, fault.duration, fault.factor)) {
      return halved(fmt::format("faults[{}].duration", i), fault.duration);
    }
  }
  return halved("payment.breakdown.down", scenario.payment.breakdown.down);
}

std::string enough_servers(const Scenario& scenario, const SlowSpell& spell) {
  const double needed = spell.needed_per_s * kRoom * spell.seconds;
  if (spell.path.empty()) return servers_setting(scenario, needed);
  return suggestion(scenario, spell.path + ".servers", needed,
                    static_cast<std::int64_t>(spell.servers));
}

}  // namespace

std::optional<SlowSpell> worst_spell(const Scenario& scenario, const RunRecord& record) {
  const Instant end(scenario.duration);
  std::optional<SlowSpell> worst;
  for (const Channel& channel : channels_of(scenario, record)) {
    const auto steps = channel.clock.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Instant to = std::min(end, i + 1 < steps.size() ? steps[i + 1].at : end);
      if (steps[i].speed >= stages::WorkClock::kUsual || steps[i].at >= to) continue;
      const double speed =
          static_cast<double>(steps[i].speed) / static_cast<double>(stages::WorkClock::kUsual);
      const SlowSpell spell = spell_of(scenario, record, channel, steps[i].at, to, speed);
      if (spell.needed_per_s > 0 && (!worst || shortage(spell) > shortage(*worst))) worst = spell;
    }
  }
  return worst;
}

std::optional<Candidate> slow_candidate(const Scenario& scenario, const RunRecord& record) {
  const std::optional<SlowSpell> spell = worst_spell(scenario, record);
  if (!spell || shortage(*spell) <= 0) return std::nullopt;
  const std::string payment(name_of(Stage::payment));
  if (spell->speed == 0) {
    return Candidate{payment, 0, spell->needed_per_s,
                     fmt::format("{} stand still {}, while {} come: no number of servers helps "
                                 "meanwhile, more only shorten the queue afterwards",
                                 spell->who, when(*spell), short_rate(spell->needed_per_s)),
                     shorter_standstill(scenario, *spell)};
  }
  const bool single = scenario.payment.attempts == 1 && scenario.payment.batch_most == 1;
  return Candidate{
      payment, spell->carries_per_s(), spell->needed_per_s,
      fmt::format("{} are slow {}: meanwhile {} / {} per {} carry {} (Little's law), needed {}",
                  spell->who, when(*spell), servers_in_words(spell->servers, true),
                  in_words(spell->seconds), single ? "payment" : "order",
                  short_rate(spell->carries_per_s()), short_rate(spell->needed_per_s)),
      enough_servers(scenario, *spell)};
}

bool only_while_slow(const Scenario& scenario, const RunRecord& record) {
  const std::optional<SlowSpell> spell = worst_spell(scenario, record);
  return spell && shortage(*spell) > 0 && spell->usual_per_s >= spell->needed_per_s;
}

std::string slow_words(const Scenario& scenario, const RunRecord& record) {
  const std::optional<SlowSpell> spell = worst_spell(scenario, record);
  if (!spell) return {};
  return fmt::format(" ({} are slow {}, at {:.2g} times their speed)", spell->who, when(*spell),
                     spell->speed);
}

}  // namespace double11::report
