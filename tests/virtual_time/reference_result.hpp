#pragma once
// What the plain simulator of a sale (reference.hpp) comes to.

#include <double11/core/outcome.hpp>
#include <double11/measure/client_counts.hpp>
#include <double11/measure/door_counts.hpp>
#include <double11/measure/fingerprints.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace double11::virtual_time {

struct Reference {
  measure::Fingerprints fingerprints;
  std::map<Outcome, std::int64_t> outcomes;
  std::map<std::uint32_t, std::int64_t> stock;
  std::int64_t in_flight_most = 0;
  std::int64_t repeated = 0;  // payments that were tried again
  std::int64_t returned = 0;  // late successes of these
  measure::DoorCounts door;
  measure::ClientCounts clients;
  std::int64_t unrouted = 0;  // no channel let them in
  std::vector<std::int64_t> reasons;
  std::vector<std::int64_t> started;  // by channel
  std::vector<std::int64_t> opened;   // by channel
};

}  // namespace double11::virtual_time
