#pragma once
// Coordinated omission: a client that waits for each answer before it asks again asks nothing while
// the server stands still, so of a stall it records a single latency. Tene, "How NOT to measure
// latency"; the rule of correction and the figures are those of HdrHistogram.

#include <double11/core/time.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace double11::study {

/// A set of times, kept one by one, so that its figures are exact.
class ExactTimes {
 public:
  /// At least one.
  explicit ExactTimes(std::vector<Duration> times);

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(sorted_.size()); }
  [[nodiscard]] double mean_s() const;
  /// The smallest of them that at least `share` (above 0, at most 1) of all do not exceed.
  [[nodiscard]] Duration quantile(double share) const;
  /// How many of all, 0 to 1, are not above `limit`.
  [[nodiscard]] double share_up_to(Duration limit) const;
  /// From the shortest to the longest.
  [[nodiscard]] const std::vector<Duration>& sorted() const { return sorted_; }

 private:
  std::vector<Duration> sorted_;
};

/// `recorded`, and what was left out if one request was meant to be sent every `expected_interval`
/// (above 0): beside each time t those of the requests that t held up, t - interval, t - 2 interval
/// and so on down to the interval (HdrHistogram, copyCorrectedForCoordinatedOmission).
[[nodiscard]] std::vector<Duration> with_omitted(std::span<const Duration> recorded,
                                                 Duration expected_interval);

/// One line of the published table: 10,000 answers of 1 ms at 100/s, then a stall of 100 s.
struct OmissionFigure {
  enum class Unit : std::uint8_t { count, seconds, share };

  std::string_view name;
  Unit unit;
  double raw;        ///< published, as a client records it that waits for answers
  double corrected;  ///< published, by the rule
  double (*of)(const ExactTimes&);
};

/// HdrHistogram's own unit test, HistogramDataAccessTest.java
/// (https://github.com/HdrHistogram/HdrHistogram). Counts are exact there, the rest is asserted to
/// 0.1 %.
[[nodiscard]] std::span<const OmissionFigure> published_omission();

/// Whether `measured` is `published` as far as that test asks for.
[[nodiscard]] bool agrees(const OmissionFigure& figure, double published, double measured);

}  // namespace double11::study
