#pragma once
// Stations in series that serve first come first served, without events: the recursion of Kiefer
// and Wolfowitz (a job starts when it has come and the first server is free) on a winner tree of
// packed keys. The same jobs, instants and fingerprints as the general engine.
//
//   Kiefer and Wolfowitz, "On the theory of queues with many servers", Trans. AMS 78 (1955).
//   Winner tree: Knuth, The Art of Computer Programming, vol. 3, 5.4.1.

#include <double11/virtual_time/simulate_network.hpp>

#include <cstdint>

#include "virtual_time/network_model.hpp"

namespace double11::virtual_time {

/// Whether run_recursion() can do this network.
bool recursion_applies(const NetworkModel& model);

NetworkRecord run_recursion(const NetworkModel& model, std::uint64_t replication,
                            const NetworkOptions& options);

}  // namespace double11::virtual_time
