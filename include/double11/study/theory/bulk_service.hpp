#pragma once
// M/M^[1,b]/1: an idle server starts with whatever waits, up to b at once; who comes during a
// service waits for the next. A picking wave.

#include <cstdint>

namespace double11::study::theory {

struct BulkService {
  double idle_probability = 0;
  double mean_waiting = 0;
  double mean_wait = 0;
  double sigma = 0;  ///< ratio of successive queue lengths while busy
};
/// `service_rate` of whole batches of at most `largest_batch` >= 1; exact, by the root in (0, 1) of
/// mu r^(b+1) - (lambda + mu) r + lambda = 0 (Bailey 1954; Gross and Harris, 3.2). Infinite means
/// when arrival_rate >= largest_batch * service_rate.
[[nodiscard]] BulkService bulk_service(double arrival_rate, double service_rate,
                                       std::int64_t largest_batch);

}  // namespace double11::study::theory
