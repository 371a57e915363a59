#pragma once
// What a sweep has measured, and what can be said of it.

#include <double11/scenario/metrics.hpp>
#include <double11/study/scaling_findings.hpp>
#include <double11/study/sweep.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace double11::study {

/// A factor and what its values are as numbers, if they are.
struct SweptFactor {
  Factor factor;
  std::vector<double> numbers;  ///< one for each value; empty: the values are words
};

/// One run or simulation.
struct SweepTrial {
  std::string verdict;         ///< "PASS", "MISSED", ...
  bool trusted = true;         ///< neither invalid nor with a broken law
  std::vector<double> values;  ///< of the metrics, in their units
  /// Nearly every order found room: the traffic set the throughput, not the capacity.
  bool sated = false;
};

struct SweepRow {
  Combination combination;
  std::vector<SweepTrial> trials;  ///< one for each round that was complete
  double scale = 1;                ///< simulate.scale: what was measured is of such a part
  /// The capacity that the part has; nothing: that of the factor.
  std::optional<double> capacity = std::nullopt;
};

struct SweepResult {
  std::string scenario;
  std::string command;  ///< that makes it again
  std::string mode;     ///< "run" or "simulate"
  std::size_t rounds = 1;
  bool interrupted = false;
  std::vector<SweptFactor> factors;
  std::vector<scenario::Metric> metrics;  ///< at least one
  std::vector<SweepRow> rows;             ///< in the order of combinations_of()
  std::optional<std::size_t> capacity;    ///< the factor that scaling laws are fitted over
};

/// A metric of one combination over its rounds.
struct SweepSummary {
  double median = 0;
  double least = 0;
  double most = 0;
  /// Half the distance from the least to the most; nothing of a single round, nor where a value is
  /// infinite (a recovery that did not come).
  std::optional<double> spread;
};

/// Nothing when no round of the combination was complete.
[[nodiscard]] std::optional<SweepSummary> summary_of(const SweepRow& row, std::size_t metric);

/// "payment.servers=4k inventory.strategy=mutex"; a factor may be left out.
[[nodiscard]] std::string label_of(const SweepResult& result, const Combination& combination,
                                   std::optional<std::size_t> without = std::nullopt);

/// Whether a key means capacity: its last word is workers or servers.
[[nodiscard]] bool is_capacity(const std::string& key);

/// Whether more of a key is more to do, or more to do it with: a count, a rate or a scale, but not
/// the seed, whose order means nothing. Only over these there are laws and plateaus.
[[nodiscard]] bool is_amount(const std::string& key);

/// What a capacity is counted in: its last word without an "s" at the end, and with it.
[[nodiscard]] ScalingWords words_of(const std::string& key);

/// Scaling laws over the capacity, for one combination of the other factors.
struct SweepLaw {
  std::string others;      ///< label of the other factors; "" when there are none
  std::size_t metric = 0;  ///< the throughput: the first metric that is a rate
  ScalingWords words;
  std::vector<std::string> sated;  ///< values of the capacity that were left out as such
  ScalingFindings findings;        ///< without points: empty
  double scale = 1;                ///< of the sale that was measured
  std::string stands_for;          ///< "1k servers are 10 there"; empty: the same in the part
};

/// Each trial is a point, of a scaled sale by the capacity that the part has; those that were
/// sated, cannot be trusted, are of capacities below 1 or without any throughput are left out.
/// Empty without a capacity or a rate.
[[nodiscard]] std::vector<SweepLaw> laws_of(const SweepResult& result);

/// sentences_of() the findings, and what was left out.
[[nodiscard]] std::vector<std::string> sentences_of(const SweepLaw& law);

/// The scale of all combinations; nothing where they have different ones.
[[nodiscard]] std::optional<double> scale_of(const SweepResult& result);

/// In plain words: of what part of the sale the figures are if it was scaled, who passes, where the
/// first metric is highest and lowest, from where on more changes nothing; over seeds how far it
/// reaches.
[[nodiscard]] std::vector<std::string> sentences_of(const SweepResult& result);

/// One row per combination: values, median and spread of each metric, verdicts. At most 80 columns:
/// further metrics make further tables.
[[nodiscard]] std::string table_of(const SweepResult& result);

/// A JSON object: "command", "scenario", "mode", "rounds", "interrupted", "scale" (scale_of()),
/// "words" (sentences_of()), "factors" (key, values, numbers or null), "metrics" (name, meaning),
/// "combinations" (values by key; scale; capacity; metrics by name with median, least, most,
/// values; verdicts), "laws" (json_of() of the findings with "over", "others", "metric") and
/// "text", the report for people.
[[nodiscard]] std::string json_of(const SweepResult& result, const std::vector<SweepLaw>& laws,
                                  const std::string& text);

/// The combination whose median of the first metric is highest; nothing when none has run.
[[nodiscard]] std::optional<std::size_t> highest_of(const SweepResult& result);

}  // namespace double11::study
