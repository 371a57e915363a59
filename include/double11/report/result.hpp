#pragma once
// A finished run with everything that can be said about it: what text and JSON print.

#include <double11/measure/run_record.hpp>
#include <double11/report/audit.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/machine.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/scenario.hpp>

#include <string>

namespace double11::report {

struct Result {
  const scenario::Scenario& scenario;  ///< outlives the result
  const measure::RunRecord& record;    ///< outlives the result
  Audit audit;
  Verdict verdict;
  Bottleneck bottleneck;
  Machine machine;
};

/// Audits, judges and explains a finished run. Both arguments must outlive the result.
Result conclude(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// The verdict alone: the status, each expression with its measured value, what was broken.
std::string headline(const Result& result, bool color);

/// The report for people: verdict first, at most 80 columns, ends with the next useful command.
/// `again` is the command line that made it ("double11 run double11-2017-minute"); `color` adds
/// ANSI colours to the verdict.
std::string text(const Result& result, const std::string& again, bool color);

/// The result for programs: one JSON object with "schema_version"; docs/result.md has its fields.
/// With `again` (as for text()) the report for people is in it, too.
std::string json(const Result& result, const std::string& again = "");

}  // namespace double11::report
