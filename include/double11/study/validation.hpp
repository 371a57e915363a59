#pragma once
// Holds simulations against theory: runs the replications of validation cases and
// judges every expected figure by the spread of the replications.

#include <double11/study/validation_cases.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace double11::study {

/// How far chance may take a figure, in standard normal deviations: seven in a million on both
/// sides together, so that a table of several hundred figures passes when the simulator is right.
inline constexpr double kDeviationLimit = 4.5;

struct Finding {
  Expectation expectation;
  double simulated = 0;       ///< mean over the replications
  double standard_error = 0;  ///< of that mean, by the spread of the replications
  /// Distance of the simulated from the expected value beyond the tolerance, or beyond a bound, by
  /// Student's t of the replications turned into a standard normal deviation; 0: within.
  double deviation = 0;
  bool passed = false;
};

/// Judges one figure by its values in the replications, at least one. A single one, or equal ones,
/// must meet the expectation to the tolerance and rounding.
[[nodiscard]] Finding judge(const Expectation& expectation, std::span<const double> samples);

struct CaseFindings {
  std::string name;
  std::string family;
  std::vector<Finding> findings;
  std::uint64_t events = 0;
  /// Whether the counts added up exactly in all replications: jobs, and Little's law.
  bool laws_held = true;

  [[nodiscard]] bool passed() const;
};

struct Validation {
  std::vector<CaseFindings> cases;  ///< those that were simulated whole
  bool stopped = false;             ///< before the last of them

  [[nodiscard]] bool passed() const;
};

/// Called after each case.
using ValidationProgress =
    std::function<void(const CaseFindings& findings, std::size_t done, std::size_t of)>;

/// Simulates the cases one after the other, the replications of each on `workers` threads (1 or
/// more), with the same result for any number. `stop`, when there is one, is looked at before each
/// replication and ends it; the case under way is left out. A case that is no valid scenario or
/// asks for an unknown metric is a programmer's error.
[[nodiscard]] Validation validate(std::span<const ValidationCase> cases, std::uint32_t workers,
                                  const ValidationProgress& on_progress = {},
                                  const std::atomic<bool>* stop = nullptr);

/// A table of at most 80 columns: case, metric, expected, simulated, deviation, verdict; the last
/// line sums up.
[[nodiscard]] std::string text_of(const Validation& validation);
/// The part of one case, as in the table.
[[nodiscard]] std::string text_of(const CaseFindings& findings);

}  // namespace double11::study
