#pragma once
// Where the curve of response time against load bends: M/M/c, first come first served. Rates per
// second of one server, `servers` from 1 on.

#include <cstdint>

namespace double11::study {

/// The load per server (0 to 1) at which power, throughput over mean response time, is largest:
/// beyond it a little more throughput costs much more time. 1/2 for a single server (Kleinrock,
/// "Power and deterministic rules of thumb for probabilistic problems in computer communications",
/// ICC 1979).
[[nodiscard]] double knee_of_power(std::int64_t servers);

/// The load per server at which the response time that `share` (strictly between 0 and 1) of the
/// requests do not exceed is `factor` (above 1) times that of an empty system.
[[nodiscard]] double load_where_time_grows(std::int64_t servers, double share, double factor);

/// Users of a closed system, each thinking 1 / `think_rate` on average between two requests, whose
/// utilisation is the closest to `utilisation` (strictly between 0 and 1); at least 1.
[[nodiscard]] std::int64_t users_for_utilisation(double utilisation, double think_rate,
                                                 double service_rate, std::int64_t servers);

}  // namespace double11::study
