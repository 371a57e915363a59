#include "report/door_limits.hpp"

#include <double11/core/outcome.hpp>
#include <double11/core/units.hpp>
#include <double11/report/metrics.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "report/suggestion.hpp"

namespace double11::report {
namespace {

using measure::DoorCounts;
using measure::RunRecord;
using scenario::Scenario;

// Below it a false alarm or a limit per buyer explains no missed target.
constexpr double kFewTurnedAway = 0.02;
constexpr double kSurelyPeople = 0.01;

// A rule of the door that turns clicks away for good.
struct Rule {
  std::int64_t turned_away;
  std::string what_it_did;  // to how many of the clicks, after "12% of the clicks "
  std::string setting;
};

double share_of(std::int64_t count, const RunRecord& record) {
  const auto offered = static_cast<double>(record.books.arrivals().count);
  return offered > 0 ? static_cast<double>(count) / offered : 0;
}

// So much more that the buyers who were stopped would not have been.
double more_for_all(std::int64_t present, std::int64_t turned_away, const RunRecord& record) {
  const double through = 1 - share_of(turned_away, record);
  return static_cast<double>(present) * kRoom / std::max(through, 1e-6);
}

std::string fewer_false_alarms(const scenario::BotFilter& filter) {
  const double fewer = filter.false_alarm > kSurelyPeople ? filter.false_alarm / 10 : 0;
  return fmt::format("admission.bot_filter.false_alarm={:.2g}", fewer);
}

// A limit that is high enough by itself is still cold, or has no room for what comes at once.
std::string rate_limit_setting(const Scenario& scenario, double needed_per_s) {
  const scenario::RateLimit& limit = scenario.admission.rate_limit;
  if (limit.rate_per_s < needed_per_s)
    return rate_suggestion(scenario, "admission.rate_limit.rate", needed_per_s * kRoom);
  if (limit.warm_up > Duration(0)) return "admission.rate_limit.warm_up=0s";
  constexpr double kBurstSeconds = 0.1;
  return suggestion(scenario, "admission.rate_limit.burst", limit.rate_per_s * kBurstSeconds,
                    limit.burst);
}

// The rules for single clicks and buyers, which know no rate.
std::vector<Rule> filters_of(const Scenario& scenario, const RunRecord& record) {
  const DoorCounts& door = record.door;
  const scenario::Admission& admission = scenario.admission;
  return {{door.false_alarms, "were those of people whom the bot filter took for bots",
           fewer_false_alarms(admission.bot_filter)},
          {door.over_buyer_rate, "were too many of one buyer",
           count_suggestion(
               "admission.buyer_rate.clicks_most",
               more_for_all(admission.buyer_rate.clicks_most, door.over_buyer_rate, record),
               admission.buyer_rate.clicks_most)},
          {door.over_buyer_units, "asked for more units than one buyer may have",
           count_suggestion("admission.buyer_units_most",
                            more_for_all(admission.buyer_units_most, door.over_buyer_units, record),
                            admission.buyer_units_most)}};
}

Candidate candidate_of(const Rule& rule, double carries_per_s, double needed_per_s,
                       const RunRecord& record) {
  return {std::string(name_of(Stage::admission)), carries_per_s, needed_per_s,
          fmt::format("{:.3g}% of the clicks {}", share_of(rule.turned_away, record) * 100,
                      rule.what_it_did),
          rule.setting};
}

// Turned away before rate limit and waiting room.
std::int64_t filtered(const DoorCounts& door) {
  return door.duplicates + door.bots_caught + door.false_alarms + door.over_buyer_rate +
         door.over_buyer_units + door.told_sold_out;
}

double behind_filters_per_s(double offered_per_s, const RunRecord& record) {
  return offered_per_s * std::max(0.0, 1 - share_of(filtered(record.door), record));
}

}  // namespace

double behind_door_per_s(double offered_per_s, const Scenario& scenario, const RunRecord& record) {
  if (!has_door(scenario)) return offered_per_s;
  const DoorCounts& door = record.door;
  const double through = 1 - share_of(filtered(door) + door.over_rate + door.room_full, record);
  const double rate = std::min(offered_per_s * std::max(0.0, through), room_rate_per_s(scenario));
  const double limit = scenario.admission.rate_limit.rate_per_s;
  return limit > 0 ? std::min(rate, limit) : rate;
}

double room_rate_per_s(const Scenario& scenario) {
  const double rate = scenario.admission.waiting_room.rate_per_s;
  return rate > 0 ? rate : std::numeric_limits<double>::infinity();
}

std::vector<Candidate> door_candidates(double offered_per_s, double wanted_per_s,
                                       const Scenario& scenario, const RunRecord& record) {
  std::vector<Candidate> all;
  if (!has_door(scenario)) return all;
  const std::string name(name_of(Stage::admission));
  const DoorCounts& door = record.door;
  const double in_front = behind_filters_per_s(offered_per_s, record);
  // More than the target, as some of what is let in is lost behind the door.
  const double enough = std::max(in_front, wanted_per_s);
  const scenario::RateLimit& limit = scenario.admission.rate_limit;
  if (limit.rate_per_s > 0 && door.over_rate > 0) {
    const double through = in_front - offered_per_s * share_of(door.over_rate, record);
    const double carries = std::min(limit.rate_per_s, through);
    all.push_back(
        {name, carries, wanted_per_s,
         fmt::format("its rate limit of {} let {} through, needed {}",
                     text_of_rate(limit.rate_per_s), short_rate(carries), short_rate(wanted_per_s)),
         rate_limit_setting(scenario, enough)});
  }
  const scenario::WaitingRoom& room = scenario.admission.waiting_room;
  if (room.rate_per_s > 0 && door.room_most > 0) {
    all.push_back({name, room.rate_per_s, wanted_per_s,
                   fmt::format("its waiting room lets {} in, needed {}",
                               short_rate(room.rate_per_s), short_rate(wanted_per_s)),
                   rate_suggestion(scenario, "admission.waiting_room.rate", enough * kRoom)});
  }
  // Where even without them too little would have come, the traffic is to blame.
  if (offered_per_s < wanted_per_s) return all;
  for (const Rule& rule : filters_of(scenario, record)) {
    const double share = share_of(rule.turned_away, record);
    if (share >= kFewTurnedAway) {
      all.push_back(candidate_of(rule, offered_per_s * (1 - share), wanted_per_s, record));
    }
  }
  return all;
}

std::optional<DoorLoss> most_lost_at_door(const Scenario& scenario, const RunRecord& record) {
  if (!has_door(scenario)) return std::nullopt;
  const DoorCounts& door = record.door;
  std::vector<Rule> rules = filters_of(scenario, record);
  const double in_front = behind_filters_per_s(peak_rate(Funnel::offered, record), record);
  rules.push_back(
      {door.over_rate, "were above its rate limit", rate_limit_setting(scenario, in_front)});
  rules.push_back({door.room_full, "found its waiting room full",
                   suggestion(scenario, "admission.waiting_room.limit",
                              static_cast<double>(door.room_most + door.room_full),
                              scenario.admission.waiting_room.limit)});
  const auto most = std::max_element(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) {
    return a.turned_away < b.turned_away;
  });
  if (most->turned_away == 0) return std::nullopt;
  return DoorLoss{most->turned_away, candidate_of(*most, 0, 0, record)};
}

std::optional<Candidate> waiting_room_wait(double offered_per_s, const Scenario& scenario,
                                           const RunRecord& record) {
  const scenario::WaitingRoom& room = scenario.admission.waiting_room;
  const auto& admitted = record.latency[index_of(Funnel::admitted)];
  const auto& dispatched = record.latency[index_of(Funnel::dispatched)];
  if (room.rate_per_s <= 0 || record.door.room_most == 0 || admitted.count() == 0 ||
      2 * admitted.mean() < dispatched.mean()) {
    return std::nullopt;
  }
  const double wait_ns = admitted.mean();
  // Who comes before it opens waits for that at least, however quickly it lets in.
  const bool late = static_cast<double>(room.opens.count()) > wait_ns;
  return Candidate{
      std::string(name_of(Stage::admission)), 0, 0,
      fmt::format("people wait {} on average until its waiting room lets them in",
                  short_duration(Duration(std::llround(wait_ns)))),
      late ? halved("admission.waiting_room.opens", room.opens)
           : rate_suggestion(scenario, "admission.waiting_room.rate",
                             std::max(room.rate_per_s * kMore,
                                      behind_filters_per_s(offered_per_s, record) * kRoom))};
}

}  // namespace double11::report
