#pragma once
// A sale of five stations in series by a plain event loop. Times are milliseconds.
//
//                                     +-------+  one payment in ten fails and is tried
//                                     v       |  again at once, at the end of the line
//  Poisson --> admission --> inventory --> payment --> picking --> dispatch --> dispatched
//     servers  16            8             1024  |     64          32
//     service  exp 1         exp 0.5       log-  |     Erlang-2 4  constant 2
//                                          normal+--> lost after the third failure

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/batch_means.hpp"

namespace double11::bench {

inline constexpr std::array<std::string_view, 5> kStations = {"admission", "inventory", "payment",
                                                              "picking", "dispatch"};

struct FiveStages {
  double orders_per_s;
  std::int64_t orders;
  std::uint64_t seed;
};

struct FiveStagesResult {
  explicit FiveStagesResult(std::int64_t batch_size)
      : sojourn(batch_size), lost(batch_size), wait(kStations.size(), BatchMeans(batch_size)) {}

  BatchMeans sojourn;            ///< From arrival to the end of dispatch, of dispatched orders.
  BatchMeans lost;               ///< 1 for who was lost, 0 for who was dispatched.
  std::vector<BatchMeans> wait;  ///< Per station: in line, per visit.
};

FiveStagesResult simulate(const FiveStages& model);

}  // namespace double11::bench
