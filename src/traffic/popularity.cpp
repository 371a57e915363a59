#include <double11/traffic/popularity.hpp>

#include <cmath>
#include <vector>

namespace double11::traffic {

Popularity::Popularity(const scenario::Catalogue& catalogue)
    : hot_below_(threshold_of(catalogue.hot_share)),
      hot_skus_(static_cast<std::uint32_t>(catalogue.hot_skus)),
      tail_skus_(static_cast<std::uint32_t>(catalogue.skus - catalogue.hot_skus)) {
  if (catalogue.popularity_exponent > 0 && tail_skus_ > 0) {
    std::vector<double> weights(tail_skus_);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights[i] = std::pow(static_cast<double>(i + 1), -catalogue.popularity_exponent);
    }
    zipf_.emplace(weights);
  }
}

}  // namespace double11::traffic
