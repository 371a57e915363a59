#include <double11/core/random.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace double11::stages {
namespace {

// Of a station that fails and is repaired, busy or not: 0 while it is down.
std::vector<WorkClock::Step> breakdowns(const scenario::Scenario& scenario) {
  std::vector<WorkClock::Step> steps;
  const scenario::Breakdown& breakdown = scenario.payment.breakdown;
  if (breakdown.up.count() == 0) return steps;
  double at_ns = 0;
  const auto end_ns = static_cast<double>(scenario.duration.count());
  for (std::uint64_t toggle = 0;; ++toggle) {
    const bool fails = toggle % 2 == 0;
    const auto mean = static_cast<double>((fails ? breakdown.up : breakdown.down).count());
    const RandomBlock random =
        random_block(static_cast<std::uint64_t>(scenario.seed), Purpose::payment_breakdown, toggle);
    const double uniform = std::ldexp(static_cast<double>((random.wide(0) >> 11U) + 1), -53);
    at_ns += -std::log(uniform) * mean;
    if (fails && at_ns >= end_ns) return steps;
    const Instant at(Duration(static_cast<std::int64_t>(std::min(at_ns, end_ns))));
    steps.push_back({at, fails ? 0 : WorkClock::kUsual});
    if (at_ns >= end_ns) return steps;
  }
}

// Speeds beyond are cut off, so that no product of a thousand factors is too large.
constexpr std::int64_t kFastest = 1'000'000 * WorkClock::kUsual;

std::int64_t speed_of(double factor) {
  if (factor == 0) return 0;
  const double speed = factor * static_cast<double>(WorkClock::kUsual);
  if (speed >= static_cast<double>(kFastest)) return kFastest;
  return std::max<std::int64_t>(1, std::llround(speed));
}

// Those of the channel of this name; those of all when it is empty.
std::vector<WorkClock::Step> slowdowns(const scenario::Payment& payment,
                                       const std::string& channel) {
  std::vector<WorkClock::Step> steps;
  for (const scenario::SpeedWindow& window : payment.slowdowns) {
    if (!window.channel.empty() && window.channel != channel) continue;
    steps.push_back({Instant(window.at), speed_of(window.factor)});
    steps.push_back({Instant(window.at + window.duration), WorkClock::kUsual});
  }
  return steps;
}

// Both at once: speeds multiply. What is not at rest does not come to rest by rounding.
std::vector<WorkClock::Step> product(const std::vector<WorkClock::Step>& one,
                                     const std::vector<WorkClock::Step>& other) {
  std::vector<WorkClock::Step> steps;
  std::int64_t first = WorkClock::kUsual;
  std::int64_t second = WorkClock::kUsual;
  for (auto a = one.begin(), b = other.begin(); a != one.end() || b != other.end();) {
    const Instant at = std::min(a != one.end() ? a->at : kNever, b != other.end() ? b->at : kNever);
    for (; a != one.end() && a->at == at; ++a) first = a->speed;
    for (; b != other.end() && b->at == at; ++b) second = b->speed;
    if (second == WorkClock::kUsual || first == 0) {
      steps.push_back({at, first});
    } else {
      const double usual = static_cast<double>(WorkClock::kUsual);
      steps.push_back({at, speed_of(static_cast<double>(first) / usual *
                                    (static_cast<double>(second) / usual))});
    }
  }
  return steps;
}

// The instants at which any of the windows begins or ends, each with the product of the factors
// of those that are open from then on.
std::vector<WorkClock::Step> faults(const scenario::Scenario& scenario, std::string_view target) {
  std::vector<const scenario::Fault*> windows;
  std::vector<Duration> edges;
  for (const scenario::Fault& fault : scenario.faults) {
    if (!scenario::strikes(fault.of, target)) continue;
    windows.push_back(&fault);
    edges.push_back(fault.at);
    edges.push_back(fault.at + fault.duration);
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  std::vector<WorkClock::Step> steps;
  steps.reserve(edges.size());
  for (const Duration edge : edges) {
    double factor = 1;
    bool is_down = false;
    for (const scenario::Fault* const window : windows) {
      if (edge < window->at || edge >= window->at + window->duration) continue;
      is_down = is_down || window->factor == 0;
      // Kept within what a double multiplies without leaving its range.
      factor = std::clamp(factor * window->factor, 1e-100, 1e100);
    }
    steps.push_back({Instant(edge), is_down ? 0 : speed_of(factor)});
  }
  return steps;
}

}  // namespace

WorkClock::WorkClock(const std::vector<Step>& steps) {
  if (steps.empty()) return;
  rows_.push_back({0, kUsual, 0});
  for (const Step& step : steps) {
    const std::int64_t at_ns = nanoseconds_of(step.at);
    rows_.push_back({at_ns, step.speed, work_until(at_ns)});
  }
}

WorkClock WorkClock::of_payment(const scenario::Scenario& scenario) {
  return WorkClock(product(product(slowdowns(scenario.payment, {}), faults(scenario, "payment")),
                           breakdowns(scenario)));
}

WorkClock WorkClock::of_channel(const scenario::Scenario& scenario, std::size_t channel) {
  const std::string& name = scenario.payment.channels[channel].name;
  return WorkClock(product(slowdowns(scenario.payment, name), faults(scenario, "payment." + name)));
}

WorkClock WorkClock::of_faults(const scenario::Scenario& scenario, std::string_view target) {
  return WorkClock(faults(scenario, target));
}

std::vector<WorkClock::Step> WorkClock::steps() const {
  std::vector<Step> steps;
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    steps.push_back({Instant(Duration(rows_[i].at_ns)), rows_[i].speed});
  }
  return steps;
}

// The first row that begins after that.
std::vector<WorkClock::Row>::const_iterator WorkClock::row_after(std::int64_t at_ns) const {
  return std::upper_bound(
      rows_.begin(), rows_.end(), at_ns,
      [](std::int64_t at, const Row& candidate) { return at < candidate.at_ns; });
}

WorkClock::Wide WorkClock::work_until(std::int64_t at_ns) const {
  if (rows_.empty()) return Wide{static_cast<std::uint64_t>(at_ns)} * kUsual;
  const auto row = std::prev(row_after(at_ns));
  return row->before + Wide{static_cast<std::uint64_t>(at_ns - row->at_ns)} *
                           static_cast<std::uint64_t>(row->speed);
}

WorkClock::Stretch WorkClock::usual_speed_at(Instant at) const {
  if (rows_.empty()) return {Instant{}, kNever};
  const auto after = row_after(nanoseconds_of(at));
  const auto now = std::prev(after);
  if (now->speed != kUsual) return {kNever, kNever};
  return {Instant(Duration(now->at_ns)),
          after == rows_.end() ? kNever : Instant(Duration(after->at_ns))};
}

Instant WorkClock::finish_in_rows(Instant at, Duration work) const {
  if (work.count() == 0) return at;
  const std::int64_t at_ns = nanoseconds_of(at);
  const auto after = row_after(at_ns);
  const auto now = std::prev(after);
  // Most services begin and end while nothing changes, at the usual speed.
  const std::int64_t left_ns = after == rows_.end() ? INT64_MAX - at_ns : after->at_ns - at_ns;
  if (now->speed == kUsual && work.count() <= left_ns) return at + work;
  const Wide target = work_until(at_ns) + Wide{static_cast<std::uint64_t>(work.count())} * kUsual;
  // The last row in which less than that has been done before.
  const auto row = std::prev(std::lower_bound(
      rows_.begin(), rows_.end(), target,
      [](const Row& candidate, Wide wanted) { return candidate.before < wanted; }));
  const auto speed = static_cast<std::uint64_t>(row->speed);
  const auto length = static_cast<std::int64_t>((target - row->before + speed - 1) / speed);
  return Instant(Duration(row->at_ns + length));
}

double WorkClock::work_s(Instant from, Instant to) const {
  const Wide work = work_until(nanoseconds_of(to)) - work_until(nanoseconds_of(from));
  return static_cast<double>(work) / static_cast<double>(kUsual) * 1e-9;
}

double mean_servers(const scenario::Scenario& scenario, const WorkClock& clock) {
  const scenario::Payment& payment = scenario.payment;
  const Duration end = scenario.duration;
  double work_s = 0;
  Duration from{0};
  std::int64_t servers = payment.channels.empty() ? payment.servers : 0;
  for (const scenario::PaymentChannel& channel : payment.channels) servers += channel.servers;
  const auto until = [&](Duration at) {
    work_s += static_cast<double>(servers) * clock.work_s(Instant(from), Instant(at));
    from = at;
  };
  for (const scenario::ServerStep& step : payment.calendar) {
    if (step.at >= end) break;
    until(step.at);
    servers = step.servers;
  }
  until(end);
  return work_s / seconds_of(end);
}

}  // namespace double11::stages
