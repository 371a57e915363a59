#include "cli/progress_line.hpp"

#include <double11/core/units.hpp>

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

namespace double11::cli {
namespace {

constexpr std::chrono::seconds kPlainEvery{5};
constexpr std::size_t kWidth = 79;

}  // namespace

ProgressLine::ProgressLine(Duration duration)
    : duration_(duration),
      terminal_(isatty(STDERR_FILENO) == 1),
      shown_at_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
  if (drawn_ > 0) std::fputs("\n", stderr);
}

void ProgressLine::show(const live::Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ && !first_ && now - shown_at_ < kPlainEvery) return;
  first_ = false;
  const double seconds = seconds_of(now - shown_at_);
  const auto rate = [&](std::int64_t after, std::int64_t before) {
    return short_rate(static_cast<double>(after - before) / std::max(seconds, 1e-9));
  };
  const auto count = [](std::int64_t orders) {
    const std::string text = short_rate(static_cast<double>(orders));
    return text.substr(0, text.size() - 2);  // without "/s"
  };
  const Duration scenario_now =
      std::clamp(progress.scenario_now.time_since_epoch(), Duration(0), duration_);
  std::string line = fmt::format(
      "{:5.1f}s of {}  offered {} ({})  dispatched {} ({})  in flight {}", seconds_of(scenario_now),
      text_of_duration(duration_), count(progress.offered), rate(progress.offered, shown_.offered),
      count(progress.dispatched), rate(progress.dispatched, shown_.dispatched),
      count(progress.offered - progress.ended));
  // A longer line could not be redrawn in place on an ordinary terminal.
  line.resize(std::min(line.size(), kWidth));
  shown_at_ = now;
  shown_ = progress;
  if (!terminal_) {
    fmt::print(stderr, "{}\n", line);
    return;
  }
  const std::size_t length = line.size();
  line.resize(std::max(length, drawn_), ' ');  // blanks over what was longer before
  drawn_ = length;
  fmt::print(stderr, "\r{}", line);
  std::fflush(stderr);
}

}  // namespace double11::cli
