#pragma once
// One line on stderr that says how far a run is: redrawn in place on a terminal, a plain line every
// few seconds when piped.

#include <double11/core/time.hpp>
#include <double11/live/run_state.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace double11::cli {

class ProgressLine {
 public:
  /// What the line tells: how the funnel fills, or how much of a computation is done and left.
  enum class About { funnel, time_left };

  explicit ProgressLine(Duration duration, About about = About::funnel);
  /// Ends the line on a terminal.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Shows the state of the run, the first call always; rates are over the time since the last call
  /// that was shown.
  void show(const live::Progress& progress);

 private:
  [[nodiscard]] std::string funnel_line(const live::Progress& progress, double seconds) const;
  [[nodiscard]] std::string time_line(const live::Progress& progress, double seconds) const;

  Duration duration_;
  About about_;
  bool terminal_;
  std::chrono::steady_clock::time_point began_at_;
  std::chrono::steady_clock::time_point shown_at_;
  live::Progress shown_;
  bool first_ = true;
  std::size_t drawn_ = 0;
};

}  // namespace double11::cli
