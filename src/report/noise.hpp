#pragma once
// How far chance moves the figures of a sale's result, from its JSON alone: kDeviations standard
// deviations (chance.hpp), if nothing else is said.

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// One standard deviation of values that also have a trend: half the mean square of the differences
/// between neighbours (von Neumann, Kent, Bellinson and Hart, "The mean square successive
/// difference", Annals of Mathematical Statistics 12, 1941). 0 for fewer than two.
double successive_deviation(const std::vector<double>& values);

/// Of the highest count per second of a funnel step: as the intervals around it differ from each
/// other, at least as a Poisson count.
double noise_of_peak(const nlohmann::ordered_json& result, const std::string& step);

/// Of a percentile of latencies, given its histogram and share: how far apart the values are that
/// lie so many deviations of the rank away; nothing where `count` latencies (the fewer of the two
/// results) are too few to say more than that it is large.
std::optional<double> noise_of_rank(const nlohmann::ordered_json& histogram, double count,
                                    double share);

/// Of a percentile ("p99") of the latency to dispatch: how the percentiles of the intervals differ
/// from each other, for their mean. 0 where there are too few intervals.
double noise_over_time(const nlohmann::ordered_json& result, const std::string& statistic);

/// How much longer or shorter than the other the second run may have taken by how unsteadily the
/// machine worked, relative to the first: the same parts of the sale in both, and how their
/// differences differ from each other. Nothing where the looks at the runs are too few.
std::optional<double> noise_of_machine(const nlohmann::ordered_json& before,
                                       const nlohmann::ordered_json& after);

/// Of the difference of two means over replications, each a figure with `values` and its
/// `half_width_95`: the same share of all cases as kDeviations stand for, by Student's t with the
/// degrees of freedom of Welch ("The generalization of 'Student's' problem when several different
/// population variances are involved", Biometrika 34, 1947). Nothing for a single replication or
/// infinite values.
std::optional<double> noise_of_means(const nlohmann::ordered_json& before,
                                     const nlohmann::ordered_json& after);

}  // namespace double11::report
