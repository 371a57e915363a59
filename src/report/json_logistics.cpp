#include "report/json_logistics.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

Json promise_json(const measure::PromiseCounts& counts, Duration promise) {
  Json json = {{"promise_ns", promise.count()}, {"parcels", counts.parcels}, {"kept", counts.kept}};
  json["first_parcel_ns"] = counts.parcels == 0 ? 0 : nanoseconds_of(counts.first);
  return json;
}

}  // namespace

Json logistics_json(const Result& result) {
  const measure::DeliveryBooks& delivery = result.record.delivery;
  const measure::FulfilmentCounts& counts = result.record.fulfilment;
  const scenario::Logistics& logistics = result.scenario.logistics;
  Json json = {{"domestic", promise_json(delivery.domestic(), logistics.promise.domestic)},
               {"overseas", promise_json(delivery.overseas(), logistics.promise.overseas)}};
  if (is_plain_logistics(result.scenario)) return json;
  json["cost_fen"] = {{"all", counts.cost().fen},          {"labour", counts.labour.fen},
                      {"transport", counts.transport.fen}, {"transfers", counts.transfers.fen},
                      {"ahead", counts.ahead.fen},         {"returns", counts.returns.fen}};
  json["transferred_parcels"] = counts.transferred_parcels;
  json["transferred_units"] = counts.transferred_units;
  json["ahead_units"] = counts.ahead_units;
  json["ahead_parcels"] = counts.ahead_parcels;
  json["returned_units"] = counts.returned_units;
  Json carriers = Json::array();
  for (std::size_t i = 0; i < counts.carriers.size(); ++i) {
    carriers.push_back({{"name", logistics.carriers[i].name},
                        {"parcels", counts.carriers[i].parcels},
                        {"after_cut_off", counts.carriers[i].after_cut_off},
                        {"over_capacity", counts.carriers[i].over_capacity}});
  }
  json["carriers"] = std::move(carriers);
  const std::vector<std::int64_t> paid = delivery.paid().by_day();
  const std::vector<std::int64_t> handed = counts.handed.by_day();
  json["by_day"] = {{"paid", paid},
                    {"handed_over", handed},
                    {"backlog", measure::backlog_of(paid, handed)},
                    {"delivered", delivery.delivered().by_day()}};
  return json;
}

}  // namespace double11::report
