#include "report/slow_payments.hpp"

#include <double11/core/units.hpp>
#include <double11/report/metrics.hpp>
#include <double11/scenario/faults.hpp>
#include <double11/scenario/payment_servers.hpp>
#include <double11/scenario/threshold.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>
#include <variant>
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

double length_s(const SlowSpell& spell) {
  return seconds_of(spell.to - spell.from);
}

// Seconds at the usual speed for what waits at its end; infinite where that never gets less.
double clearing_s(const SlowSpell& spell) {
  const double backlog = std::max(0.0, shortage(spell)) * length_s(spell);
  if (backlog == 0) return 0;
  const double spare_per_s = spell.usual_per_s - spell.needed_per_s;
  return spare_per_s > 0 ? backlog / spare_per_s : std::numeric_limits<double>::infinity();
}

// Orders that came within it or found its queue.
double delayed_by(const SlowSpell& spell, const Scenario& scenario, const RunRecord& record) {
  const Duration left = Instant(scenario.duration) - spell.to;
  const double clearing = clearing_s(spell);
  const Instant until = clearing >= seconds_of(left)
                            ? spell.to + left
                            : spell.to + Duration(std::llround(clearing * 1e9));
  return record.series.count_until(Funnel::reserved, until) -
         record.series.count_until(Funnel::reserved, spell.from);
}

// No order waits longer for it: from its begin to its end, and for the queue there.
double longest_delay_s(const SlowSpell& spell) {
  return length_s(spell) + clearing_s(spell) + spell.seconds;
}

// How many of those that a latency is about may be above it; 0: any of them counts.
double share_above(std::string_view metric) {
  const std::size_t at = metric.rfind(".p");
  double percentile = 100;
  if (at != std::string_view::npos) {
    const std::string_view digits = metric.substr(at + 2);
    std::from_chars(digits.data(), digits.data() + digits.size(), percentile);
  }
  return 1 - percentile / 100;
}

// A missed latency: what it allows to be late, and by how much it is above its bound.
struct Late {
  double share = 0;
  double excess_s = 0;
};

std::vector<Late> missed_latencies(const Scenario& scenario, const RunRecord& record) {
  std::vector<Late> missed;
  for (const std::string& text : scenario.thresholds) {
    const auto parsed = scenario::parse_threshold(text);
    const auto* const threshold = std::get_if<scenario::Threshold>(&parsed);
    if (threshold == nullptr || !threshold->metric.name.starts_with("latency.")) continue;
    const double measured = value_of(threshold->metric, scenario, record, Audit{});
    if (scenario::holds(*threshold, measured)) continue;
    missed.push_back({share_above(threshold->metric.name), (measured - threshold->value) * 1e-9});
  }
  return missed;
}

std::string when(const SlowSpell& spell) {
  const Duration from = spell.from.time_since_epoch();
  std::string text =
      fmt::format("from {} on for {}", short_duration(from), short_duration(spell.to - spell.from));
  if (spell.alike > 1) text += fmt::format(" (of {} such times the worst)", spell.alike);
  return text;
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

std::vector<SlowSpell> spells_of(const Scenario& scenario, const RunRecord& record) {
  const Instant end(scenario.duration);
  std::vector<SlowSpell> spells;
  for (const Channel& channel : channels_of(scenario, record)) {
    const auto steps = channel.clock.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Instant to = std::min(end, i + 1 < steps.size() ? steps[i + 1].at : end);
      if (steps[i].speed >= stages::WorkClock::kUsual || steps[i].at >= to) continue;
      const double speed =
          static_cast<double>(steps[i].speed) / static_cast<double>(stages::WorkClock::kUsual);
      SlowSpell spell = spell_of(scenario, record, channel, steps[i].at, to, speed);
      spell.delayed = delayed_by(spell, scenario, record);
      if (spell.needed_per_s > 0) spells.push_back(std::move(spell));
    }
  }
  return spells;
}

std::optional<SlowSpell> most_delaying(const std::vector<SlowSpell>& spells) {
  const auto worst = std::max_element(
      spells.begin(), spells.end(),
      [](const SlowSpell& a, const SlowSpell& b) { return a.delayed < b.delayed; });
  return worst == spells.end() ? std::nullopt : std::optional(*worst);
}

}  // namespace

std::optional<SlowSpell> short_spell(const Scenario& scenario, const RunRecord& record) {
  std::vector<SlowSpell> spells = spells_of(scenario, record);
  std::erase_if(spells, [](const SlowSpell& spell) { return shortage(spell) <= 0; });
  const std::vector<Late> missed = missed_latencies(scenario, record);
  const auto reserved = static_cast<double>(funnel_of(record)[index_of(Funnel::reserved)]);
  // Of breakdowns each may be short and all together what the percentile is about.
  const auto accounts_for = [&](const Late& late) {
    double delayed = 0;
    for (const SlowSpell& spell : spells) {
      if (longest_delay_s(spell) >= late.excess_s) delayed += spell.delayed;
    }
    return delayed > late.share * reserved;
  };
  if (!missed.empty() && std::none_of(missed.begin(), missed.end(), accounts_for)) {
    return std::nullopt;
  }
  std::optional<SlowSpell> worst = most_delaying(spells);
  if (worst) worst->alike = static_cast<std::int64_t>(spells.size());
  return worst;
}

std::optional<Candidate> slow_candidate(const Scenario& scenario, const RunRecord& record) {
  const std::optional<SlowSpell> spell = short_spell(scenario, record);
  if (!spell) return std::nullopt;
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
  const std::optional<SlowSpell> spell = short_spell(scenario, record);
  return spell && spell->usual_per_s >= spell->needed_per_s;
}

std::string slow_words(const Scenario& scenario, const RunRecord& record) {
  const std::optional<SlowSpell> spell = most_delaying(spells_of(scenario, record));
  if (!spell) return {};
  return fmt::format(" ({} are slow {}, at {:.2g} times their speed)", spell->who, when(*spell),
                     spell->speed);
}

}  // namespace double11::report
