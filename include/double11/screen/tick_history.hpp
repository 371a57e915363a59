#pragma once
// What a viewer remembers of the ticks of a run: the judged rate over its length, the best second,
// which queue grows, what was ever seen to be broken.

#include <double11/core/outcome.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/screen/tick.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace double11::screen {

class TickHistory {
 public:
  TickHistory(const scenario::Scenario& scenario, measure::Runtime runtime);

  /// The ticks of one run, in order.
  void add(const Tick& tick);

  /// The rate that the target is about (that of the machine at pace max, else of scenario time)
  /// over the whole traffic in `columns` equal parts, the best of each; negative where the run has
  /// not been.
  [[nodiscard]] std::vector<double> rates(std::size_t columns) const;

  /// What the target is held against, as far as it is known: at pace max the mean since the start,
  /// else the best over a second or more of scenario time.
  [[nodiscard]] double judged_so_far() const { return judged_so_far_; }

  /// Seconds of scenario time per second of the machine over the last seconds, while time passed.
  [[nodiscard]] double recent_speed() const { return recent_speed_; }

  /// The stage whose queue has grown most over the last ticks, if one has kept growing.
  [[nodiscard]] std::optional<Stage> growing() const;

  /// What was seen to be wrong in any tick, each once.
  [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }

 private:
  static constexpr std::size_t kParts = 420;  // divided by every usual number of columns, nearly
  static constexpr std::size_t kRecent = 8;

  struct Part {
    double orders = 0;
    double seconds = 0;
  };
  struct Point {
    Instant scenario_now;
    Duration wall{0};
    std::int64_t judged = 0;  ///< orders that had taken the target's step
    std::array<std::int64_t, kStages> queue{};
  };

  void spread(const Tick& tick);
  void judge(const Tick& tick);

  measure::Runtime runtime_;
  Funnel step_;
  std::vector<Part> parts_;
  double progress_ = 0;
  double judged_so_far_ = 0;
  double recent_speed_ = 0;
  std::deque<Point> second_;  ///< the last second of scenario time, and the point before
  std::deque<Point> recent_;
  std::vector<std::string> broken_;
};

}  // namespace double11::screen
