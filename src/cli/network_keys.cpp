#include "cli/network_keys.hpp"

#include <double11/scenario/keys.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace double11::cli {
namespace {

// Keys and groups that matter to a network.
constexpr std::array<std::string_view, 5> kOfAny{"network", "simulate", "duration", "seed",
                                                 "thresholds"};
constexpr std::array<std::string_view, 7> kOfOpen{
    "traffic.scale",          "traffic.curve",        "traffic.wave", "traffic.arrivals",
    "traffic.arrivals_shape", "traffic.arrivals_scv", "traffic.mmpp"};

// The key itself, or one inside the group.
bool is_of(const std::string& key, std::string_view group) {
  return key.starts_with(group) &&
         (key.size() == group.size() || key[group.size()] == '.' || key[group.size()] == '[');
}

template <typename Groups>
bool is_among(const std::string& key, const Groups& groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](std::string_view group) { return is_of(key, group); });
}

}  // namespace

std::string why_not_vary(const std::string& key, const scenario::Scenario& network) {
  if (is_of(key, "network.stations") && !scenario::element_of(key, network)) {
    std::string names;
    for (const scenario::NetworkStation& station : network.network.stations) {
      names += (names.empty() ? "" : ", ") + station.name;
    }
    return fmt::format("{}: there is no such station; allowed: {}", key, names);
  }
  const bool is_known = scenario::find_key(key) != nullptr || scenario::is_group(key);
  if (!is_known || is_among(key, kOfAny)) return {};
  if (network.network.population > 0) {
    return fmt::format(
        "{} has no effect: {} is a closed network of queues, whose traffic is its users; allowed "
        "are keys of network, such as network.population, of simulate, and duration",
        key, network.name);
  }
  if (is_among(key, kOfOpen)) return {};
  return fmt::format(
      "{} has no effect: {} is a network of queues; allowed are keys of network, such as "
      "network.stations[0].servers, of simulate, duration, and of traffic scale, curve, wave, "
      "arrivals and mmpp",
      key, network.name);
}

std::string why_not_mode(const std::string& mode, const scenario::Scenario& network) {
  if (mode.empty() || mode == "simulate") return {};
  return fmt::format(
      "--mode {}: {} is a network of queues, which is simulated only; allowed: --mode simulate",
      mode, network.name);
}

}  // namespace double11::cli
