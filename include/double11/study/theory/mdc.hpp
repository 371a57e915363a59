#pragma once
// M/D/c: Poisson arrivals, every service lasts the same time, first come first served. Exact for
// any number of servers, from the roots of z^c = exp(-a (1 - z)) in the unit disc
// (Crommelin 1932); sums of positive terms instead of Erlang's alternating series, so the tail of
// the wait is good to 1e-13 at any time.

#include <double11/study/theory/queue_means.hpp>

#include <cstdint>
#include <vector>

namespace double11::study::theory {

class DeterministicServers {
 public:
  /// `arrival_rate` > 0, `service_time` > 0, `servers` >= 1; the load per server is below 1.
  DeterministicServers(double arrival_rate, double service_time, std::int64_t servers);

  [[nodiscard]] const QueueMeans& means() const { return means_; }

  /// P(N = n) at any instant, cut where the rest is below 1e-15.
  [[nodiscard]] const std::vector<double>& in_system() const { return in_system_; }

  /// P(wait <= t), t >= 0 (Franx 2001; for one server the law of Erlang 1909).
  [[nodiscard]] double wait_at_most(double t) const;

  /// The wait that the share `share` (from 0 to 1 - 1e-12) does not exceed, to 1e-12 service times.
  [[nodiscard]] double wait_quantile(double share) const;

 private:
  double arrival_rate_;
  double service_time_;
  std::int64_t servers_;
  QueueMeans means_;
  std::vector<double> in_system_;
  std::vector<double> waiting_at_most_;  // P(Lq <= n)
};

/// M/D/1/K: the share of Poisson arrivals turned away when `capacity` >= 1 are in the system, one
/// of them in service. `load` > 0 is arrival rate * service time, may exceed 1. By the chain at
/// departures (Keilson 1966).
///
/// A token bucket with continuous refill is this queue: tokens missing are its work, so `load` is
/// arrival rate / refill rate and `capacity` the burst, and the result the share refused.
[[nodiscard]] double md1k_loss(double load, std::int64_t capacity);

}  // namespace double11::study::theory
