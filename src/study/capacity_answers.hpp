#pragma once
// What a search for a limit has been answered, so that nothing is asked again that was judged.

#include <double11/study/capacity.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace double11::study {

/// Thrown where a trial says that the search must end.
struct CapacityStopped {};

class CapacityAnswers {
 public:
  /// Both outlive this.
  CapacityAnswers(const CapacityOptions& options, const Trial& trial)
      : options_(options), trial_(trial) {}

  /// Carries out the trial unless its answer is known; one of the first seed again while it is
  /// invalid, as often as the options say. Throws CapacityStopped.
  Answer ask(double value, std::int64_t seed);

  /// That the first seed could not be judged there: the next ask() tries again.
  void forget_invalid(double value);

  /// How many other seeds were judged at this value.
  [[nodiscard]] std::int64_t others_at(double value) const;

  /// In order, each repetition, too.
  [[nodiscard]] const std::vector<Tried>& tried() const { return tried_; }

 private:
  const CapacityOptions& options_;
  const Trial& trial_;
  std::map<std::pair<double, std::int64_t>, Answer> known_;
  std::vector<Tried> tried_;
};

}  // namespace double11::study
