#pragma once
// Durations as somebody measured them, millions of them in bounded memory: counts and sums in
// log-linear cells. A cell stands for its values by their mean, so the mean of all is exact and a
// percentile is off by at most 0.1 %. One thread at a time; durations in nanoseconds.

#include <double11/core/random.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::study {

class Timings {
 public:
  /// Longest duration: 400 days, what the scenario language takes.
  static constexpr std::int64_t kMostNs = std::int64_t{400} * 86'400 * 1'000'000'000;
  /// Most durations in all, so that counts stay exact as real numbers.
  static constexpr std::int64_t kCountMost = 1'000'000'000'000;

  Timings();

  /// `count` times `value_ns`, which is 0 to kMostNs. The caller keeps count() below kCountMost.
  void add(std::int64_t value_ns, std::int64_t count = 1);

  [[nodiscard]] std::int64_t count() const { return count_; }

  // All that follows only of at least one duration.

  [[nodiscard]] double mean_ns() const;
  /// Standard deviation, of the cells' means.
  [[nodiscard]] double deviation_ns() const;
  [[nodiscard]] std::int64_t least_ns() const { return least_ns_; }
  [[nodiscard]] std::int64_t most_ns() const { return most_ns_; }
  /// What at least `share` (0 to 1) of them do not exceed: the mean of its cell; the longest at 1.
  [[nodiscard]] double quantile_ns(double share) const;

  struct Cell {
    double value_ns = 0;  ///< mean of its durations
    std::int64_t count = 0;
  };
  /// The cells that hold something, by value; neighbours are put together until there are at most
  /// `most` (1 or more) of them, all of the same relative width.
  [[nodiscard]] std::vector<Cell> cells(std::size_t most) const;
  /// All of them.
  [[nodiscard]] std::vector<Cell> cells() const { return merged(0); }

 private:
  struct Sum {
    std::int64_t count = 0;
    Wide value_ns = 0;
  };

  [[nodiscard]] std::vector<Cell> merged(unsigned shift) const;

  std::vector<Sum> sums_;
  std::int64_t count_ = 0;
  Wide sum_ns_ = 0;
  std::int64_t least_ns_ = kMostNs;
  std::int64_t most_ns_ = 0;
};

}  // namespace double11::study
