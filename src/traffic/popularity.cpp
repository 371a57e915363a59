#include <double11/traffic/popularity.hpp>

#include <algorithm>

namespace double11::traffic {

Popularity::Popularity(const scenario::Catalogue& catalogue)
    : hot_below_(threshold_of(catalogue.hot_share)),
      hot_skus_(static_cast<std::uint64_t>(catalogue.hot_skus)),
      // With nothing but hot SKUs the tail is never drawn.
      tail_(static_cast<std::uint32_t>(
                std::max<std::int64_t>(1, catalogue.skus - catalogue.hot_skus)),
            catalogue.popularity_exponent) {}

}  // namespace double11::traffic
