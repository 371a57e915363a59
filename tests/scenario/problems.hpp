#pragma once
// Words for tests of the loader: what it complains about, and whether it lives through bad input.

#include <double11/scenario/load.hpp>

#include <algorithm>
#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "scenarios.hpp"

namespace double11::scenario {

/// The problems of the small scenario with `overrides`.
inline std::vector<Problem> problems_with(const std::vector<std::string>& overrides) {
  return parse(small_scenario_text(), "small", overrides).problems;
}

/// Paths of the problems, in order, as one text: "$.seed $.duration".
inline std::string paths_of(const std::vector<Problem>& problems) {
  std::string paths;
  for (const Problem& problem : problems) paths += (paths.empty() ? "" : " ") + problem.path;
  return paths;
}

inline bool mentions(const Problem& problem, const std::string& word) {
  return text_of(problem).find(word) != std::string::npos;
}

/// The small scenario with its first `from` replaced by `to`; fails when there is no `from`.
inline std::string small_text_with(const std::string& from, const std::string& to) {
  std::string text = small_scenario_text();
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// Whether `action` returns, tried in a child process so that a crash fails one check and not the
/// whole program.
inline bool survives(const std::function<void()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    // A crash of the child is a result, not something for the test framework to report.
    for (const int crash : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(crash, SIG_DFL);
    int code = 1;
    try {
      action();
      code = 0;
    } catch (...) {
      code = 2;
    }
    _exit(code);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace double11::scenario
