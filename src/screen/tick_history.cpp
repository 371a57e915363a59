#include <double11/screen/tick_history.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace double11::screen {

TickHistory::TickHistory(const scenario::Scenario& scenario, measure::Runtime runtime)
    : runtime_(runtime), step_(scenario.target.of), parts_(kParts), second_{{}} {}

void TickHistory::add(const Tick& tick) {
  spread(tick);
  judge(tick);
  recent_.push_back({tick.scenario_now, tick.wall, tick.funnel[index_of(step_)], tick.queue});
  if (recent_.size() > kRecent) recent_.pop_front();
  if (tick.speed > 0) {
    const double wall_s = seconds_of(recent_.back().wall - recent_.front().wall);
    const double scenario_s =
        seconds_of(recent_.back().scenario_now - recent_.front().scenario_now);
    recent_speed_ = wall_s > 0 && scenario_s > 0 ? scenario_s / wall_s : tick.speed;
  }
  for (const std::string& one : tick.broken) {
    if (std::find(broken_.begin(), broken_.end(), one) == broken_.end()) broken_.push_back(one);
  }
}

// The tick's rate, over all parts of the run that it covers.
void TickHistory::spread(const Tick& tick) {
  const double from = progress_ * kParts;
  const double until = std::clamp(tick.progress, progress_, 1.0) * kParts;
  const double rate = judged_per_s(tick, runtime_)[index_of(step_)];
  for (auto i = static_cast<std::size_t>(from); i < kParts; ++i) {
    const double begin = std::max(from, static_cast<double>(i));
    const double end = std::min(until, static_cast<double>(i + 1));
    if (end <= begin) break;
    parts_[i].orders += rate * (end - begin);
    parts_[i].seconds += end - begin;
  }
  progress_ = until / kParts;
}

void TickHistory::judge(const Tick& tick) {
  const std::int64_t count = tick.funnel[index_of(step_)];
  if (runtime_ == measure::Runtime::pace_max) {
    const double wall_s = seconds_of(tick.wall);
    judged_so_far_ = wall_s > 0 ? static_cast<double>(count) / wall_s : 0;
    return;
  }
  second_.push_back({tick.scenario_now, tick.wall, count, {}});
  const Instant before = tick.scenario_now - std::chrono::seconds(1);
  while (second_.size() > 1 && second_[1].scenario_now <= before) second_.pop_front();
  if (second_.front().scenario_now > before) return;
  judged_so_far_ =
      std::max(judged_so_far_, static_cast<double>(count - second_.front().judged) /
                                   seconds_of(tick.scenario_now - second_.front().scenario_now));
}

std::vector<double> TickHistory::rates(std::size_t columns) const {
  std::vector<double> best(columns, -1);
  if (columns == 0) return best;
  for (std::size_t i = 0; i < kParts; ++i) {
    if (parts_[i].seconds <= 0) continue;
    // A part may reach into several columns.
    const std::size_t last = ((i + 1) * columns - 1) / kParts;
    for (std::size_t column = i * columns / kParts; column <= last; ++column) {
      best[column] = std::max(best[column], parts_[i].orders / parts_[i].seconds);
    }
  }
  return best;
}

std::optional<Stage> TickHistory::growing() const {
  constexpr std::size_t kFewest = 4;
  if (recent_.size() < kFewest) return std::nullopt;
  const auto middle = recent_.begin() + static_cast<std::ptrdiff_t>(recent_.size() / 2);
  std::optional<Stage> found;
  std::int64_t most = 0;
  for (const Stage stage : kAllStages) {
    const auto less = [stage](const Point& a, const Point& b) {
      return a.queue[index_of(stage)] < b.queue[index_of(stage)];
    };
    // Growth, not up and down: later ones are all above earlier ones.
    const std::int64_t before =
        std::max_element(recent_.begin(), middle, less)->queue[index_of(stage)];
    const std::int64_t after =
        std::min_element(middle, recent_.end(), less)->queue[index_of(stage)];
    if (after - before > most) {
      most = after - before;
      found = stage;
    }
  }
  return found;
}

}  // namespace double11::screen
