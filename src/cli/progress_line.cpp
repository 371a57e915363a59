#include "cli/progress_line.hpp"

#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/output.hpp"

namespace double11::cli {
namespace {

constexpr std::chrono::seconds kPlainEvery{5};
constexpr std::size_t kLineWidth = 79;
constexpr std::size_t kBar = 20;

std::string count_text(std::int64_t orders) {
  const std::string text = short_rate(static_cast<double>(orders));
  return text.substr(0, text.size() - 2);  // without "/s"
}

std::string rate_text(std::int64_t after, std::int64_t before, double seconds) {
  return short_rate(static_cast<double>(after - before) / std::max(seconds, 1e-9));
}

}  // namespace

ProgressLine::ProgressLine(Duration duration, About about)
    : duration_(duration),
      about_(about),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_at_(std::chrono::steady_clock::now()),
      shown_at_(began_at_) {}

ProgressLine::~ProgressLine() {
  if (drawn_ > 0) say("\n");
}

void ProgressLine::show(const State& state) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ && !first_ && now - shown_at_ < kPlainEvery) return;
  first_ = false;
  const double seconds = seconds_of(now - shown_at_);
  std::string line = about_ == About::funnel ? funnel_line(state, seconds)
                                             : time_line(state, seconds_of(now - began_at_));
  // A longer line could not be redrawn in place on an ordinary terminal.
  line.resize(std::min(line.size(), kLineWidth));
  shown_at_ = now;
  shown_ = state;
  if (!terminal_) {
    say(fmt::format("{}\n", line));
    return;
  }
  const std::size_t length = line.size();
  line.resize(std::max(length, drawn_), ' ');  // blanks over what was longer before
  drawn_ = length;
  say(fmt::format("\r{}", line));
}

std::string ProgressLine::funnel_line(const State& state, double seconds) const {
  const Duration scenario_now =
      std::clamp(state.scenario_now.time_since_epoch(), Duration(0), duration_);
  return fmt::format("{:5.1f}s of {}  offered {} ({})  dispatched {} ({})  in flight {}",
                     seconds_of(scenario_now), text_of_duration(duration_),
                     count_text(state.offered), rate_text(state.offered, shown_.offered, seconds),
                     count_text(state.dispatched),
                     rate_text(state.dispatched, shown_.dispatched, seconds),
                     count_text(state.offered - state.ended));
}

std::string ProgressLine::time_line(const State& state, double seconds) const {
  const Duration scenario_now =
      std::clamp(state.scenario_now.time_since_epoch(), Duration(0), duration_);
  const double done = seconds_of(scenario_now) / std::max(seconds_of(duration_), 1e-9);
  const auto filled = static_cast<std::size_t>(done * static_cast<double>(kBar));
  const std::string left =
      done > 0 ? short_duration(Duration(std::llround(seconds * (1 - done) / done * 1e9))) : "?";
  const std::string orders = state.offered > 0
                                 ? fmt::format("  {} orders ({})", count_text(state.offered),
                                               rate_text(state.offered, 0, seconds))
                                 : "";
  return fmt::format("[{}{}] {:3.0f}%  {} of {}{}  left {}", std::string(filled, '#'),
                     std::string(kBar - filled, '.'), done * 100, short_duration(scenario_now),
                     text_of_duration(duration_), orders, left);
}

}  // namespace double11::cli
