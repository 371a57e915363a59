#pragma once
// The live view of a run on a terminal, and the keys that steer it: screen/terminal_text.hpp says
// what is seen, LiveTerminal puts it there.

#include <double11/core/steering.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/screen/terminal_text.hpp>
#include <double11/screen/tick.hpp>
#include <double11/screen/tick_history.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "cli/interrupt.hpp"
#include "cli/key_reader.hpp"
#include "cli/live_terminal.hpp"

namespace double11::cli {

class TerminalView {
 public:
  /// All must outlive it. `steering` may be null: then nothing can be steered. `color`: whether it
  /// is wished, see use_color().
  TerminalView(const scenario::Scenario& scenario, measure::Runtime runtime, std::int64_t workers,
               Steering* steering, Interrupt& interrupt, bool color);
  /// Where the report comes on the same terminal the view makes room for it; else its last frame
  /// stays.
  ~TerminalView();
  TerminalView(const TerminalView&) = delete;
  TerminalView& operator=(const TerminalView&) = delete;

  /// Whether there can be one here; else see ProgressLine.
  static bool possible() { return LiveTerminal::possible(); }

  /// The run as it is now. Any thread.
  void show(const measure::Snapshot& snapshot);

 private:
  void press(char key);
  void look_around();
  void set_away(bool away);
  void pause_or_resume();
  [[nodiscard]] Instant reached() const;
  [[nodiscard]] screen::Controls controls() const;
  void draw();

  const screen::Showing showing_;
  Steering* const steering_;
  Interrupt& interrupt_;
  const bool color_;
  const bool utf8_;
  const bool has_keys_;

  std::mutex mutex_;  // of all below
  screen::Ticker ticker_;
  screen::TickHistory history_;
  screen::Tick tick_;
  double unlimited_reached_ = 0;  // the highest speed while there was no limit
  measure::Snapshot last_;
  bool is_ticked_ = true;  // whether last_ is in tick_
  std::chrono::steady_clock::time_point shown_at_;
  bool help_ = false;
  bool away_ = false;  // the terminal is somebody else's for now
  LiveTerminal terminal_;
  LiveTerminal::Size size_;
  std::unique_ptr<KeyReader> keys_;  // last: its thread uses the rest
};

}  // namespace double11::cli
