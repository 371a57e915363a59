#pragma once
// One line on stderr that says how far a run is: redrawn in place on a terminal, a plain line every
// few seconds when piped.

#include <double11/core/time.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace double11::cli {

class ProgressLine {
 public:
  /// What the line tells: how the funnel fills, or how much of a computation is done and left.
  enum class About { funnel, time_left };

  /// How far the run is.
  struct State {
    std::int64_t offered = 0;
    std::int64_t ended = 0;
    std::int64_t dispatched = 0;
    Instant scenario_now;  ///< at most the end of the traffic
  };

  explicit ProgressLine(Duration duration, About about = About::funnel);
  /// Ends the line on a terminal.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Shows the state, the first call always; rates are over the time since the last call
  /// that was shown.
  void show(const State& state);

 private:
  [[nodiscard]] std::string funnel_line(const State& state, double seconds) const;
  [[nodiscard]] std::string time_line(const State& state, double seconds) const;

  Duration duration_;
  About about_;
  bool terminal_;
  std::chrono::steady_clock::time_point began_at_;
  std::chrono::steady_clock::time_point shown_at_;
  State shown_;
  bool first_ = true;
  std::size_t drawn_ = 0;
};

}  // namespace double11::cli
