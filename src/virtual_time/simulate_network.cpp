#include <double11/virtual_time/simulate_network.hpp>

#include "virtual_time/network_engine.hpp"
#include "virtual_time/network_model.hpp"
#include "virtual_time/recursion.hpp"

namespace double11::virtual_time {

NetworkSimulator::NetworkSimulator(const scenario::Scenario& scenario)
    : model_(std::make_unique<NetworkModel>(scenario)) {}

NetworkSimulator::~NetworkSimulator() = default;

NetworkRecord NetworkSimulator::run(std::uint64_t replication,
                                    const NetworkOptions& options) const {
  if (options.recursion && recursion_applies(*model_)) {
    return run_recursion(*model_, replication, options);
  }
  return NetworkEngine(*model_, replication, options).run();
}

NetworkRecord simulate_network(const scenario::Scenario& scenario, std::uint64_t replication,
                               const NetworkOptions& options) {
  return NetworkSimulator(scenario).run(replication, options);
}

}  // namespace double11::virtual_time
