// TokenBucket against counting in exact integers; the warm-up against Sentinel's formulas.
#include <double11/stages/token_bucket.hpp>

#include <chrono>
#include <random>

#include "catch.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

// Tokens in units of 1e-15, as they come one by one in each nanosecond: `rate` is in millionths.
class PlainBucket {
 public:
  // What comes within a nanosecond is not lost.
  PlainBucket(std::int64_t rate, std::int64_t burst)
      : rate_(rate), most_(Wide(burst) * kToken + rate - 1), tokens_(most_) {}
  bool take(std::int64_t now_ns) {
    fill(now_ns);
    if (tokens_ < kToken) return false;
    tokens_ -= kToken;
    return true;
  }
  std::int64_t next_ns(std::int64_t now_ns) {
    fill(now_ns);
    if (tokens_ >= kToken) return now_ns;
    const Wide missing = kToken - tokens_;
    return now_ns + static_cast<std::int64_t>((missing + rate_ - 1) / rate_);
  }

 private:
  __extension__ using Wide = __int128;
  static constexpr Wide kToken = 1'000'000'000'000'000;

  void fill(std::int64_t now_ns) {
    tokens_ = std::min(most_, tokens_ + Wide(now_ns - filled_ns_) * rate_);
    filled_ns_ = now_ns;
  }

  Wide rate_;
  Wide most_;
  Wide tokens_;
  std::int64_t filled_ns_ = 0;
};

TEST_CASE("TokenBucket: grants what a bucket that is filled drop by drop grants") {
  std::int64_t granted = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    // From 0.001 to 1e9 a second.
    std::int64_t rate = 1000;
    for (std::uint64_t digits = random() % 13; digits > 0; --digits) rate *= 10;
    if (seed % 2 == 1)
      rate += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(rate));
    rate = std::min<std::int64_t>(rate, 1'000'000'000'000'000);
    const auto burst = static_cast<std::int64_t>(1 + random() % (seed % 3 == 0 ? 1 : 50));
    TokenBucket::Settings settings;
    settings.rate_per_s = static_cast<double>(rate) * 1e-6;
    settings.burst = burst;
    TokenBucket bucket(settings);
    PlainBucket plain(rate, burst);
    const auto usual = static_cast<std::uint64_t>(1'000'000'000'000'000 / rate) + 2;
    std::int64_t now_ns = 0;
    for (int step = 0; step < 3000; ++step) {
      const std::int64_t next_ns = plain.next_ns(now_ns);
      REQUIRE(bucket.next(at_ns(now_ns)) == at_ns(next_ns));
      switch (random() % 4) {
        case 0:
          now_ns = next_ns;
          break;
        case 1:
          now_ns = std::max(now_ns, next_ns - 1);
          break;
        case 2:
          now_ns += static_cast<std::int64_t>(random() % usual);
          break;
        default:
          now_ns += static_cast<std::int64_t>(random() % (step % 100 == 0 ? usual * 60 : 3));
      }
      const bool passes = plain.take(now_ns);
      REQUIRE(bucket.take(at_ns(now_ns)) == passes);
      granted += passes ? 1 : 0;
    }
  }
  CHECK(granted > 30'000);
}

TEST_CASE("TokenBucket: three a second are three a second for ever") {
  TokenBucket::Settings settings;
  settings.rate_per_s = 3;
  TokenBucket bucket(settings);
  Instant now{};
  for (int i = 0; i < 300'000; ++i) {
    now = bucket.next(now);
    REQUIRE(bucket.take(now));
    REQUIRE_FALSE(bucket.take(now));
  }
  // The first one came at once.
  CHECK(nanoseconds_of(bucket.next(now)) == nanoseconds_of(Instant(100'000s)));
}

TEST_CASE("TokenBucket: the largest bursts and the lowest rates") {
  TokenBucket::Settings settings;
  settings.rate_per_s = 0.001;
  settings.burst = 1'000'000'000;
  TokenBucket slow(settings);
  CHECK(slow.take(Instant{}));
  settings.rate_per_s = 1e9;
  TokenBucket fast(settings);
  for (int i = 0; i < 1000; ++i) REQUIRE(fast.take(Instant{}));
  CHECK(fast.next(Instant{}) == Instant{});
}

TEST_CASE("TokenBucket: its rate follows the clock of its faults") {
  const WorkClock clock({{Instant(10s), WorkClock::kUsual / 2},
                         {Instant(20s), 0},
                         {Instant(30s), WorkClock::kUsual}});
  TokenBucket::Settings settings;
  settings.rate_per_s = 10;
  TokenBucket bucket(settings, clock);
  Instant now{};
  const auto granted_until = [&](Instant end) {
    int count = 0;
    while ((now = bucket.next(now)) < end) {
      REQUIRE(bucket.take(now));
      ++count;
    }
    return count;
  };
  CHECK(granted_until(Instant(10s)) == 100);
  // Through the outage to its first nanosecond, when the 150 tokens of 15 s of work have come.
  CHECK(granted_until(Instant(20s)) == 50);
  CHECK(bucket.next(now) == Instant(20s));
  CHECK_FALSE(bucket.take(Instant(20s - 1ns)));
  CHECK(granted_until(Instant(30s)) == 1);
  CHECK(bucket.next(now) == Instant(30s + 100ms));
  CHECK(granted_until(Instant(40s)) == 99);
}

TEST_CASE("WarmUp: Sentinel's tokens and rates") {
  // 100 a second, 10 s, cold factor 3: warning at 10 * 100 / 2, most 500 + 2 * 10 * 100 / 4.
  WarmUp warm_up(100, 10s, 3);
  CHECK(warm_up.warning() == Approx(500));
  CHECK(warm_up.most() == Approx(1000));
  CHECK(warm_up.stored() == Approx(1000));
  CHECK(warm_up.rate_per_s() == Approx(100.0 / 3));
  // Those who pass take theirs: 250 above the warning, slope 2 / 100 / 500.
  for (int i = 0; i < 5; ++i) warm_up.seconds(50, 0);
  CHECK(warm_up.stored() == Approx(750));
  CHECK(warm_up.rate_per_s() == Approx(1 / (250 * 0.00004 + 0.01)));
  // Fewer than 33 a second do not keep it warm; quiet seconds fill it up.
  warm_up.seconds(32, 0);
  CHECK(warm_up.stored() == Approx(818));
  warm_up.seconds(40, 1);
  CHECK(warm_up.stored() == Approx(878));
  warm_up.seconds(0, 1'000'000'000);
  CHECK(warm_up.stored() == Approx(1000));
}

TEST_CASE("WarmUp: stays warm at the full rate") {
  WarmUp warm_up(100, 10s, 3);
  warm_up.seconds(600, 0);
  for (int i = 0; i < 100; ++i) warm_up.seconds(100, 0);
  CHECK(warm_up.stored() == Approx(400));
  CHECK(warm_up.rate_per_s() == 100);
}

TEST_CASE("TokenBucket: warms up under load and is cold again after a pause") {
  TokenBucket::Settings settings;
  settings.rate_per_s = 90;
  settings.warm_up = 10s;
  TokenBucket bucket(settings);
  Instant now{};
  const auto in_second = [&](int second) {
    int count = 0;
    const Instant end(std::chrono::seconds(second + 1));
    now = bucket.next(Instant(std::chrono::seconds(second)));
    for (; now < end; now = bucket.next(now)) count += bucket.take(now) ? 1 : 0;
    return count;
  };
  // One of three at first, rising for about 10 s, then all.
  CHECK(in_second(0) == 30);
  int last = 30;
  for (int second = 1; second <= 10; ++second) {
    const int count = in_second(second);
    CHECK(count > last);
    last = count;
  }
  CHECK(last < 90);
  CHECK(in_second(11) >= 89);
  CHECK(in_second(12) == 90);
  CHECK(in_second(60) == 30);
}

}  // namespace
}  // namespace double11::stages
