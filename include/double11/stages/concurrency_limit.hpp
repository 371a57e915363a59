#pragma once
// How many orders may be in flight, found by watching how long they take: when the way grows
// longer there are too many. Who decides at the door lets an order in while fewer than limit() are
// in flight, and tells of every end.
//
// Vegas and Gradient2 are those of Netflix's concurrency-limits with their published
// constants (after TCP Vegas, Brakmo and Peterson 1995); SentinelRule is Sentinel's check of the
// system ("BBR"). In nanoseconds where those count milliseconds. One thread at a time; what is
// told comes in the order of time.

#include <double11/core/time.hpp>

#include <array>
#include <cstdint>

namespace double11::stages {

class ConcurrencyLimit {
 public:
  ConcurrencyLimit() = default;
  ConcurrencyLimit(const ConcurrencyLimit&) = delete;
  ConcurrencyLimit& operator=(const ConcurrencyLimit&) = delete;
  virtual ~ConcurrencyLimit() = default;

  /// An order may enter while fewer are in flight. At least 1.
  [[nodiscard]] virtual std::int64_t limit() const = 0;

  /// An order ended: `round_trip` (0 or more) after its click, any wait at the door included; with
  /// itself `in_flight` were under way when it ended. `dropped`: without an answer in time.
  virtual void answered(Instant now, Duration round_trip, std::int64_t in_flight, bool dropped) = 0;
};

/// Compares each round trip with the shortest one: what is above is a queue, which shall have
/// between 3 and 6 times log10(limit) orders.
class Vegas final : public ConcurrencyLimit {
 public:
  struct Settings {
    std::int64_t first = 20;
    std::int64_t most = 1000;
    /// Of each change this share is taken.
    double smoothing = 1;
    /// The shortest round trip is measured anew every 15 to 30 times limit answers.
    std::int64_t probe_factor = 30;
  };

  /// The seed is that of the instants of probing.
  Vegas(const Settings& settings, std::uint64_t seed);

  [[nodiscard]] std::int64_t limit() const override { return static_cast<std::int64_t>(estimate_); }
  void answered(Instant now, Duration round_trip, std::int64_t in_flight, bool dropped) override;

 private:
  void draw_probe();

  Settings settings_;
  std::uint64_t seed_;
  std::uint64_t probes_ = 0;
  double estimate_;
  double probe_after_ = 0;  // answers, in multiples of the estimate
  std::int64_t answers_ = 0;
  Duration shortest_{0};
};

/// Compares each round trip with the mean of many: the limit shrinks by as much as it is longer.
class Gradient2 final : public ConcurrencyLimit {
 public:
  struct Settings {
    std::int64_t first = 20;
    std::int64_t least = 20;
    std::int64_t most = 200;
    double smoothing = 0.2;
    /// Added with each answer, so that the limit can grow.
    std::int64_t queue = 4;
    /// Answers over which the mean is taken, exponentially weighted.
    std::int64_t window = 600;
    /// How many times as long a round trip may be before the limit shrinks.
    double tolerance = 1.5;
  };

  explicit Gradient2(const Settings& settings);

  [[nodiscard]] std::int64_t limit() const override { return static_cast<std::int64_t>(estimate_); }
  void answered(Instant now, Duration round_trip, std::int64_t in_flight, bool dropped) override;

 private:
  // An exponentially weighted mean, a plain one at first.
  void add_to_mean(double round_trip_ns);

  Settings settings_;
  double estimate_;
  double mean_ns_ = 0;
  double sum_ns_ = 0;
  std::int64_t samples_ = 0;
};

/// Little's law with the best of the last second: most answers a second times the shortest round
/// trip. More than that need not be in flight; one may always be.
class SentinelRule final : public ConcurrencyLimit {
 public:
  SentinelRule();

  [[nodiscard]] std::int64_t limit() const override { return limit_; }
  void answered(Instant now, Duration round_trip, std::int64_t in_flight, bool dropped) override;

 private:
  // Two of half a second, as Sentinel's StatisticNode has them.
  struct Bucket {
    std::int64_t number = -1;  // in half seconds since the start
    std::int64_t answers = 0;
    Duration shortest{0};
  };

  std::array<Bucket, 2> buckets_;
  std::int64_t limit_;
};

}  // namespace double11::stages
