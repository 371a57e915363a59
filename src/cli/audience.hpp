#pragma once
// Who looks on while a sale goes on: a live view or a line on the terminal, and the big screen.

#include <double11/core/steering.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"

namespace double11::screen {
class Board;
class Server;
}  // namespace double11::screen

namespace double11::cli {

class TerminalView;

/// Of the big screen: --screen and --stay.
struct ScreenOptions {
  std::string address;  ///< ADDR:PORT; empty: no screen
  std::string stay;     ///< a duration; empty: until a signal where a person started it, else 0

  void add_to(CLI::App& command);
  /// Whether they can be used; false after a message.
  [[nodiscard]] bool check() const;
};

/// What is shown.
struct Performance {
  const scenario::Scenario& scenario;
  measure::Runtime runtime;
  std::int64_t workers;
  std::string command;  ///< the command line, for people
};

/// On the terminal.
struct TerminalOptions {
  bool shown = true;
  bool no_color = false;
  double speed = Steering::kUnlimited;  ///< to begin with
  ProgressLine::About about = ProgressLine::About::funnel;
};

class Audience {
 public:
  /// Opens the big screen, if there is to be one, and says where it is. All but `terminal` must
  /// outlive it. Throws std::runtime_error (address in use, ...).
  Audience(const Performance& performance, const ScreenOptions& screen,
           const TerminalOptions& terminal, Interrupt& interrupt);
  ~Audience();
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  /// For the options of a run or a simulation: empty, or null, when there is no need.
  [[nodiscard]] std::function<void(const measure::Snapshot&)> on_snapshot();
  [[nodiscard]] Steering* steering() { return steering_ ? &*steering_ : nullptr; }

  /// The run is over: the terminal is free for the report.
  void leave_terminal();

  /// Viewers of the big screen are told how it ended; `json` is the whole result.
  void conclude(const std::string& json);

  /// Keeps the big screen open for as long as the options say, or until a signal.
  void stay();

 private:
  void show(const measure::Snapshot& snapshot);
  void show_on_screen();

  const Performance& performance_;
  const ScreenOptions& screen_;
  Interrupt& interrupt_;
  std::optional<Steering> steering_;
  std::unique_ptr<TerminalView> view_;
  std::optional<ProgressLine> line_;
  std::unique_ptr<screen::Board> board_;
  std::unique_ptr<screen::Server> server_;
  measure::Snapshot last_;
  std::optional<Duration> shown_at_;  // wall-clock time of the last one that the screen shows
};

}  // namespace double11::cli
