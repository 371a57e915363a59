#pragma once
// Who is a bot. A pure function of the buyer's number: the bots are the last of all buyers, so that
// a stage knows one without a table, and one that comes back is known again.

#include <double11/core/ids.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>

namespace double11::scenario {

/// Number of the first bot; all buyers from it on are bots. traffic.buyers where there are none.
inline std::int64_t first_bot(const Traffic& traffic) {
  return traffic.buyers - (traffic.bots.share > 0 ? traffic.bots.count : 0);
}

/// Whether `buyer` is a bot. Any thread.
inline bool is_bot(const Traffic& traffic, BuyerId buyer) {
  return buyer.value >= first_bot(traffic);
}

}  // namespace double11::scenario
