// Rules between the keys of the groups `admission`, `traffic.retry` and `traffic.double_clicks`.
#include <double11/core/ids.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// Ids of further clicks need the bits from OrderId::kSecondClick on.
constexpr Duration kLongestWithClicks = kSlice * (std::int64_t{1} << (55U - OrderId::kIndexBits));
static_assert(OrderId::kSecondClick == std::uint64_t{1} << 55U);

void check_duration(const Scenario& scenario, const Complain& complain) {
  if (has_further_clicks(scenario) && scenario.duration >= kLongestWithClicks) {
    complain("duration",
             fmt::format("found {}; allowed with traffic.retry or traffic.double_clicks: below {}",
                         text_of_duration(scenario.duration), text_of_duration(kLongestWithClicks)),
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
  }
}

}  // namespace

void check_door(const Scenario& scenario, const Complain& complain) {
  check_duration(scenario, complain);
  check_retry(scenario.traffic.retry, complain);
  check_control(scenario.admission, scenario.traffic.retry, complain);
}

}  // namespace double11::scenario
