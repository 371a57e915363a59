#include "report/json_sold.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::ptrdiff_t kHot = 10;

}  // namespace

Json sold_json(const Result& result) {
  const measure::RunRecord& record = result.record;
  std::int64_t refused_skus = 0;
  std::int64_t refused_units = 0;
  for (std::size_t sku = 0; sku < record.refused.size(); ++sku) {
    if (!record.refused[sku]) continue;
    ++refused_skus;
    refused_units += record.books.units_sold(SkuId{static_cast<std::uint32_t>(sku)});
  }
  return {{"skus", record.books.skus_sold()},
          {"refused_skus", refused_skus},
          {"refused_units", refused_units},
          {"top1_share", record.books.top_share(1)},
          {"top10_share", record.books.top_share(10)},
          {"top100_share", record.books.top_share(100)},
          {"top1pct_share", record.books.top_share(result.scenario.catalogue.skus / 100)}};
}

Json hot_json(const Result& result) {
  const measure::RunRecord& record = result.record;
  std::vector<std::uint32_t> skus(record.available.size());
  std::iota(skus.begin(), skus.end(), 0U);
  const auto sold = [&](std::uint32_t sku) { return record.books.units_sold(SkuId{sku}); };
  const auto most = std::min(kHot, std::ssize(skus));
  std::partial_sort(skus.begin(), skus.begin() + most, skus.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return std::pair(-sold(a), a) < std::pair(-sold(b), b);
                    });
  Json list = Json::array();
  for (std::ptrdiff_t i = 0; i < most && sold(skus[static_cast<std::size_t>(i)]) > 0; ++i) {
    const std::uint32_t sku = skus[static_cast<std::size_t>(i)];
    list.push_back({{"sku", sku},
                    {"units", sold(sku)},
                    {"left", record.available[sku]},
                    {"refused", static_cast<bool>(record.refused[sku])}});
  }
  return list;
}

Json regions_json(const Result& result) {
  Json list = Json::array();
  const auto& counts = result.record.delivery.by_region();
  const auto& regions = result.scenario.traffic.regions;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    list.push_back({{"region", regions[i].name}, {"orders", counts[i]}});
  }
  return list;
}

}  // namespace double11::report
