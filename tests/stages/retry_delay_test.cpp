// Backoff and jitter.
#include <double11/stages/retry_delay.hpp>

#include <chrono>
#include <cmath>
#include <random>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

TEST_CASE("RetryDelay: constant without backoff and jitter, or none at all") {
  CHECK(RetryDelay(30ms, 1, 0)(1, 77) == 30ms);
  CHECK(RetryDelay(30ms, 1, 0)(9, UINT32_MAX) == 30ms);
  CHECK(RetryDelay(0ms, 2, 1)(3, 5) == 0ms);
}

TEST_CASE("RetryDelay: each further delay is so many times as long, up to 400 days") {
  const RetryDelay delay(10ms, 3, 0);
  CHECK(delay(1, 0) == 10ms);
  CHECK(delay(2, 0) == 30ms);
  CHECK(delay(4, 0) == 270ms);
  CHECK(delay(100, 0) == std::chrono::hours(24 * 400));
  CHECK(RetryDelay(1h, 1000, 0)(UINT64_MAX, 0) == std::chrono::hours(24 * 400));
}

TEST_CASE("RetryDelay: jitter shortens evenly, up to its share") {
  const RetryDelay delay(1s, 2, 0.4);
  CHECK(delay(2, 0) == 2s);
  CHECK(delay(2, UINT32_MAX) >= 1200ms);
  CHECK(delay(2, UINT32_MAX) < 1201ms);
  std::mt19937 random(7);
  constexpr int kDraws = 100'000;
  double sum_s = 0;
  for (int i = 0; i < kDraws; ++i) {
    sum_s += seconds_of(delay(1, static_cast<std::uint32_t>(random())));
  }
  // Uniform on 0.6 to 1 second.
  const double z = (sum_s / kDraws - 0.8) / (0.4 / std::sqrt(12.0 * kDraws));
  CHECK(std::abs(z) < 3.89);  // alpha 1e-4
}

}  // namespace
}  // namespace double11::stages
