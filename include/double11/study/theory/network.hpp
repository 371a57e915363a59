#pragma once
// Open networks of M/M/c nodes in product form (Jackson 1957, 1963).

#include <double11/study/theory/queue_means.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace double11::study::theory {

struct NetworkNode {
  double external_rate = 0;  ///< arrivals from outside, >= 0
  double service_rate = 0;   ///< of one server, > 0
  std::int64_t servers = 1;
  /// Probability to go to node j next; may be shorter than the list of nodes (0 for the rest); the
  /// remainder to 1 leaves the network.
  std::vector<double> next;
};

struct OpenNetwork {
  std::vector<double> arrival_rates;  ///< by node, external and internal together
  std::vector<double> exit_rates;     ///< by node, those who leave the network from it
  std::vector<QueueMeans> nodes;
  double mean_in_system = 0;
  double mean_sojourn = 0;  ///< from entry to exit, by Little's law
};

/// Solves the traffic equations and each node. Every customer must be able to leave.
[[nodiscard]] OpenNetwork jackson_network(std::span<const NetworkNode> nodes);

struct Tandem {
  std::vector<QueueMeans> nodes;
  double mean_in_system = 0;
  double mean_sojourn = 0;
  double sojourn_variance = 0;
};
/// Single servers one after the other, first come first served: sojourns are independent and
/// exponential (Burke 1956; Reich 1957). Infinite when any node is overloaded.
[[nodiscard]] Tandem tandem_mm1(double arrival_rate, std::span<const double> service_rates);

}  // namespace double11::study::theory
