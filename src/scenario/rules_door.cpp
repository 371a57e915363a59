// Rules between the keys of the groups `admission`, `traffic.retry` and `traffic.double_clicks`.
#include <double11/core/ids.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// Where clicks come back their ids need the bits from OrderId::kSecondClick on, and every door
// looks at these.
constexpr Duration kLongestWithDoor = kSlice * (std::int64_t{1} << (55U - OrderId::kIndexBits));
static_assert(OrderId::kSecondClick == std::uint64_t{1} << 55U);

void check_duration(const Scenario& scenario, const Complain& complain) {
  if (has_door(scenario) && scenario.duration >= kLongestWithDoor) {
    complain(
        "duration",
        fmt::format("found {}; allowed where admission has a door (limits, filters, a waiting "
                    "room, an overload control, traffic.retry, traffic.double_clicks): below {}",
                    text_of_duration(scenario.duration), text_of_duration(kLongestWithDoor)),
        {"traffic.retry.attempts", "traffic.double_clicks.share"});
  }
}

void check_retry(const Retry& retry, const Complain& complain) {
  std::set<RetryAfter> seen;
  for (std::size_t i = 0; i < retry.after.size(); ++i) {
    if (!seen.insert(retry.after[i]).second) {
      complain(fmt::format("traffic.retry.after[{}]", i), "found an outcome a second time",
               {"traffic.retry.after"});
    }
  }
}

// All delays of one order together.
double retry_delays_s(const Traffic& traffic) {
  constexpr double kLongestS = 400 * 86400.0;
  const Retry& retry = traffic.retry;
  double slowest = 1;
  if (traffic.bots.share > 0) slowest = std::min(slowest, traffic.bots.speed);
  double sum_s = 0;
  double delay_s = seconds_of(retry.delay);
  for (std::int64_t tries = 1; tries < retry.attempts; ++tries) {
    sum_s += std::min(delay_s / slowest, kLongestS);
    delay_s = std::min(delay_s * retry.backoff, kLongestS);
  }
  return sum_s;
}

// How long the waiting room may take for all tries of one order: nobody waits beyond his timeout,
// and nobody longer than it takes to let in as many as there are clicks, or places.
double in_room_s(const Scenario& scenario) {
  const WaitingRoom& room = scenario.admission.waiting_room;
  if (room.rate_per_s == 0) return 0;
  const auto tries = static_cast<double>(scenario.traffic.retry.attempts);
  const double orders = highest_rate_per_s(scenario) * seconds_of(scenario.duration);
  const double most = std::min(static_cast<double>(room.limit), 2 * orders) * tries;
  const double wait_s = seconds_of(room.opens) + most / room.rate_per_s;
  const Duration timeout = scenario.traffic.retry.timeout;
  return timeout.count() > 0 ? std::min(wait_s, tries * seconds_of(timeout)) : wait_s;
}

// Everybody is done within two years, which instants, prints and series have room for.
void check_patience(const Scenario& scenario, const Complain& complain) {
  constexpr double kDayS = 86400;
  constexpr double kMostS = 730 * kDayS;
  const Retry& retry = scenario.traffic.retry;
  const double delays_s = retry_delays_s(scenario.traffic);
  const double room_s = in_room_s(scenario);
  const double timeouts_s = static_cast<double>(retry.attempts) * seconds_of(retry.timeout);
  const double sum_s = seconds_of(scenario.duration) + delays_s + room_s + timeouts_s;
  if (sum_s <= kMostS || delays_s + room_s + timeouts_s == 0) return;
  const bool is_room = room_s > delays_s + timeouts_s;
  complain(is_room ? "admission.waiting_room.rate" : "traffic.retry.attempts",
           fmt::format("found {}; with it a buyer can be under way for {:.0f} days, all tries, "
                       "delays and waits together; allowed are {:.0f}",
                       is_room ? text_of_rate(scenario.admission.waiting_room.rate_per_s)
                               : fmt::format("{}", retry.attempts),
                       sum_s / kDayS, kMostS / kDayS),
           {"duration", "traffic.retry.attempts", "traffic.retry.delay", "traffic.retry.backoff",
            "traffic.retry.timeout", "traffic.bots.speed", "traffic.scale",
            "admission.waiting_room.rate", "admission.waiting_room.limit",
            "admission.waiting_room.opens"});
}

// What a limit measures is the time from the click to the answer.
void check_control(const Admission& admission, const Retry& retry, const Complain& complain) {
  const bool measures = admission.control == OverloadControl::vegas ||
                        admission.control == OverloadControl::gradient2 ||
                        admission.control == OverloadControl::sentinel;
  if (measures && admission.waiting_room.rate_per_s > 0) {
    complain("admission.control",
             "found a limit that measures the time from the click; it cannot be used with "
             "admission.waiting_room, in which people wait on purpose",
             {"admission.waiting_room.rate"});
  }
  if (admission.control == OverloadControl::drop_expired && retry.timeout.count() == 0) {
    complain("admission.control",
             "found drop_expired; needs traffic.retry.timeout, after which a buyer stops waiting",
             {"traffic.retry.timeout"});
  } else if (admission.control == OverloadControl::drop_expired &&
             admission.expiry_margin >= retry.timeout) {
    complain(
        "admission.expiry_margin",
        fmt::format("found {}; must be shorter than traffic.retry.timeout ({}), or every "
                    "order that has to wait is given up at once",
                    text_of_duration(admission.expiry_margin), text_of_duration(retry.timeout)),
        {"traffic.retry.timeout", "admission.control"});
  }
}

// Rates are counted in millionths a second.
void check_rate(const std::string& path, double rate_per_s, const Complain& complain) {
  constexpr double kLeastPerS = 0.001;
  if (rate_per_s > 0 && rate_per_s < kLeastPerS) {
    complain(path,
             fmt::format("found {:g}/s; allowed: 0/s, or at least {:g}/s", rate_per_s, kLeastPerS),
             {});
  }
}

}  // namespace

void check_door(const Scenario& scenario, const Complain& complain) {
  check_duration(scenario, complain);
  check_rate("admission.rate_limit.rate", scenario.admission.rate_limit.rate_per_s, complain);
  check_retry(scenario.traffic.retry, complain);
  check_patience(scenario, complain);
  check_control(scenario.admission, scenario.traffic.retry, complain);
}

}  // namespace double11::scenario
