#pragma once
// Where and how a result was made: without it a throughput figure means nothing.

#include <cstdint>
#include <string>

namespace double11::report {

struct Machine {
  std::string cpu;       ///< model name, or "unknown CPU"
  unsigned cores = 0;    ///< that this process may use
  double load_1min = 0;  ///< load average when asked
  std::string compiler;  ///< "GCC 12.2.0"
  std::string build;     ///< "release", "debug", with sanitizers named
  std::string version;   ///< of double11
};

/// Looks at this machine and this build. Linux; elsewhere the CPU is unknown.
Machine this_machine();

}  // namespace double11::report
