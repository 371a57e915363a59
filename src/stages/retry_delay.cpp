#include <double11/stages/retry_delay.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
Duration RetryDelay::operator()(std::uint64_t attempt, std::uint32_t bits) const {
  if (delay_.count() == 0 || (backoff_ == 1 && jitter_ == 0)) return delay_;
  // Multiplications only, so that every library gives the same.
  double factor = 1;
  double power = backoff_;
  for (std::uint64_t n = attempt - 1; n > 0; n /= 2) {
    if (n % 2 == 1) factor *= power;
    power *= power;
  }
  const double longest =
      std::min(static_cast<double>(delay_.count()) * factor, static_cast<double>(kLongest.count()));
  const double part = std::ldexp(static_cast<double>(bits), -32);
  return Duration(static_cast<std::int64_t>(longest * (1 - jitter_ * part)));
}

}  // namespace double11::stages
