#pragma once
// What orders were lost to, when every stage is large enough; for bottleneck.cpp.

#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>

#include <optional>

#include "report/candidate.hpp"

namespace double11::report {

/// Below one order in fifty no loss explains a missed check.
inline constexpr double kFewLost = 0.02;

/// Stock that ran out.
Candidate stock_candidate(const scenario::Scenario& scenario, const measure::RunRecord& record);

/// What most orders were lost to; none when that is less than `least_share` of them.
std::optional<Candidate> loss_candidate(double least_share, const scenario::Scenario& scenario,
                                        const measure::RunRecord& record);

/// The fault in whose time most of the lost orders were lost, when it cost enough of them.
std::optional<Candidate> fault_candidate(const scenario::Scenario& scenario,
                                         const measure::RunRecord& record);

}  // namespace double11::report
