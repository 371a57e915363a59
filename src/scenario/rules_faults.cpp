// Rules of the list `faults`, and what its elements can be of.
#include <double11/core/units.hpp>
#include <double11/scenario/faults.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {

namespace {

// What faults of admission slow down.
bool has_rate_at_door(const Scenario& scenario) {
  return scenario.admission.waiting_room.rate_per_s > 0 ||
         scenario.admission.rate_limit.rate_per_s > 0;
}

// After the traffic nobody comes to a rate limit any more, but for those who try again.
bool has_no_effect(const Scenario& scenario, const Fault& fault) {
  return fault.of == "admission" && fault.at >= scenario.duration &&
         scenario.admission.waiting_room.rate_per_s == 0 && !has_further_clicks(scenario);
}

// Why something that could be struck in other scenarios cannot be in this one.
std::string_view what_is_missing(std::string_view of) {
  if (of == "inventory") return "; inventory needs inventory.row.model";
  if (of == "admission") {
    return "; admission needs admission.waiting_room.rate or admission.rate_limit.rate";
  }
  return "";
}

}  // namespace

std::vector<std::string> fault_targets(const Scenario& scenario) {
  std::vector<std::string> targets{"payment"};
  for (const PaymentChannel& channel : scenario.payment.channels) {
    targets.push_back("payment." + channel.name);
  }
  if (scenario.inventory.row.model != RowModel::none) targets.emplace_back("inventory");
  if (has_rate_at_door(scenario)) targets.emplace_back("admission");
  targets.emplace_back("logistics");
  for (const Warehouse& warehouse : scenario.logistics.warehouses) {
    targets.push_back("logistics." + warehouse.name);
  }
  if (!scenario.logistics.carriers.empty()) targets.emplace_back("carrier");
  for (const Carrier& carrier : scenario.logistics.carriers) {
    targets.push_back("carrier." + carrier.name);
  }
  return targets;
}

std::string_view fault_group(std::string_view target) {
  return target.substr(0, target.find('.'));
}

bool strikes(std::string_view of, std::string_view target) {
  return of == target || of == fault_group(target);
}

void check_faults(const Scenario& scenario, const Complain& complain) {
  if (scenario.faults.empty()) return;
  const std::vector<std::string> targets = fault_targets(scenario);
  std::string allowed;
  for (const std::string& target : targets) allowed += (allowed.empty() ? "" : ", ") + target;
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const std::string& of = scenario.faults[i].of;
    if (std::find(targets.begin(), targets.end(), of) == targets.end()) {
      complain(fmt::format("faults[{}].of", i),
               fmt::format("found \"{}\"; allowed here: {}{}", of, allowed, what_is_missing(of)),
               {"payment", "inventory", "admission", "logistics"});
    } else if (has_no_effect(scenario, scenario.faults[i])) {
      complain(
          fmt::format("faults[{}].at", i),
          fmt::format("found {}; it has no effect: the traffic is over after {} (duration), "
                      "and nobody comes to the rate limit any more",
                      text_of_duration(scenario.faults[i].at), text_of_duration(scenario.duration)),
          {"duration", "admission", "traffic.retry", "traffic.double_clicks"});
    }
  }
}

}  // namespace double11::scenario
