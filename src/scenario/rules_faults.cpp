// Rules of the list `faults`, and what its elements can be of.
#include <double11/scenario/faults.hpp>

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {

std::vector<std::string> fault_targets(const Scenario& scenario) {
  std::vector<std::string> targets{"payment"};
  for (const PaymentChannel& channel : scenario.payment.channels) {
    targets.push_back("payment." + channel.name);
  }
  if (scenario.inventory.row.model != RowModel::none) targets.emplace_back("inventory");
  targets.insert(targets.end(), {"admission", "logistics"});
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
               fmt::format("found \"{}\"; allowed here: {}", of, allowed),
               {"payment", "inventory", "admission", "logistics"});
    }
  }
}

}  // namespace double11::scenario
