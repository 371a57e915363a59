#pragma once
// Trials of a scenario with one key varied: loaded anew, run or simulated, judged, and kept for the
// report.

#include <double11/core/outcome.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/study/capacity.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/interrupt.hpp"
#include "cli/number_key.hpp"
#include "cli/scenario_options.hpp"

namespace double11::cli {

enum class Mode : std::uint8_t { simulate, run };

inline constexpr std::array<double, 4> kLadderShares{0.5, 0.9, 0.99, 0.999};
inline constexpr std::array<std::string_view, 4> kLadderColumns{"p50", "p90", "p99", "p99.9"};

/// What a trial of a network of queues has instead of orders and their outcomes.
struct NetworkTrial {
  double throughput_per_s = 0;
  report::Ended ended;
  std::string busiest;  ///< name of the busiest station
  double busy_share = 0;
};

/// What is kept of one trial. Of a network the latency is the sojourn of completed jobs.
struct TrialRecord {
  double value = 0;
  std::int64_t seed_number = 0;  ///< 0: that of the scenario
  std::int64_t seed = 0;
  bool is_again = false;  ///< that of the same value and seed before was invalid
  study::Answer answer = study::Answer::fail;
  std::string refusal;  ///< the loader's first problem, when it was refused; then nothing follows
  report::Verdict verdict;
  report::Bottleneck bottleneck;
  bool machine_late = false;  ///< it could not offer the orders on time, so no stage is to blame
  double offered_per_s = 0;   ///< best second
  double curve_per_s = 0;     ///< peak of the curve; 0 when orders do not come from one
  double machine_per_s = 0;   ///< dispatched per wall-clock second
  std::array<std::int64_t, 4> latency_ns{};  ///< to dispatched, by kLadderShares
  std::array<double, kOutcomes> shares{};    ///< of the orders, by outcome
  double wall_s = 0;
  std::optional<NetworkTrial> network;  ///< nothing of a sale, nor of a network that was refused
};

/// "paid.rate.peak >= 256k/s (measured 254k/s)" of the checks that were missed; the first doubt of
/// an invalid run; the audit.
std::string what_broke(const TrialRecord& trial);

struct TrialOptions {
  Mode mode = Mode::simulate;
  std::vector<std::string> more;  ///< overrides after those of the command line
  bool quiet = false;             ///< nothing on stderr
};

class CapacityTrials {
 public:
  /// All must outlive it.
  CapacityTrials(const ScenarioOptions& scenario, const NumberKey& key, const TrialOptions& options,
                 const Interrupt& interrupt)
      : scenario_(scenario), key_(key), options_(options), interrupt_(interrupt) {}

  /// Carries out a trial, for study::find_capacity(), and says so on stderr. Throws what the
  /// runtimes throw.
  study::Answer operator()(double value, std::int64_t seed_number);

  /// In order; refused ones are among them, one that was stopped is not.
  [[nodiscard]] const std::vector<TrialRecord>& done() const { return done_; }

 private:
  void carry_out(const scenario::Scenario& scenario, TrialRecord& trial) const;
  void tell(const TrialRecord& trial) const;

  const ScenarioOptions& scenario_;
  const NumberKey& key_;
  const TrialOptions& options_;
  const Interrupt& interrupt_;
  std::vector<TrialRecord> done_;
};

}  // namespace double11::cli
