#pragma once
// What measured points say about scaling: both laws, which of them the points support, and in plain
// words what that means; and what they do not say.

#include <double11/study/scaling_law.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace double11::study {

/// Below this probability, by the F test of nested models, kappa is taken for real.
inline constexpr double kLawSignificance = 0.05;

/// A peak further out than this many times the largest capacity measured is not in the data, nor is
/// a ceiling higher than this many times the highest throughput measured.
inline constexpr double kPeakBeyond = 2;

/// Where throughput stands still up to the largest capacity measured: the traffic or another stage
/// may set it there.
struct Standstill {
  double from = 0;    ///< capacity, at most 2/3 of the largest
  double within = 0;  ///< the means from there on differ by no more, relatively
};

struct ScalingFindings {
  std::vector<ScalingPoint> points;
  std::size_t capacities = 0;  ///< different ones
  double least_capacity = 0;
  double most_capacity = 0;
  /// The fits. A law whose lambda the points do not determine is left out; where it is the
  /// preferred one, so is the other.
  std::optional<ScalingFit> amdahl;
  std::optional<ScalingFit> universal;
  /// The probability that chance alone makes the Universal Scalability Law fit so much better than
  /// Amdahl's: F(1, points - 3). Nothing with too few points; 1 when kappa is at its bound.
  std::optional<double> chance;
  /// By how much two mean throughputs may differ, relatively, without meaning anything: 1 %, or
  /// what the scatter at each capacity makes of them.
  double tolerance = 0;
  std::optional<Standstill> standstill;
  /// Whether beyond the capacity with the highest mean throughput another mean lies below it by
  /// more than the tolerance. A law bends down behind points that only rise, too, when they rise as
  /// a queue's do and not as the law's; only a fall that was measured shows a peak.
  bool declines = false;

  /// The law that the points support: the Universal Scalability Law when chance is below
  /// kLawSignificance, else Amdahl's. Null where its fit is left out or cannot be made.
  [[nodiscard]] const ScalingFit* preferred() const;
  /// The peak of the preferred law, if the points show it: not beyond kPeakBeyond times the largest
  /// capacity measured, kappa is no chance, and the throughput declines.
  [[nodiscard]] std::optional<Interval> peak() const;
  /// Amdahl's ceiling of the preferred law, if the points show it: not beyond kPeakBeyond times the
  /// highest throughput measured, and the throughput does not stand still at the end.
  [[nodiscard]] std::optional<Interval> ceiling() const;
};

/// What a fit is about.
struct ScalingWords {
  std::string one = "unit";    ///< of capacity: "worker"
  std::string many = "units";  ///< "workers"
  std::string per;             ///< unit of the throughput, written after it: "/h"; "/s": "2.1M/s"
};

/// Fits both laws as far as the points allow. Points as for fit(), at least one.
[[nodiscard]] ScalingFindings find_scaling(std::span<const ScalingPoint> points);

/// The findings in plain words, one sentence or two each: what is serial, what coherency costs,
/// where the peak and the ceiling are, which law holds, and what cannot be told. Never empty.
[[nodiscard]] std::vector<std::string> sentences_of(const ScalingFindings& findings,
                                                    const ScalingWords& words);

/// The coefficients of both fits with standard errors and 95 % intervals, at most 80 columns.
[[nodiscard]] std::string table_of(const ScalingFindings& findings);

/// A JSON object: "points", "amdahl", "usl" (null without a fit), "preferred", "chance", "peak",
/// "peak_throughput", "ceiling", "optimum", "standstill_from" (null where the points do not tell),
/// "declines", "words".
[[nodiscard]] std::string json_of(const ScalingFindings& findings, const ScalingWords& words);

}  // namespace double11::study
