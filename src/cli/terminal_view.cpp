#include "cli/terminal_view.hpp"

#include <double11/screen/speed_steps.hpp>

#include <algorithm>

#include <unistd.h>

namespace double11::cli {

TerminalView::TerminalView(const scenario::Scenario& scenario, measure::Runtime runtime,
                           std::int64_t workers, Steering* steering, Interrupt& interrupt,
                           bool color)
    : showing_{scenario, runtime, workers},
      steering_(steering),
      interrupt_(interrupt),
      color_(color),
      utf8_(LiveTerminal::is_utf8()),
      has_keys_(LiveTerminal::has_keys()),
      ticker_(scenario, runtime, workers),
      history_(scenario, runtime),
      tick_(ticker_.next({})) {
  {
    const std::scoped_lock lock(mutex_);
    draw();
  }
  if (has_keys_) {
    keys_ =
        std::make_unique<KeyReader>([this](char key) { press(key); }, [this] { look_around(); });
  }
  interrupt_.attend({[this] { set_away(true); }, [this] { set_away(false); }});
}

TerminalView::~TerminalView() {
  interrupt_.attend({});
  keys_.reset();
  const bool makes_room = isatty(STDOUT_FILENO) == 1;
  if (!makes_room) {
    if (!is_ticked_) {
      tick_ = ticker_.next(last_);
      history_.add(tick_);
    }
    draw();
  }
  terminal_.leave(makes_room);
}

void TerminalView::show(const measure::Snapshot& snapshot) {
  const std::scoped_lock lock(mutex_);
  const bool is_due = snapshot.wall - tick_.wall >= screen::kTickEvery || tick_.wall == Duration(0);
  last_ = snapshot;
  shown_at_ = std::chrono::steady_clock::now();
  is_ticked_ = is_due;
  if (!is_due) return;
  tick_ = ticker_.next(snapshot);
  history_.add(tick_);
  if (steering_ == nullptr || steering_->speed() == Steering::kUnlimited) {
    unlimited_reached_ = std::max(unlimited_reached_, history_.recent_speed());
  }
  draw();
}

void TerminalView::press(char key) {
  const std::scoped_lock lock(mutex_);
  switch (key) {
    case 'p':
    case ' ':
      pause_or_resume();
      break;
    case '+':
    case '=':
      if (steering_ != nullptr) {
        steering_->set_speed(
            screen::faster(steering_->speed(), unlimited_reached_, showing_.runtime), reached());
      }
      break;
    case '-':
    case '_':
      if (steering_ != nullptr) {
        steering_->set_speed(
            screen::slower(steering_->speed(), history_.recent_speed(), showing_.runtime),
            reached());
      }
      break;
    case 'q':
      interrupt_.request();
      if (steering_ != nullptr) steering_->resume();
      break;
    case '?':
    case 'h':
      help_ = !help_;
      break;
    default:
      return;
  }
  draw();
}

// Nobody may be showing anything while the run stands still.
void TerminalView::look_around() {
  const std::scoped_lock lock(mutex_);
  // An end that was asked for is not to wait.
  if (interrupt_.requested() && steering_ != nullptr) steering_->resume();
  if (!terminal_.is_taken() || LiveTerminal::size() != size_) draw();
}

void TerminalView::set_away(bool away) {
  const std::scoped_lock lock(mutex_);
  away_ = away;
  if (away) {
    terminal_.leave(false);
  } else {
    draw();
  }
}

void TerminalView::pause_or_resume() {
  if (steering_ == nullptr) return;
  if (steering_->paused()) {
    steering_->resume();
  } else {
    steering_->pause(reached());
  }
}

// Scenario time has gone on since the last snapshot.
Instant TerminalView::reached() const {
  const double since_s = seconds_of(std::chrono::steady_clock::now() - shown_at_);
  const bool stands = steering_->paused() || last_.wall == Duration(0);
  const double passed_s = stands ? 0 : since_s * history_.recent_speed();
  const double left_s =
      seconds_of(showing_.scenario.duration - last_.scenario_now.time_since_epoch());
  return last_.scenario_now + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(
                                  std::clamp(passed_s, 0.0, std::max(left_s, 0.0))));
}

screen::Controls TerminalView::controls() const {
  screen::Controls now;
  now.keys = has_keys_;
  now.steers = steering_ != nullptr;
  if (steering_ != nullptr) {
    now.limit = steering_->speed();
    now.paused = steering_->paused();
    now.touched = steering_->was_touched();
  }
  now.ending = interrupt_.requested();
  now.help = help_;
  return now;
}

void TerminalView::draw() {
  if (away_) return;
  size_ = LiveTerminal::size();
  // One column and one row are left: a character in the last column may wait there for the next
  // line, and below is room for the cursor.
  const screen::Place place{std::max<std::size_t>(size_.columns, 2) - 1,
                            std::max<std::size_t>(size_.rows, 2) - 1, color_, utf8_};
  terminal_.draw(screen::terminal_lines(showing_, tick_, history_, controls(), place));
}

}  // namespace double11::cli
