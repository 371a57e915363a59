#include <double11/core/ensure.hpp>
#include <double11/study/theory/zipf_shares.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace double11::study::theory {

std::vector<double> zipf_shares(std::int64_t items, double exponent) {
  ensure(items >= 1 && exponent >= 0, "Zipf's law needs an item and an exponent of at least zero");
  std::vector<double> shares(static_cast<std::size_t>(items));
  double sum = 0;
  // The smallest first, so that the sum keeps its digits.
  for (std::size_t k = shares.size(); k-- > 0;) {
    shares[k] = std::pow(static_cast<double>(k + 1), -exponent);
    sum += shares[k];
  }
  for (double& share : shares) share /= sum;
  return shares;
}

double top_share(const std::vector<double>& shares, std::int64_t first) {
  ensure(first >= 0, "a count is not negative");
  const auto count = std::min(first, static_cast<std::int64_t>(shares.size()));
  return std::accumulate(shares.begin(), shares.begin() + count, 0.0);
}

double expected_distinct(const std::vector<double>& shares, double draws) {
  ensure(draws >= 0, "a number of draws is not negative");
  if (draws <= 0) return 0;
  double sum = 0;
  for (const double share : shares) sum -= std::expm1(draws * std::log1p(-share));
  return sum;
}

}  // namespace double11::study::theory
