#pragma once
// A scenario for simulation: shorter, thinner or thicker than the file says.

#include <double11/scenario/scenario.hpp>

namespace double11::scenario {

/// The scenario (from the loader) with simulate.until and simulate.scale carried out.
///
/// A sale ends its traffic at `until`. By `scale`, everything changes that makes the sale larger:
/// the rate of the traffic, stock, credits, servers, queues, capacities; the target and thresholds
/// on rates and counts with it. What describes one order stays: its basket, its latencies, shares.
/// There are as many buyers as before, except where one is told from another (bots, limits per
/// buyer, fairness): there buyers and bots grow, too, so that each clicks as often as before.
/// Counts are rounded and at least 1 where they were not 0, and stay within the key table's limits;
/// so a small scale distorts what is small already.
[[nodiscard]] Scenario scaled(Scenario scenario);

}  // namespace double11::scenario
