#pragma once
// How far a system goes: the last value of one number at which it still passes, found by doubling,
// bisection and confirmation. The system is a function, so nothing here knows of scenarios, clocks
// or output.
//
//   1. From `start` on, one step to the one side and one to the other by turns (or first to the
//      side where the limit should be), each twice as far as the one before, until a value passes
//      whose neighbour fails.
//   2. Bisection between the two, to the tolerance.
//   3. Other seeds at both. Where they do not all pass (not all fail), the value moves away from
//      the limit until they do: the range between the two is what chance does to the limit.
//   4. A look at a value well beyond: whether what should be harder still fails.
//   5. Where the same value may answer otherwise the next time, both ends move on until no trial
//      failed at an easier value and none passed at a harder one.
//
// A trial that is invalid says nothing of the system: that of the first seed is repeated, and a
// value at which it stays invalid is not judged. The search goes on around it. Where nothing can be
// judged any more beyond a value that passes, that is the end of what can be known, and no limit of
// the system.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace double11::study {

/// What came of one trial.
enum class Answer : std::uint8_t {
  pass,
  fail,
  refused,  ///< there is no such system; counts as failing, and nothing farther out is tried
  invalid,  ///< it neither passed nor failed
  stopped,  ///< the search must end
};

/// The trial of `value` with the seed of number `seed` (0: the first); called again for a pair only
/// when it was invalid.
using Trial = std::function<Answer(double value, std::int64_t seed)>;

/// What is known of the limit before: which side of it passes.
enum class Limit : std::uint8_t {
  unknown,
  highest,  ///< smaller values pass
  lowest,   ///< larger values pass
};

/// Where the search may go on one side.
struct Bound {
  double value = 0;    ///< inclusive
  bool asked = false;  ///< somebody wants to know as far as there; else ten doublings must do
};

struct CapacityOptions {
  double start = 1;  ///< within the bounds
  Bound least{0};
  Bound most{1e9};
  bool whole = false;        ///< only whole numbers make sense
  double tolerance = 0.01;   ///< of the value; above 0, below 1
  double unit = 1;           ///< the first step up from 0, and what the tolerance refers to there
  std::int64_t confirm = 3;  ///< other seeds on either side; 0: none
  Limit limit = Limit::unknown;  ///< if known, the other side is tried only a little
  bool look_beyond = true;
  bool repeatable = true;    ///< the same value and seed give the same answer every time
  std::int64_t repeats = 2;  ///< of a first seed's trial that is invalid; of repeatable ones none
};

struct Tried {
  double value = 0;
  std::int64_t seed = 0;
  Answer answer = Answer::fail;
};

enum class Ending : std::uint8_t {
  found,
  all_pass,     ///< every value that was tried passes
  none_passes,  ///< none that was tried passes
  not_judged,   ///< all that was judged passes, or fails, up to where nothing could be judged
  unsteady,  ///< some pass with the first seed; with enough others none does, as far as was tried
  too_wide,  ///< trials contradict each other over more than a factor of two
  stopped,
};

/// A value that fails though another one passes that should be harder.
struct Surprise {
  double fails = 0;
  double passes = 0;
};

struct Capacity {
  Ending ending = Ending::stopped;
  Limit limit = Limit::unknown;
  /// The last value at which all seeds passed that could be judged, and half of the others at least
  /// could be (when stopped: the first one did so far).
  std::optional<double> passes;
  /// The first one beyond at which none of them passed; none where some did as far as was tried.
  std::optional<double> fails;
  /// Where nothing could be judged any more, when that ended the search.
  std::optional<double> not_judged;
  /// How sure it is that the value at which half of the trials pass lies between the two: without
  /// assumption on the law of chance, by order statistics (the median of n limits lies outside the
  /// least and the greatest with probability 2^(1-n); David and Nagaraja, Order Statistics, 7.1).
  /// With repeatable trials the first seed counts, too. Else the trials of the search do not, as
  /// they have chosen the value, and each value that was looked at counts as one more chance to be
  /// wrong. 0 without confirmation. It supposes that harder values do not pass more often.
  double confidence = 0;
  std::optional<Surprise> surprise;
  std::vector<Tried> tried;  ///< in order, each repetition, too
};

/// Finds it. `trial` is called on this thread and may throw, which ends the search.
[[nodiscard]] Capacity find_capacity(const CapacityOptions& options, const Trial& trial);

}  // namespace double11::study
