#include <double11/core/alias_table.hpp>
#include <double11/core/ensure.hpp>
#include <double11/core/random.hpp>

#include <algorithm>
#include <numeric>

namespace double11 {

AliasTable::AliasTable(const std::vector<double>& weights) {
  const std::size_t n = weights.size();
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  ensure(sum > 0, "an alias table needs a positive weight; check weights when loading");
  std::vector<double> share(n);
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::size_t i = 0; i < n; ++i) {
    share[i] = weights[i] / sum * static_cast<double>(n);
    (share[i] < 1.0 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  columns_.resize(n);
  while (!small.empty() && !large.empty()) {
    const std::uint32_t needy = small.back();
    const std::uint32_t donor = large.back();
    small.pop_back();
    columns_[needy] = {static_cast<std::uint32_t>(threshold_of(std::max(0.0, share[needy]))),
                       donor};
    share[donor] -= 1.0 - share[needy];
    if (share[donor] < 1.0) {
      large.pop_back();
      small.push_back(donor);
    }
  }
  for (const auto& rest : {small, large}) {
    for (const std::uint32_t full : rest) columns_[full] = {0, full};
  }
}

}  // namespace double11
