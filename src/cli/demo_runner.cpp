#include <double11/live/run.hpp>
#include <double11/report/machine.hpp>
#include <double11/report/replications.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/shipped.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "cli/demo.hpp"
#include "cli/output.hpp"

namespace double11::cli {
namespace {

scenario::Scenario scenario_in(scenario::Loaded loaded) {
  if (loaded.scenario) return *std::move(loaded.scenario);
  throw std::runtime_error(scenario::text_of(loaded.problems.front()));
}

}  // namespace

void DemoRunner::check() const {
  if (stop_.load(std::memory_order_relaxed)) throw DemoStopped{};
}

void DemoRunner::progress(const std::string& text) const {
  check();
  if (!quiet_) say("  " + text + "\n");
}

measure::RunRecord DemoRunner::simulate(const scenario::Scenario& scenario) const {
  virtual_time::SimulateOptions options;
  options.stop = &stop_;
  measure::RunRecord record = virtual_time::simulate(scenario, options);
  check();
  return record;
}

measure::RunRecord DemoRunner::run(const scenario::Scenario& scenario) const {
  live::RunOptions options;
  options.stop = &stop_;
  measure::RunRecord record = live::run(scenario, options);
  check();
  return record;
}

virtual_time::NetworkRecord DemoRunner::simulate_network(
    const scenario::Scenario& scenario, std::uint64_t replication,
    virtual_time::NetworkOptions options) const {
  options.stop = [this] { return stop_.load(std::memory_order_relaxed); };
  virtual_time::NetworkRecord record =
      virtual_time::simulate_network(scenario, replication, options);
  check();
  return record;
}

scenario::Scenario scenario_of(const std::string& json, const std::vector<std::string>& overrides) {
  return scenario_in(scenario::parse(json, "demo", overrides));
}

scenario::Scenario shipped_scenario(const std::string& name) {
  const auto file = scenario::find(name);
  if (!file) throw std::runtime_error("found no shipped scenario \"" + name + "\"");
  return scenario_in(scenario::load(*file));
}

std::string machine_sentence() {
  const report::Machine machine = report::this_machine();
  return fmt::format(
      "Measured just now on {} ({} cores, load {:.2f}, {} build); another machine, or the same "
      "with more to do, gives other figures.",
      machine.cpu, machine.cores, machine.load_1min, machine.build);
}

std::string rounds_text(int rounds) {
  return fmt::format("{} round{}", rounds, rounds == 1 ? "" : "s");
}

std::string interval_text(std::span<const double> values, int digits) {
  const report::Estimate found = report::estimate(values);
  return fmt::format("{:.{}f} +-{:.{}f}", found.mean, digits, found.half_width.value_or(0), digits);
}

}  // namespace double11::cli
