#include "cli/audience.hpp"

#include <double11/core/units.hpp>
#include <double11/screen/board.hpp>
#include <double11/screen/server.hpp>
#include <double11/screen/tick.hpp>

#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/not_empty.hpp"
#include "cli/output.hpp"
#include "cli/terminal_view.hpp"

namespace double11::cli {

void ScreenOptions::add_to(CLI::App& command) {
  command
      .add_option("--screen", address,
                  "Serve the big screen there while it runs, such as 127.0.0.1:8111 (port 0: any "
                  "free one); also /metrics and /api/result")
      ->type_name("ADDR:PORT")
      ->check(not_empty("ADDR:PORT such as 127.0.0.1:8111"));
  command
      .add_option("--stay", stay,
                  "Keep the big screen this long after the end, such as 10min; 0s: not at all. "
                  "Without it: until Ctrl-C on a terminal, else not at all")
      ->type_name("DURATION")
      ->check(not_empty("a duration such as 30s or 10min"));
}

bool ScreenOptions::check() const {
  if (!stay.empty() && !parse_duration(stay)) {
    fmt::print(stderr, "double11: --stay: found {}; allowed is a duration such as 30s or 10min\n",
               stay);
    return false;
  }
  if (address.empty()) {
    if (stay.empty()) return true;
    fmt::print(stderr, "double11: --stay is for the big screen; give --screen ADDR:PORT as well\n");
    return false;
  }
  try {
    screen::address_of(address);
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr, "double11: --screen: {}\n", error.what());
    return false;
  }
  return true;
}

Audience::Audience(const Performance& performance, const ScreenOptions& screen,
                   const TerminalOptions& terminal, Interrupt& interrupt)
    : performance_(performance), screen_(screen), interrupt_(interrupt) {
  if (!screen.address.empty()) {
    board_ = std::make_unique<screen::Board>(performance.scenario, performance.runtime,
                                             performance.workers, performance.command);
    server_ = std::make_unique<screen::Server>(screen::address_of(screen.address), *board_);
    say(fmt::format("screen: {}\n", server_->url()));
  }
  const bool has_view = terminal.shown && TerminalView::possible();
  if (has_view || terminal.speed != Steering::kUnlimited) {
    const bool is_real = performance.runtime == measure::Runtime::pace_real;
    steering_.emplace(is_real ? 1 : terminal.speed);
  }
  if (has_view) {
    view_ = std::make_unique<TerminalView>(performance.scenario, performance.runtime,
                                           performance.workers, steering(), interrupt,
                                           use_color(terminal.no_color, stderr));
  } else if (terminal.shown) {
    line_.emplace(performance.scenario.duration, terminal.about);
  }
}

Audience::~Audience() = default;

std::function<void(const measure::Snapshot&)> Audience::on_snapshot() {
  if (!board_ && !view_ && !line_) return {};
  return [this](const measure::Snapshot& snapshot) { show(snapshot); };
}

void Audience::show(const measure::Snapshot& snapshot) {
  if (view_) view_->show(snapshot);
  if (line_) {
    const std::int64_t offered = snapshot.funnel[index_of(Funnel::offered)];
    line_->show({offered, offered - snapshot.in_flight(),
                 snapshot.outcomes[index_of(Outcome::dispatched)], snapshot.scenario_now});
  }
  if (!board_) return;
  last_ = snapshot;
  if (!shown_at_ || snapshot.wall - *shown_at_ >= screen::kTickEvery) show_on_screen();
}

void Audience::show_on_screen() {
  shown_at_ = last_.wall;
  board_->show(last_, steering_ && steering_->paused());
  server_->tell();
}

void Audience::leave_terminal() {
  view_.reset();
  line_.reset();
}

void Audience::conclude(const std::string& json) {
  if (!board_) return;
  if (shown_at_ != last_.wall) show_on_screen();
  board_->conclude(json);
  server_->tell();
}

void Audience::stay() {
  if (!server_) return;
  const std::optional<Duration> limit =
      screen_.stay.empty() ? std::nullopt : parse_duration(screen_.stay);
  const bool by_hand = screen_.stay.empty() && isatty(STDERR_FILENO) == 1;
  if (!by_hand && (!limit || limit->count() == 0)) return;
  const std::string until = limit ? fmt::format("for {} or until Ctrl-C", short_duration(*limit))
                                  : std::string("until Ctrl-C");
  say(fmt::format("screen: stays at {} {}\n", server_->url(), until));
  interrupt_.wait_for(limit);
}

}  // namespace double11::cli
