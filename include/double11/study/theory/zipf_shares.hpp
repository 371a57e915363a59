#pragma once
// How demand concentrates under Zipf's law: item k of n has a share proportional to k^-exponent.

#include <cstdint>
#include <vector>

namespace double11::study::theory {

/// Shares of the items 1 to `items` >= 1, `exponent` >= 0, largest first.
[[nodiscard]] std::vector<double> zipf_shares(std::int64_t items, double exponent);

/// Share of the `first` items together, 0 <= first; all items when beyond.
[[nodiscard]] double top_share(const std::vector<double>& shares, std::int64_t first);

/// Expected number of different items among `draws` >= 0 independent ones: sum 1 - (1 - p)^draws.
[[nodiscard]] double expected_distinct(const std::vector<double>& shares, double draws);

}  // namespace double11::study::theory
