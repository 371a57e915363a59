#pragma once
// One possible answer to "what gives way first?"; for bottleneck.cpp and who answers for it.

#include <limits>
#include <string>

namespace double11::report {

struct Candidate {
  std::string blamed;
  double carries_per_s;
  double needed_per_s;  // what reached it, or the target where the target measures it
  std::string reason;
  std::string setting;

  // How many times what is needed it carries.
  [[nodiscard]] double room() const {
    return needed_per_s > 0 ? carries_per_s / needed_per_s
                            : std::numeric_limits<double>::infinity();
  }
};

}  // namespace double11::report
