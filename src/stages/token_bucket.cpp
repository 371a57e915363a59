#include <double11/stages/token_bucket.hpp>

#include <cmath>
#include <utility>

namespace double11::stages {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
// A rate in millionths goes into this so many nanoseconds.
constexpr std::int64_t kMillionSecondsNs = 1'000'000 * kSecondNs;
// 146 years; no sum with an instant overflows.
constexpr std::int64_t kFarOffNs = std::int64_t{1} << 62U;

}  // namespace

WarmUp::WarmUp(double rate_per_s, Duration warm_up, double cold_factor)
    : rate_per_s_(rate_per_s),
      cold_factor_(cold_factor),
      warning_(seconds_of(warm_up) * rate_per_s / (cold_factor - 1)),
      most_(warning_ + 2 * seconds_of(warm_up) * rate_per_s / (1 + cold_factor)),
      slope_((cold_factor - 1) / rate_per_s / (most_ - warning_)),
      stored_(most_) {}

double WarmUp::rate_per_s() const {
  if (stored_ <= warning_) return rate_per_s_;
  return 1 / ((stored_ - warning_) * slope_ + 1 / rate_per_s_);
}

void WarmUp::seconds(std::int64_t passed, std::int64_t quiet) {
  const auto taken = static_cast<double>(passed);
  // Those who pass at the cold rate warm it up; fewer let it cool down.
  if (stored_ < warning_ || taken < std::floor(rate_per_s_ / cold_factor_)) stored_ += rate_per_s_;
  stored_ = std::max(0.0, std::min(most_, stored_) - taken);
  stored_ = std::min(most_, stored_ + static_cast<double>(quiet) * rate_per_s_);
}

TokenBucket::TokenBucket(const Settings& settings, WorkClock clock)
    : clock_(std::move(clock)), burst_(settings.burst) {
  if (settings.warm_up.count() > 0) {
    warm_up_.emplace(settings.rate_per_s, settings.warm_up, settings.cold_factor);
    second_ends_ns_ = kSecondNs;
  }
  set_rate(warm_up_ ? warm_up_->rate_per_s() : settings.rate_per_s);
  exact_next_ = {-spare_.ns - 1, parts_ - spare_.part};
  if (spare_.part == 0) exact_next_ = {-spare_.ns, 0};
  next_ns_ = exact_next_.ns + (exact_next_.part > 0 ? 1 : 0);
}

void TokenBucket::set_rate(double rate_per_s) {
  __extension__ using Wide = unsigned __int128;
  parts_ = std::max<std::int64_t>(1, std::llround(rate_per_s * 1e6));
  interval_ = {kMillionSecondsNs / parts_, kMillionSecondsNs % parts_};
  // What comes within a nanosecond is not lost, though nobody can take it before the next one.
  const auto parts = static_cast<std::uint64_t>(parts_);
  const Wide spare =
      Wide{static_cast<std::uint64_t>(burst_ - 1)} * kMillionSecondsNs + Wide{parts - 1};
  spare_ = {kFarOffNs, 0};
  if (spare / parts < Wide{kFarOffNs}) {
    spare_ = {static_cast<std::int64_t>(spare / parts), static_cast<std::int64_t>(spare % parts)};
  }
}

void TokenBucket::pass(std::int64_t work_ns) {
  Exact from = exact_next_;
  Exact full{work_ns - spare_.ns, -spare_.part};
  if (full.part < 0) full = {full.ns - 1, full.part + parts_};
  if (from.ns < full.ns || (from.ns == full.ns && from.part < full.part)) from = full;
  exact_next_ = {from.ns + interval_.ns, from.part + interval_.part};
  if (exact_next_.part >= parts_) exact_next_ = {exact_next_.ns + 1, exact_next_.part - parts_};
  next_ns_ = exact_next_.ns + (exact_next_.part > 0 ? 1 : 0);
  ++passed_;
}

void TokenBucket::second_ends(std::int64_t work_ns) {
  const std::int64_t quiet = (work_ns - second_ends_ns_) / kSecondNs;
  warm_up_->seconds(passed_, quiet);
  passed_ = 0;
  second_ends_ns_ += (quiet + 1) * kSecondNs;
  set_rate(warm_up_->rate_per_s());
  // Of what was counted in parts of the old rate.
  exact_next_ = {next_ns_, 0};
}

}  // namespace double11::stages
