#pragma once
// Rules between keys: what one key's range cannot say.

#include <double11/scenario/scenario.hpp>

#include <functional>
#include <string>
#include <vector>

namespace double11::scenario {

/// Called with the path of the offending key (without "$."), the message, and the other paths whose
/// values the rule looked at.
using Complain = std::function<void(const std::string& path, std::string message,
                                    const std::vector<std::string>& depends_on)>;
/// Reports every broken rule. Keys that could not be read hold their defaults; the caller drops
/// complaints that rest on them.
void check_rules(const Scenario& scenario, const Complain& complain);

/// Highest rate that curve and shows can come to: traffic.scale, simulate.scale when it enlarges,
/// and the crest of the wave included.
double highest_rate_per_s(const Scenario& scenario);

/// The most lines an order of this traffic has, and the most units in one.
struct LargestBasket {
  std::int64_t lines;
  std::int64_t quantity;
};
LargestBasket largest_basket(const Traffic& traffic);

/// What check_rules() consists of in rules_traffic.cpp.
void check_traffic(const Scenario& scenario, const Complain& complain);
/// What check_rules() consists of in rules_faults.cpp.
void check_faults(const Scenario& scenario, const Complain& complain);

/// What check_rules() consists of in rules_inventory.cpp.
void check_inventory(const Scenario& scenario, const Complain& complain);

/// What check_rules() consists of in rules_payment.cpp.
void check_payment(const Scenario& scenario, const Complain& complain);

/// What check_rules() consists of in rules_door.cpp.
void check_door(const Scenario& scenario, const Complain& complain);
/// What check_rules() consists of in rules_report.cpp.
void check_report(const Scenario& scenario, const Complain& complain);
/// What check_payment() consists of in rules_channels.cpp.
void check_channels(const Scenario& scenario, const Complain& complain);
/// What check_rules() consists of in rules_logistics.cpp.
void check_logistics(const Scenario& scenario, const Complain& complain);

/// What check_rules() consists of in rules_network.cpp. `path` is that of the group `duration`.
void check_random_duration(const std::string& path, const RandomDuration& duration,
                           const Complain& complain);
void check_arrivals(const Scenario& scenario, const Complain& complain);
void check_network(const Scenario& scenario, const Complain& complain);

}  // namespace double11::scenario
