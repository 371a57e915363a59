#pragma once
// The laws of a network, checked once for each replication and told together.

#include <double11/virtual_time/network_record.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// How one law came out in one replication.
struct NetworkLaw {
  std::int64_t checked = 0;
  std::int64_t off = 0;  ///< of all places together, without sign
  std::int64_t violations = 0;
  std::string offender;  ///< the first place where it is broken
  std::int64_t offence = 0;

  void check(std::int64_t residual, const std::string& where);
};

struct NetworkLaws {
  NetworkLaw little;        ///< ns
  NetworkLaw conservation;  ///< jobs

  [[nodiscard]] bool hold() const { return little.violations == 0 && conservation.violations == 0; }
};

/// Little's law and the conservation of jobs at every station, and the latter in the whole. Pure;
/// any thread.
NetworkLaws laws_of(const virtual_time::NetworkRecord& record);

/// Each law with how far it is off in all replications together, in how many places, and the first
/// of those. `laws` are the numbers of replications with theirs, in order. Pure; any thread.
nlohmann::ordered_json json_of(const std::vector<std::pair<std::size_t, const NetworkLaws*>>& laws);

}  // namespace double11::report
