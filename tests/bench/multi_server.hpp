#pragma once
// M/M/c by a plain event loop: one line, c equal servers, one event per arrival and departure.
// The unit of time is the mean service time.

#include <cstdint>

#include "bench/batch_means.hpp"

namespace double11::bench {

struct MultiServer {
  int servers;
  double rho;  ///< Offered load per server, below 1.
  std::int64_t customers;
  std::uint64_t seed;
};

struct MultiServerResult {
  BatchMeans wait;    ///< In the line, of every customer.
  BatchMeans waited;  ///< 1 for who found all servers busy, else 0: the mean is P(wait).
};

MultiServerResult simulate(const MultiServer& model);

}  // namespace double11::bench
