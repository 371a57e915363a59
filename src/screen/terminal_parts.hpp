#pragma once
// The parts of the terminal view, each a line or a few.

#include <double11/screen/terminal_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "screen/line.hpp"

namespace double11::screen {

/// Everything that a part is made from.
struct View {
  const Showing& showing;
  const Tick& tick;
  const TickHistory& history;
  const Controls& controls;
  std::size_t width;
  Ink ink;

  [[nodiscard]] Line line() const { return {width, ink}; }
  [[nodiscard]] bool is_virtual() const {
    return showing.runtime == measure::Runtime::virtual_time;
  }
  /// The rate that the target is about, now.
  [[nodiscard]] double judged(Funnel step) const {
    return judged_per_s(tick, showing.runtime)[index_of(step)];
  }
};

using Lines = std::vector<Line>;

// terminal_progress.cpp: what is run, how far it is, whether the target holds.
Line name_line(const View& view);
Line target_line(const View& view);
Lines chart_lines(const View& view, std::size_t rows);
Line bar_line(const View& view);
Line progress_line(const View& view);
/// All in one.
Line only_line(const View& view);

// terminal_tables.cpp: steps and stages.
Lines table_lines(const View& view);
Line rates_line(const View& view);
Line waiting_line(const View& view);
Line latency_line(const View& view);

// terminal_state.cpp: what becomes of orders, what is wrong, which keys there are.
Lines outcome_lines(const View& view);
Line audit_line(const View& view);
/// Nothing where the scenario has no faults.
Lines fault_lines(const View& view);
/// Nothing without keys.
Lines key_lines(const View& view);

/// Scenario time as a clock shows it where the whole takes a minute or more: "0:26", "13:05:00".
std::string clock_text(Duration time, Duration whole);
/// Without "/s".
std::string short_count(double number);
/// With thousands apart where that fits.
std::string count_in(std::int64_t count, std::size_t columns);
std::string percent_text(double share);
/// A label, and blanks up to where its line begins.
Line labelled(const View& view, std::string_view label);

}  // namespace double11::screen
