#pragma once
// How many may pass at the door: `rate_per_s` on average, and `burst` at once after a pause. Kept
// as one instant, that of the next pass (the generic cell rate algorithm, ITU-T I.371), in exact
// integers: nothing is rounded however long it runs.
//
// With a warm-up the rate begins at a `cold_factor`th and rises to the full one, as those who pass
// warm caches up; after a quiet time it is cold again. That is Sentinel's WarmUpController: stored
// tokens fill up at the full rate while few pass, each pass takes one away, and the more are stored
// the slower the rate. As there, the stored ones are counted once a second. One thread at a time.

#include <double11/core/time.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace double11::stages {

/// The stored tokens of a warm-up and the rate they leave.
class WarmUp {
 public:
  /// `warm_up` above 0: how long the rise takes, about; `cold_factor` above 1. Begins cold.
  WarmUp(double rate_per_s, Duration warm_up, double cold_factor);

  /// One second is over in which `passed` passed, and then `quiet` whole seconds with nobody.
  void seconds(std::int64_t passed, std::int64_t quiet);

  /// What may pass now, from rate_per_s / cold_factor to rate_per_s.
  [[nodiscard]] double rate_per_s() const;
  /// Stored tokens, 0 when warm.
  [[nodiscard]] double stored() const { return stored_; }
  /// With more than that stored the rate is below the full one.
  [[nodiscard]] double warning() const { return warning_; }
  /// The most that is stored.
  [[nodiscard]] double most() const { return most_; }

 private:
  double rate_per_s_;
  double cold_factor_;
  double warning_;
  double most_;
  double slope_;
  double stored_;
};

class TokenBucket {
 public:
  struct Settings {
    /// 0.001 to 1e9; taken in millionths.
    double rate_per_s = 1;
    /// 1 to 1e9; no more than comes in 146 years.
    std::int64_t burst = 1;
    /// 0 is none.
    Duration warm_up{0};
    /// Above 1, at most 1000.
    double cold_factor = 3;
  };

  /// Begins full. The rate follows the speed of `clock`: half as fast, half as many.
  explicit TokenBucket(const Settings& settings, WorkClock clock = {});

  /// Takes a token if there is one. Instants never go back.
  bool take(Instant now) {
    const std::int64_t work_ns = clock_.work(now).count();
    if (work_ns >= second_ends_ns_) second_ends(work_ns);
    if (work_ns < next_ns_) return false;
    pass(work_ns);
    return true;
  }

  /// The first instant from `now` on at which take() grants one if nobody takes one before.
  [[nodiscard]] Instant next(Instant now) const {
    if (next_ns_ <= 0) return now;
    return std::max(now, clock_.finish(Instant(Duration(0)), Duration(next_ns_)));
  }

 private:
  // Whole nanoseconds and, out of parts_, parts of one.
  struct Exact {
    std::int64_t ns;
    std::int64_t part;
  };

  void set_rate(double rate_per_s);
  void pass(std::int64_t work_ns);
  void second_ends(std::int64_t work_ns);

  WorkClock clock_;
  std::int64_t burst_;
  std::int64_t parts_ = 1;
  Exact interval_{0, 0};  // between passes
  Exact spare_{0, 0};     // how far a full bucket is ahead
  // The next pass, in work of the clock: exactly, and rounded up.
  Exact exact_next_{0, 0};
  std::int64_t next_ns_ = 0;

  std::optional<WarmUp> warm_up_;
  std::int64_t second_ends_ns_ = INT64_MAX;  // without a warm-up seconds do not matter
  std::int64_t passed_ = 0;                  // in this second
};

}  // namespace double11::stages
