#include "report/json_timeline.hpp"

#include <double11/scenario/payment_servers.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using Look = measure::Timeline::Look;

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
  Json wall = Json::array();
  for (const Stage stage : kAllStages) {
    const std::size_t index = index_of(stage);
    const std::string name(double11::name_of(stage));
    queue[name] = column(looks, [&](const Look& look) { return look.queue[index]; });
    if (result.record.runtime != measure::Runtime::virtual_time) {
      busy[name] = busy_share(looks, index, result.record.workers);
    }
  }
  if (result.record.runtime != measure::Runtime::virtual_time) {
    wall = column(looks, [](const Look& look) { return look.wall.count(); });
  }
  return {{"at_ns", column(looks, [](const Look& look) { return nanoseconds_of(look.at); })},
          {"wall_ns", std::move(wall)},
          {"queue", std::move(queue)},
          {"busy_share", std::move(busy)},
          {"servers", column(looks,
                             [&](const Look& look) {
                               return scenario::servers_at(result.scenario.payment, look.at);
                             })},
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

}  // namespace double11::report
