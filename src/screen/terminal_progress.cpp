// What is run, how far it is, whether the target holds.
#include <double11/core/units.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "screen/bars.hpp"
#include "screen/terminal_parts.hpp"

namespace double11::screen {
namespace {

using measure::Runtime;
using namespace std::chrono_literals;

// How much there is to see in the widest chart.
constexpr std::size_t kWidest = 140;

std::string runtime_text(const View& view) {
  std::string text = view.is_virtual()                           ? "virtual time"
                     : view.showing.runtime == Runtime::pace_max ? "pace max"
                                                                 : "pace real";
  const double scale = view.showing.scenario.simulate.applied_scale;
  if (scale != 1) text += fmt::format(", scale {:g}", scale);
  return text +
         fmt::format(", {} worker{}", view.showing.workers, view.showing.workers == 1 ? "" : "s");
}

bool is_over(const View& view) {
  return view.tick.progress >= 1;
}

struct JudgedWord {
  std::string_view word;
  Style style = Style::plain;
};

// At pace max the mean since the start counts, which may still change; else the best second, which
// is held for good once it was.
JudgedWord judgement(const View& view) {
  // Virtual time takes no harm; else rates are those of the hand.
  if (view.controls.touched && !view.is_virtual()) return {"STEERED, not judged", Style::warn};
  const double target = view.showing.scenario.target.rate_per_s;
  const bool is_mean = view.showing.runtime == Runtime::pace_max;
  if (view.history.judged_so_far() >= target) {
    return {is_mean ? "HELD so far" : "HELD", Style::good};
  }
  if (is_mean || is_over(view)) return {"MISSED so far", Style::bad};
  return {"NOT YET", Style::warn};
}

std::string so_far_text(const View& view) {
  const Funnel step = view.showing.scenario.target.of;
  std::string text = fmt::format("{} {}", name_of(step), short_rate(view.history.judged_so_far()));
  constexpr std::size_t kRoomy = 70;  // columns that all of the line takes
  if (view.width < kRoomy) return text;
  const bool is_mean = view.showing.runtime == Runtime::pace_max;
  return text + (is_mean ? " on this machine" : " in the best second");
}

// Wall-clock time until the end of the traffic.
std::optional<Duration> time_left(const View& view) {
  const Tick& tick = view.tick;
  const bool is_steady = view.controls.limit == 0 && !view.controls.touched;
  const double wall_s = seconds_of(tick.wall);
  const double now_s = seconds_of(tick.scenario_now.time_since_epoch());
  const double speed = is_steady && wall_s > 0 ? now_s / wall_s : view.history.recent_speed();
  const double left_s = seconds_of(view.showing.scenario.duration) - now_s;
  if (view.controls.paused || view.controls.ending || is_over(view)) return std::nullopt;
  // Ten years are as good as never.
  if (speed <= 0 || left_s / speed > 3e8) return std::nullopt;
  return Duration(std::llround(left_s / speed * 1e9));
}

std::string speed_text(const View& view) {
  const Controls& controls = view.controls;
  const bool as_planned = view.showing.runtime == Runtime::pace_real && !controls.touched;
  if (as_planned || is_over(view)) return "";
  // Between two looks it may catch up, or have gone faster before the limit was lowered.
  const double speed =
      controls.limit > 0 ? std::min(view.tick.speed, controls.limit) : view.tick.speed;
  std::string text;
  if (!controls.paused) text = short_count(speed) + "x real time";
  if (controls.limit > 0) {
    text += fmt::format("{}at most {}x", text.empty() ? "" : ", ", short_count(controls.limit));
  }
  return text;
}

}  // namespace

std::string clock_text(Duration time, Duration whole) {
  if (whole < 1min) return fmt::format("{:.1f}s", seconds_of(time));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
  if (whole < 1h) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string short_count(double number) {
  std::string text = short_rate(number);
  text.resize(text.size() - 2);
  return text;
}

std::string count_in(std::int64_t count, std::size_t columns) {
  std::string text = grouped(count);
  return text.size() <= columns ? text : short_count(static_cast<double>(count));
}

std::string percent_text(double share) {
  return fmt::format("{:.0f}%", share * 100);
}

Line labelled(const View& view, std::string_view label) {
  constexpr std::size_t kLabel = 10;
  return view.line().left(label, kLabel, Style::quiet);
}

Line name_line(const View& view) {
  const scenario::Scenario& scenario = view.showing.scenario;
  const std::string runtime = runtime_text(view);
  constexpr std::size_t kGap = 2;
  const std::size_t tail = columns_of(runtime, view.ink.utf8) + kGap;
  Line line = view.line();
  line.add(cut(scenario.name, view.width, view.ink.utf8), Style::strong);
  if (line.room() < tail) return line;
  constexpr std::size_t kFewest = 12;  // columns in which a title says something
  const std::size_t end = std::min(view.width, kWidest);
  const std::size_t room = end > line.columns() + tail ? end - line.columns() - tail : 0;
  if (!scenario.title.empty() && room >= kGap + kFewest) {
    line.to(line.columns() + kGap);
    line.add(cut(scenario.title, room - kGap, view.ink.utf8), Style::quiet);
  }
  line.to(std::max(line.columns() + kGap, end + kGap - tail));
  line.add(runtime, Style::quiet);
  return line;
}

Line target_line(const View& view) {
  const scenario::Target& target = view.showing.scenario.target;
  const std::string now = fmt::format("now {}", short_rate(view.judged(target.of)));
  Line line = view.line();
  if (target.rate_per_s <= 0) {
    line.add(fmt::format("{} per second", name_of(target.of)));
    line.add_item(now);
    return line;
  }
  const JudgedWord found = judgement(view);
  line.add(found.word, found.style);
  line.add_item(so_far_text(view));
  line.add_item(fmt::format("target {}", short_rate(target.rate_per_s)));
  line.add_item(now);
  return line;
}

Lines chart_lines(const View& view, std::size_t rows) {
  return chart(view.history.rates(std::min(view.width, kWidest)),
               view.showing.scenario.target.rate_per_s, rows, view.ink);
}

Line bar_line(const View& view) {
  Line line = view.line();
  add_bar(line, view.tick.progress, std::min(view.width, kWidest));
  return line;
}

Line progress_line(const View& view) {
  const Tick& tick = view.tick;
  const Duration whole = view.showing.scenario.duration;
  const Duration now = std::clamp(tick.scenario_now.time_since_epoch(), Duration(0), whole);
  Line line = view.line();
  if (view.controls.paused) line.add_item("PAUSED", Style::warn);
  if (view.controls.ending) line.add_item("ENDING", Style::warn);
  // Down, not nearest: all is done when all is done.
  line.add_item(fmt::format("{}%", static_cast<int>(tick.progress * 100)), Style::strong);
  line.add_item(fmt::format("{} of {}", clock_text(now, whole), clock_text(whole, whole)));
  if (const auto left = time_left(view)) {
    line.add_item(fmt::format("{} left", *left < 1min ? fmt::format("{:.1f}s", seconds_of(*left))
                                                      : clock_text(*left, *left)));
  }
  const std::string speed = speed_text(view);
  if (!speed.empty()) line.add_item(speed, Style::quiet);
  if (is_over(view) || view.controls.ending) {
    line.add_item(fmt::format("{} orders on their way", grouped(tick.in_flight)), Style::quiet);
  }
  return line;
}

Line only_line(const View& view) {
  const scenario::Target& target = view.showing.scenario.target;
  Line line = view.line();
  if (view.controls.paused) line.add_item("PAUSED", Style::warn);
  const std::string percent = fmt::format("{}%", static_cast<int>(view.tick.progress * 100));
  if (!line.add_item(percent, Style::strong)) line.add(percent, Style::strong);
  const auto& broken = view.history.broken();
  if (!broken.empty()) line.add_item("BROKEN", Style::bad);
  if (target.rate_per_s > 0) {
    const JudgedWord found = judgement(view);
    line.add_item(found.word, found.style);
  }
  line.add_item(fmt::format("{} {}", name_of(target.of), short_rate(view.judged(target.of))));
  if (broken.empty()) line.add_item("0 broken");
  return line;
}

}  // namespace double11::screen
