#pragma once
// Erlang's two formulas and the staffing questions asked of them. All are in terms of the offered
// load a = arrival rate * mean service time (in erlangs) and the number of servers; cost is one
// multiplication per server, so a million servers take milliseconds.

#include <cstdint>

namespace double11::study::theory {

/// Erlang B: share of arrivals lost by M/G/c/c. `servers` >= 0, `load` >= 0. Holds for every law of
/// service with the same mean (Sevastyanov 1957). By the recursion B(k) = aB(k-1)/(k + aB(k-1)),
/// all terms positive, so stable at any size (Erlang 1917; Jagerman 1974).
[[nodiscard]] double erlang_b(std::int64_t servers, double load);

/// Erlang C: share of arrivals that wait in M/M/c; 1 when `load` >= `servers`. `servers` >= 1,
/// `load` >= 0 (Erlang 1917).
[[nodiscard]] double erlang_c(std::int64_t servers, double load);

/// The load at which `servers` >= 1 servers lose the share `loss` (strictly between 0 and 1):
/// inverse of erlang_b in its second argument, relative error below 1e-12.
[[nodiscard]] double erlang_b_load(std::int64_t servers, double loss);

/// The fewest servers with erlang_b <= `loss`. `load` > 0, `loss` strictly between 0 and 1.
[[nodiscard]] std::int64_t servers_for_loss(double load, double loss);

/// The fewest servers with erlang_c <= `wait_probability`. `load` > 0, target strictly between 0
/// and 1. For large loads this is the square-root rule c = a + beta sqrt(a) (Halfin and Whitt
/// 1981).
[[nodiscard]] std::int64_t servers_for_wait(double load, double wait_probability);

/// beta of the square-root rule: (servers - load) / sqrt(load), `load` > 0.
[[nodiscard]] double square_root_staffing_beta(std::int64_t servers, double load);

}  // namespace double11::study::theory
