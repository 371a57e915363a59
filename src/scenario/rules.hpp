#pragma once
// Rules between keys: what one key's range cannot say.

#include <double11/scenario/scenario.hpp>

#include <functional>
#include <string>

namespace double11::scenario {

/// Called with the path of the offending key (without "$.") and the message.
using Complain = std::function<void(const std::string& path, std::string message)>;
/// Reports every broken rule of a scenario whose single keys are all in range.
void check_rules(const Scenario& scenario, const Complain& complain);

}  // namespace double11::scenario
