#pragma once
// Rules of lists whose elements have names and shares.

#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {

/// Shares at `path` add up to 1.
inline void check_shares(const std::string& path, double sum, const Complain& complain) {
  if (std::abs(sum - 1.0) > 1e-6) {
    complain(path, fmt::format("the shares add up to {:.6g}; must add up to 1", sum), {});
  }
}

/// Elements of the list at `path`, each a `what`, when there are any, have names of their own and
/// shares that add up to 1.
template <typename Element>
void check_named_shares(const std::string& what, const std::string& path,
                        const std::vector<Element>& elements, const Complain& complain) {
  if (elements.empty()) return;
  double sum = 0;
  std::set<std::string> names;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    sum += elements[i].share;
    if (names.insert(elements[i].name).second) continue;
    complain(fmt::format("{}[{}].name", path, i),
             fmt::format("found \"{}\" a second time; every {} needs its own name",
                         elements[i].name, what),
             {path});
  }
  check_shares(path, sum, complain);
}

}  // namespace double11::scenario
