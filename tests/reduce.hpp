#pragma once
// Makes a failing list of overrides as short as it gets, for people who must find out why.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace double11 {

/// A part of `overrides`, in their order, for which `fails` is still true and from which no single
/// one can be left out. `fails` must be true for all of them, false for what does not load, and the
/// same each time. Halves are left out before quarters, quarters before eighths: of n overrides,
/// most of which do not matter, it is asked some n times.
inline std::vector<std::string> reduced(
    std::vector<std::string> overrides,
    const std::function<bool(const std::vector<std::string>&)>& fails) {
  std::size_t size = std::max<std::size_t>(1, overrides.size() / 2);
  while (true) {
    bool shorter = false;
    for (std::size_t from = 0; from < overrides.size();) {
      const auto begin = overrides.begin() + static_cast<std::ptrdiff_t>(from);
      const auto end = begin + static_cast<std::ptrdiff_t>(std::min(size, overrides.size() - from));
      std::vector<std::string> fewer(overrides.begin(), begin);
      fewer.insert(fewer.end(), end, overrides.end());
      if (fails(fewer)) {
        overrides = std::move(fewer);
        shorter = true;
      } else {
        from += size;
      }
    }
    if (size > 1) {
      size /= 2;
    } else if (!shorter) {
      // One by one, nothing more can go; what went may have held on to something before it.
      return overrides;
    }
  }
}

}  // namespace double11
