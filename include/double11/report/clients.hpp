#pragma once
// The buyers' side of a run in which one order can be more than one click: how much further clicks
// add to the load, what came of it, and whether they are what keeps the sale down.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace double11::report {

struct Clients {
  bool any_further_clicks = false;
  double attempts_per_order = 0;  ///< tries, second clicks of double clicks not counted
  double amplification = 0;       ///< clicks per order
  double offered_per_s = 0;       ///< clicks per second of scenario time, as are the next two
  double first_clicks_per_s = 0;
  double goodput_per_s = 0;  ///< clicks dispatched while the buyer waited
  double served_share = 0;   ///< orders of which some click was dispatched
};

/// All zeros when no first click was counted.
Clients clients_of(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// What a scenario says about retries, as far as a storm of them depends on it.
struct RetryPolicy {
  std::int64_t attempts = 1;  ///< most clicks for one order
  double budget_share = 1;    ///< retries allowed per request, or success; 1: no budget
  bool of_successes = false;  ///< the latter
  bool has_control = false;   ///< the door keeps an overload away from the stages
};

RetryPolicy retry_policy_of(const scenario::Scenario& scenario);

struct RetryStorm {
  std::string reason;   ///< one sentence with the numbers
  std::string setting;  ///< "KEY=VALUE" that would end it
};

/// A retry storm: retries make the load at least half as large again as the orders alone would, and
/// few orders come through. Metastable when that is so at the end still, whatever began it
/// (Bronson et al., HotOS 2021; a budget of 20 % is Finagle's); of replayed orders that is not
/// said. Nothing when it is none.
std::optional<RetryStorm> find_retry_storm(const RetryPolicy& policy,
                                           const scenario::Scenario& scenario,
                                           const measure::RunRecord& record);

}  // namespace double11::report
