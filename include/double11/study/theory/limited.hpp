#pragma once
// Queues with limited room, limited patience or a limited population: birth-death chains with
// several servers. All exact. Rates > 0, `servers` >= 1.

#include <cstdint>

namespace double11::study::theory {

struct LimitedQueue {
  double idle_probability = 0;  ///< P(N = 0)
  double blocked = 0;           ///< share of arrivals turned away at the door
  double abandoned = 0;         ///< share of arrivals that give up waiting
  double wait_probability = 0;  ///< share that finds all servers busy, among those let in
  double mean_in_system = 0;
  double mean_waiting = 0;
  double busy_servers = 0;
  double utilisation = 0;   ///< busy_servers / servers
  double throughput = 0;    ///< served per unit of time
  double mean_sojourn = 0;  ///< of those let in, given-up waits included
  double mean_wait = 0;     ///< of those let in, given-up waits included
};

/// M/M/c/K: at most `capacity` >= `servers` in the system, waiting and in service together.
[[nodiscard]] LimitedQueue mmck(double arrival_rate, double service_rate, std::int64_t servers,
                                std::int64_t capacity);

/// Erlang A, M/M/c+M: each waiting customer gives up at `abandon_rate` > 0, so it is stationary at
/// any load. wait_probability counts all arrivals (Palm 1957; Garnett, Mandelbaum, Reiman 2002).
[[nodiscard]] LimitedQueue erlang_a(double arrival_rate, double service_rate, std::int64_t servers,
                                    double abandon_rate);

/// M/M/c+D: customers give up after waiting exactly `patience` > 0: a lease in a queue
/// (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005). idle_probability stays 0: not given.
[[nodiscard]] LimitedQueue mmc_fixed_patience(double arrival_rate, double service_rate,
                                              std::int64_t servers, double patience);

/// M/M/c//N: `users` >= 1 who think for 1 / `think_rate` on average between requests; mean_sojourn
/// is the response time users/throughput - think time (machine repair; Palm 1947).
[[nodiscard]] LimitedQueue closed_mmc(std::int64_t users, double think_rate, double service_rate,
                                      std::int64_t servers);

}  // namespace double11::study::theory
