#pragma once
// Who turns next: families of schedules, each drawn from a seed. A schedule only has to be possible
// on a real machine, not likely; a run is safe under all of them or it is not safe.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stress/dice.hpp"

namespace double11::stress {

enum class Family : std::uint8_t {
  uniform,      ///< any worker, each turn anew
  starvation,   ///< one worker gets no turn for long, then another
  bursts,       ///< one worker turns many times in a row
  alternation,  ///< strictly one after the other
  priorities,   ///< the first in rank turns, ranks change at random moments (PCT)
};
inline constexpr std::array<std::string_view, 5> kFamilyNames{"uniform", "starvation", "bursts",
                                                              "alternation", "priorities"};

class Schedule {
 public:
  /// For a run that is under this schedule for about `turns` turns.
  Schedule(Family family, std::uint32_t workers, std::uint64_t turns, std::uint64_t seed);

  /// The worker that turns next.
  std::uint32_t next();

  /// What came of that turn.
  void turned(bool worked);

 private:
  std::uint32_t other_than(std::uint32_t worker);
  void drop_first();

  Family family_;
  std::uint32_t workers_;
  Dice dice_;
  std::uint32_t chosen_ = 0;  // the worker starved, or the one whose burst it is
  std::uint64_t left_ = 0;    // turns until another is chosen
  std::uint64_t turn_ = 0;
  std::vector<std::uint32_t> ranks_;  // workers, the first in rank first
  std::vector<std::uint64_t> changes_;
  int idle_ = 0;  // turns without work in a row of the first in rank
};

}  // namespace double11::stress
