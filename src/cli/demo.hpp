#pragma once
// Told stories: their list, and what each of them runs with.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/spread.hpp"
#include "cli/story.hpp"

namespace double11::cli {

/// Thrown where a demo goes on after somebody has asked it to stop.
struct DemoStopped {};

/// Runs scenarios for a demo, says how far it is, and stops it.
class DemoRunner {
 public:
  /// `stop` outlives this.
  DemoRunner(const std::atomic<bool>& stop, bool quiet) : stop_(stop), quiet_(quiet) {}

  /// A line of progress. Throws DemoStopped.
  void progress(const std::string& text) const;

  /// The same scenario in virtual time, or on the live pipeline. Throws DemoStopped.
  [[nodiscard]] measure::RunRecord simulate(const scenario::Scenario& scenario) const;
  [[nodiscard]] measure::RunRecord run(const scenario::Scenario& scenario) const;
  [[nodiscard]] virtual_time::NetworkRecord simulate_network(
      const scenario::Scenario& scenario, std::uint64_t replication = 0,
      virtual_time::NetworkOptions options = {}) const;

 private:
  void check() const;

  const std::atomic<bool>& stop_;
  bool quiet_;
};

/// A scenario that a demo is made of: JSON text, or the name of a shipped one. Throws
/// std::runtime_error when it is none (a shipped file may be missing).
scenario::Scenario scenario_of(const std::string& json,
                               const std::vector<std::string>& overrides = {});
scenario::Scenario shipped_scenario(const std::string& name);

/// "This machine: 2 cores, ..., load 0.42", for figures that depend on it.
std::string machine_sentence();

/// "1 round", "5 rounds".
std::string rounds_text(int rounds);

/// "145 +-3": mean and 95 % confidence over replications.
std::string interval_text(std::span<const double> values, int digits);

/// A demo tells its story into `story`, as far as it comes.
using Demo = void (*)(Story& story, const DemoRunner& runner);

void demo_coordinated_omission(Story& story, const DemoRunner& runner);
void demo_hot_counter(Story& story, const DemoRunner& runner);
void demo_retry_storm(Story& story, const DemoRunner& runner);
void demo_littles_law(Story& story, const DemoRunner& runner);
void demo_knee(Story& story, const DemoRunner& runner);
void demo_queue_hop(Story& story, const DemoRunner& runner);
void demo_open_closed(Story& story, const DemoRunner& runner);
void demo_waiting_room(Story& story, const DemoRunner& runner);

}  // namespace double11::cli
