#pragma once
// Published figures beside what was run or simulated.

#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/report/audit.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::report {

/// One published point and what became of it here.
struct Compared {
  const scenario::PublishedPoint* point = nullptr;
  bool reached = true;   ///< the traffic lasted until the point, or it is about the whole run
  double published = 0;  ///< orders, per second, fen, or the metric's unit
  double here = 0;       ///< the same of the run; 0 unless reached
  double off = 0;        ///< here / published - 1
  bool met = true;       ///< see below
  std::string published_text;
  std::string here_text;
};

/// Compares all points, in the scenario's order. Counts and turnover at an instant are interpolated
/// within the interval of the series (1 s up to 200,000 s), rates are those of the interval, or of
/// the last whole one when the traffic ends within it.
///
/// A point is met when |off| is at most its tolerance plus what chance alone does to it: a count of
/// n orders varies by sqrt(n), and three times that is allowed, relative to n; behind a rate are
/// the orders of the time that it is a mean over. That is nothing at full size (0.5 % of 325,000
/// orders in a second) and keeps small scales from missing by chance.
std::vector<Compared> compare_published(const scenario::Scenario& scenario,
                                        const measure::RunRecord& record, const Audit& audit);

/// Largest |off| of the points that were reached, 0 without any; and how many were not met.
double published_off_most(const scenario::Scenario& scenario, const measure::RunRecord& record,
                          const Audit& audit);
std::int64_t published_missed(const scenario::Scenario& scenario, const measure::RunRecord& record,
                              const Audit& audit);

}  // namespace double11::report
