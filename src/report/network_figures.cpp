#include "report/network_figures.hpp"

#include <double11/core/units.hpp>

#include <cmath>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "report/figures.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;
using Documents = std::vector<const Json*>;

std::string duration_text(double ns) {
  return short_duration(Duration(std::llround(ns)));
}

std::string share_text(double share) {
  return fmt::format("{:.4g}%", share * 100);
}

double number(const Json& part, const char* key) {
  return part.at(key).get<double>();
}

// A figure of a station, after its name.
struct StationFigure {
  const char* name;
  double (*value)(const Json& station);
  std::string (*text)(double);
};

constexpr StationFigure kOfStation[]{
    {"wait.mean", [](const Json& station) { return number(station.at("wait_all"), "mean_ns"); },
     duration_text},
    {"waited.share",
     [](const Json& station) {
       return ratio(number(station, "waited"), number(station, "services"));
     },
     share_text},
    {"sojourn.mean", [](const Json& station) { return number(station.at("sojourn"), "mean_ns"); },
     duration_text},
    {"present.mean", [](const Json& station) { return number(station, "present_mean"); },
     four_digits},
    {"busy.mean", [](const Json& station) { return number(station, "busy_mean"); }, four_digits},
    {"lost.share",
     [](const Json& station) {
       return ratio(number(station, "lost") + number(station, "abandoned"),
                    number(station, "arrivals"));
     },
     share_text},
};

template <typename Value>
Figure figure(std::string name, std::string (*text)(double), const Documents& documents,
              const Value& value) {
  Figure made{std::move(name), {}, text};
  for (const Json* const document : documents) made.values.push_back(value(*document));
  return made;
}

}  // namespace

std::vector<Figure> figures_of(const Documents& documents) {
  std::vector<Figure> figures;
  if (documents.empty()) return figures;
  const Json& stations = documents.front()->at("stations");
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const auto name = stations[i].at("name").get<std::string>();
    for (const StationFigure& each : kOfStation) {
      figures.push_back(
          figure(name + "." + each.name, each.text, documents,
                 [&](const Json& document) { return each.value(document.at("stations")[i]); }));
    }
  }
  figures.push_back(figure("sojourn.mean", duration_text, documents, [](const Json& document) {
    return number(document.at("sojourn"), "mean_ns");
  }));
  figures.push_back(figure("throughput_per_s", four_digits, documents, [](const Json& document) {
    return number(document, "throughput_per_s");
  }));
  return figures;
}

}  // namespace double11::report
