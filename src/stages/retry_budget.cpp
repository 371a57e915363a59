#include <double11/stages/retry_budget.hpp>

#include <cmath>

namespace double11::stages {

RetryBudget::RetryBudget(const Settings& settings)
    : share_(std::llround(settings.share * 1e6)),
      reserve_(std::llround(settings.min_per_s * seconds_of(settings.time_to_live) * 1e6)),
      window_length_(settings.time_to_live / static_cast<std::int64_t>(kWindows)),
      by_successes_(settings.by_successes) {}

bool RetryBudget::take(Instant now) {
  if (left(now) < kRetry) return false;
  add(now, -kRetry);
  return true;
}

std::int64_t RetryBudget::left(Instant now) {
  move_to(now);
  return sum_ + reserve_;
}

void RetryBudget::move_to(Instant now) {
  const std::int64_t number = now.time_since_epoch() / window_length_;
  if (number == number_) return;
  constexpr auto kCount = static_cast<std::int64_t>(kWindows);
  if (number - number_ >= kCount) {
    window_.fill(0);
    sum_ = 0;
    number_ = number;
    return;
  }
  while (number_ < number) {
    ++number_;
    std::int64_t& oldest = window_[static_cast<std::size_t>(number_ % kCount)];
    sum_ -= oldest;
    oldest = 0;
  }
}

}  // namespace double11::stages
