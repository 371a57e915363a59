#pragma once
// Which values a search for a limit tries: few digits, steps outwards, middles.

#include <double11/study/capacity.hpp>

namespace double11::study {

class CapacityValues {
 public:
  /// Outlives this.
  explicit CapacityValues(const CapacityOptions& options) : options_(options) {}

  /// Values are read by people: no more digits than the tolerance is worth.
  [[nodiscard]] double tidy(double value) const;
  /// How near two values are that are near enough.
  [[nodiscard]] double width(double value) const;
  /// A value between the two, or one of them when there is none that differs.
  [[nodiscard]] double middle(double a, double b) const;
  /// One doubling or halving farther, `left` of them at most.
  [[nodiscard]] double next(double value, bool up, int left) const;

 private:
  const CapacityOptions& options_;
};

}  // namespace double11::study
