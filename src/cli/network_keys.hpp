#pragma once
// What can be asked about a network of queues by `sweep` and `capacity`: it runs in virtual time
// only, and most keys are of sales.

#include <double11/scenario/scenario.hpp>

#include <string>

namespace double11::cli {

/// Why a change of `key` tells nothing about this network, with what is allowed, or empty: it may,
/// or there is no such key.
std::string why_not_vary(const std::string& key, const scenario::Scenario& network);

/// Why the network cannot be studied in this --mode ("" for none given), or empty: it can.
std::string why_not_mode(const std::string& mode, const scenario::Scenario& network);

}  // namespace double11::cli
