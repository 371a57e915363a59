#pragma once
// Simulates a queueing network in virtual time, job by job. Exact on an integer clock of
// nanoseconds; what happens at the same instant happens by creation number of the job, station
// events first. Everything random about a job is keyed by (seed, replication, station, job, visit),
// so results are the same on every machine, and scenarios that differ in one key see the same jobs.

#include <double11/scenario/scenario.hpp>
#include <double11/virtual_time/network_record.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace double11::virtual_time {

/// A completed visit of a station. Instants in nanoseconds of scenario time.
struct Departure {
  std::uint64_t job = 0;      ///< creation number, from 0
  std::uint32_t station = 0;  ///< index into network.stations
  std::uint32_t job_class = 0;
  std::int64_t arrived_ns = 0;
  std::int64_t started_ns = 0;  ///< begin of its (last) service
  std::int64_t ended_ns = 0;
  std::int64_t service_ns = 0;  ///< length of that service at full speed
};

/// Hooks; empty ones are not called. All are called on the thread that runs the simulation.
struct NetworkOptions {
  std::function<void(const Departure&)> on_departure;
  /// How far the simulation has come, now and then.
  std::function<void(Duration)> on_progress;
  /// Asked now and then; true ends the simulation early.
  std::function<bool()> stop;
  /// Uses recursions instead of events where the network allows it; the results are the same.
  bool recursion = true;
};

class NetworkModel;

/// A network made ready to run. Threads may run different replications at once.
class NetworkSimulator {
 public:
  /// `scenario` comes from the loader, is_network(), scenario::scaled() is carried out on it, and
  /// it must outlive this object.
  explicit NetworkSimulator(const scenario::Scenario& scenario);
  ~NetworkSimulator();

  /// One replication: independent of the others, and always the same.
  [[nodiscard]] NetworkRecord run(std::uint64_t replication,
                                  const NetworkOptions& options = {}) const;

 private:
  std::unique_ptr<const NetworkModel> model_;
};

/// The same for a single replication.
NetworkRecord simulate_network(const scenario::Scenario& scenario, std::uint64_t replication,
                               const NetworkOptions& options = {});

}  // namespace double11::virtual_time
