#pragma once
// The runs or simulations of a sweep, round by round.

#include "cli/interrupt.hpp"
#include "cli/sweep_plan.hpp"

namespace double11::cli {

/// Runs what the plan says and puts the trials into its result; at a signal the trial under way is
/// dropped and the result marked as interrupted. Says on stderr what is under way unless `quiet`.
/// In virtual time each round has a seed of its own; in wall-clock time chance is the machine's.
void run_trials(SweepPlan& plan, const Interrupt& interrupt, bool quiet);

}  // namespace double11::cli
