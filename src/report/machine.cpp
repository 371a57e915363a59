#include <double11/core/cores.hpp>
#include <double11/report/machine.hpp>
#include <double11/version.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>

namespace double11::report {
namespace {

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.compare(0, 10, "model name") == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown CPU";
}

std::string compiler_name() {
#if defined(__clang__)
  return fmt::format("Clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("GCC {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::string build_name() {
#if defined(NDEBUG)
  std::string name = "release";
#else
  std::string name = "debug";
#endif
#if defined(__SANITIZE_THREAD__)
  name += "+tsan";
#elif defined(__SANITIZE_ADDRESS__)
  name += "+asan";
#endif
  return name;
}

}  // namespace

Machine this_machine() {
  Machine machine{cpu_name(),      usable_cores(), 0,
                  compiler_name(), build_name(),   std::string(kVersion)};
  double load[1] = {0};
  if (getloadavg(load, 1) == 1) machine.load_1min = load[0];
  return machine;
}

}  // namespace double11::report
