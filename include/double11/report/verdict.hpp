#pragma once
// The verdict on a run: target and thresholds, the audit, and whether the run can be trusted.

#include <double11/measure/run_record.hpp>
#include <double11/report/audit.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace double11::report {

enum class Status : std::uint8_t { pass, missed, violated, invalid, interrupted };

/// "PASS", "MISSED", "VIOLATED", "INVALID", "INTERRUPTED".
std::string_view name_of(Status status);

/// Exit code of the program: 0 pass, 3 missed, 4 violated, 5 invalid, 130 interrupted.
int exit_code_of(Status status);

/// One expression and how it came out.
struct Check {
  std::string expression;  ///< "paid.rate.peak >= 256k/s"
  std::string measured;    ///< "313k/s"
  double value = 0;        ///< in the metric's unit
  bool holds = false;
};

struct Verdict {
  Status status = Status::pass;
  std::vector<Check> checks;  ///< the target first, if there is one
  /// Why the run cannot be trusted; empty unless invalid.
  std::vector<std::string> doubts;
};

/// What its checks and doubts come to. A broken law outranks doubts, doubts outrank a missed
/// threshold, an interruption outranks all but a broken law: half a run proves nothing else.
Status status_of(const Verdict& verdict, bool laws_hold, bool interrupted);

/// The metric that the target is held against: at pace max the rate this machine carries, else the
/// best whole second.
std::string target_metric(const scenario::Scenario& scenario, measure::Runtime runtime);

/// The target and the thresholds, whether the run can be trusted, and the status_of() that.
Verdict judge(const scenario::Scenario& scenario, const measure::RunRecord& record,
              const Audit& audit);

}  // namespace double11::report
