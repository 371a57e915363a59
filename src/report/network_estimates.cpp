#include "report/network_estimates.hpp"

#include <double11/report/replications.hpp>

#include <cstddef>

#include "report/network_servers.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using Documents = std::vector<const Json*>;

// `value` of each document, with its chance.
template <typename Value>
Json estimate_json(const Documents& documents, const Value& value) {
  std::vector<double> values;
  values.reserve(documents.size());
  for (const Json* const document : documents) values.push_back(value(*document));
  const Estimate found = estimate(values);
  return {{"mean", found.mean},
          {"half_width_95", found.half_width ? Json(*found.half_width) : Json()}};
}

// `part` of a document has the times.
template <typename Part>
Json times_json(const Documents& documents, const Part& part) {
  Json times;
  for (const char* const key : {"mean_ns", "p50_ns", "p90_ns", "p99_ns", "p999_ns"}) {
    times[key] = estimate_json(documents, [&](const Json& document) {
      return part(document).at(key).template get<double>();
    });
  }
  return times;
}

Json station_json(const Documents& documents, std::size_t i, const scenario::Scenario& scenario) {
  const scenario::NetworkStation& station = scenario.network.stations[i];
  const auto part = [i](const Json& document) -> const Json& { return document.at("stations")[i]; };
  const auto number = [&](const char* key) {
    return [part, key](const Json& document) { return part(document).at(key).get<double>(); };
  };
  const auto busy_share = [&](const Json& document) {
    const double servers =
        servers_of(station, scenario.network, document.at("warm_up_ns").get<double>(),
                   document.at("end_ns").get<double>());
    return servers > 0 ? number("busy_mean")(document) / servers : 0;
  };
  Json json{{"name", station.name}};
  for (const char* const key : {"arrivals", "completions", "lost", "abandoned", "present_mean",
                                "waiting_mean", "busy_mean", "all_busy_share"}) {
    json[key] = estimate_json(documents, number(key));
  }
  json["busy_share"] = estimate_json(documents, busy_share);
  for (const char* const key : {"wait_served", "wait_all", "sojourn"}) {
    json[key] = times_json(documents, [part, key](const Json& document) -> const Json& {
      return part(document).at(key);
    });
  }
  return json;
}

Json class_json(const Documents& documents, std::size_t i) {
  const auto part = [i](const Json& document) -> const Json& { return document.at("classes")[i]; };
  Json json{{"name", part(*documents.front()).at("name")}};
  for (const char* const key : {"entered", "completed", "lost", "abandoned"}) {
    json[key] = estimate_json(documents, [&](const Json& document) {
      return part(document).at("flow").at(key).template get<double>();
    });
  }
  json["sojourn"] = times_json(
      documents, [&](const Json& document) -> const Json& { return part(document).at("sojourn"); });
  return json;
}

}  // namespace

Json estimates_of(const Documents& documents, const scenario::Scenario& scenario) {
  if (documents.empty()) return {};
  Json json{{"throughput_per_s", estimate_json(documents, [](const Json& document) {
               return document.at("throughput_per_s").get<double>();
             })}};
  json["sojourn"] = times_json(
      documents, [](const Json& document) -> const Json& { return document.at("sojourn"); });
  json["stations"] = Json::array();
  json["classes"] = Json::array();
  for (std::size_t i = 0; i < documents.front()->at("stations").size(); ++i) {
    json["stations"].push_back(station_json(documents, i, scenario));
  }
  for (std::size_t i = 0; i < documents.front()->at("classes").size(); ++i) {
    json["classes"].push_back(class_json(documents, i));
  }
  return json;
}

}  // namespace double11::report
