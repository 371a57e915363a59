#pragma once
// The figures every stationary queue has, and the rules of this folder.
//
// Conventions of all headers here: plain doubles in one unit of time of the caller's choice (rates
// are per that unit). Functions are pure; any thread. A queue without a stationary law (load of one
// or more per server) has infinite means, never nan. A parameter outside its documented range is a
// programmer's error and stops the program (core/ensure.hpp). "Exact" means exact up to rounding.

#include <cstdint>

namespace double11::study::theory {

struct QueueMeans {
  double utilisation = 0;       ///< offered load per server; below 1 for a stationary queue
  double wait_probability = 0;  ///< share of arrivals that wait
  double mean_waiting = 0;      ///< Lq, customers
  double mean_in_system = 0;    ///< L, customers
  double mean_wait = 0;         ///< Wq, time before service begins
  double mean_sojourn = 0;      ///< W, time from arrival to departure
};

/// The rest of the figures from the mean wait, by Little's law (Little 1961): `servers` > 0 servers
/// fed at `arrival_rate` > 0, each service lasting `mean_service` > 0 on average. An infinite
/// `mean_wait` gives infinite means.
[[nodiscard]] QueueMeans means_from_wait(double arrival_rate, double mean_service,
                                         std::int64_t servers, double wait_probability,
                                         double mean_wait);

/// What a queue with `utilisation` >= 1 has: everyone waits, all means are infinite.
[[nodiscard]] QueueMeans unstable_queue(double utilisation);

}  // namespace double11::study::theory
