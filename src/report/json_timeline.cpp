#include "report/json_timeline.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using Look = measure::Timeline::Look;

constexpr std::ptrdiff_t kHot = 10;

template <typename Value>
Json column(const std::vector<Look>& looks, Value&& value) {
  Json list = Json::array();
  for (const Look& look : looks) list.push_back(value(look));
  return list;
}

// Of all workers' time between two looks.
Json busy_share(const std::vector<Look>& looks, std::size_t stage, std::int64_t workers) {
  Json list = Json::array();
  Look before;
  for (const Look& look : looks) {
    const double all_s = seconds_of(look.wall - before.wall) * static_cast<double>(workers);
    const double busy_s = seconds_of(look.busy[stage] - before.busy[stage]);
    list.push_back(all_s > 0 ? std::clamp(busy_s / all_s, 0.0, 1.0) : 0.0);
    before = look;
  }
  return list;
}

}  // namespace

Json timeline_json(const Result& result) {
  const std::vector<Look>& looks = result.record.timeline.looks();
  Json queue;
  Json busy = Json::object();
  for (const Stage stage : kAllStages) {
    const std::size_t index = index_of(stage);
    const std::string name(double11::name_of(stage));
    queue[name] = column(looks, [&](const Look& look) { return look.queue[index]; });
    if (result.record.runtime != measure::Runtime::virtual_time) {
      busy[name] = busy_share(looks, index, result.record.workers);
    }
  }
  return {{"at_ns", column(looks, [](const Look& look) { return nanoseconds_of(look.at); })},
          {"queue", std::move(queue)},
          {"busy_share", std::move(busy)},
          {"servers_busy", column(looks, [](const Look& look) { return look.servers_busy; })},
          {"in_flight", column(looks, [](const Look& look) { return look.in_flight; })}};
}

Json latency_over_time_json(const measure::LatencySeries& series) {
  std::size_t rows = series.rows();
  while (rows > 0 && series.count_of(rows - 1) == 0) --rows;
  constexpr std::array<std::pair<const char*, double>, 4> kShares{
      {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}};
  Json json = {{"interval_ns", series.interval().count()}, {"every", series.every()}};
  Json counts = Json::array();
  for (std::size_t row = 0; row < rows; ++row) counts.push_back(series.count_of(row));
  json["count"] = std::move(counts);
  for (const auto& [name, share] : kShares) {
    Json values = Json::array();
    for (std::size_t row = 0; row < rows; ++row) {
      const bool any = series.count_of(row) > 0;
      values.push_back(any ? Json(series.quantile(row, share).count()) : Json());
    }
    json[name] = std::move(values);
  }
  return json;
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
