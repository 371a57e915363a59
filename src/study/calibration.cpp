#include <double11/core/ensure.hpp>
#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/study/calibration.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenario/key_table.hpp"

namespace double11::study {
namespace {

using Json = nlohmann::ordered_json;
using Place = CalibrationTarget::Place;
using scenario::Distribution;

constexpr std::string_view kPayment = "payment.latency";
constexpr std::string_view kChannel = "payment.channels[";
constexpr std::string_view kChannelEnd = "].latency";
constexpr std::string_view kStation = "network.stations[";
constexpr std::string_view kStationEnd = "].service";

const scenario::Key& mean_key(Place place) {
  const scenario::Key* const key = scenario::find_key(
      place == Place::station ? "network.stations[].service.mean" : "payment.latency.mean");
  ensure(key != nullptr, "the key table has the means of payment and of stations");
  return *key;
}

// Only what the law needs.
Json json_of(const scenario::RandomDuration& law) {
  Json json;
  json["distribution"] = scenario::name_of(law.distribution);
  const auto say = [&](const char* name, Duration value) { json[name] = text_of_duration(value); };
  switch (law.distribution) {
    case Distribution::lognormal:
      say("p50", law.p50);
      say("p99", law.p99);
      break;
    case Distribution::uniform:
      say("least", law.least);
      say("most", law.most);
      break;
    case Distribution::constant:
    case Distribution::exponential:
      say("mean", law.mean);
      break;
    case Distribution::erlang:
    case Distribution::gamma:
    case Distribution::weibull:
    case Distribution::pareto:
      say("mean", law.mean);
      json["shape"] = law.shape;
      break;
    case Distribution::lognormal_mean:
      say("mean", law.mean);
      json["sigma"] = law.sigma;
      break;
    case Distribution::hyperexponential:
      say("mean", law.mean);
      json["scv"] = law.scv;
      break;
    case Distribution::empirical:
    case Distribution::none:
      break;
  }
  return json;
}

// The list as it is, with a cell in a line: hundreds of them.
std::string cells_text(const CalibratedLaw& law, const std::string& station) {
  std::string text;
  for (const scenario::MeasuredDuration& cell : law.histogram) {
    text += fmt::format("{}      {{{}\"value\": \"{}\", \"weight\": {:.0f}}}",
                        text.empty() ? "\n" : ",\n",
                        station.empty() ? "" : "\"station\": " + Json(station).dump() + ", ",
                        text_of_duration(cell.value), cell.weight);
  }
  return "[" + text + "\n    ]";
}

std::vector<stages::EmpiricalLaw::Cell> station_cells(const scenario::Network& network,
                                                      const std::string& station) {
  std::vector<stages::EmpiricalLaw::Cell> cells;
  for (const scenario::HistogramCell& cell : network.histogram) {
    if (cell.station == station) cells.emplace_back(cell.value, cell.weight);
  }
  return cells;
}

template <typename Law>
Timings draws(const Law& law, std::int64_t count, std::uint64_t seed) {
  Timings timings;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    timings.add(
        std::max<std::int64_t>(0, law(random_block(seed, Purpose::service, index).wide(0))));
  }
  return timings;
}

template <typename Elements>
auto named(Elements& elements, const std::string& name) {
  return std::find_if(elements.begin(), elements.end(),
                      [&](const auto& element) { return element.name == name; });
}

}  // namespace

std::int64_t CalibrationTarget::least_ns() const {
  return static_cast<std::int64_t>(mean_key(place).least);
}

std::int64_t CalibrationTarget::most_ns() const {
  return static_cast<std::int64_t>(mean_key(place).most);
}

std::string CalibrationTarget::key() const {
  if (place == Place::payment) return std::string(kPayment);
  return place == Place::channel ? fmt::format("{}{}{}", kChannel, name, kChannelEnd)
                                 : fmt::format("{}{}{}", kStation, name, kStationEnd);
}

std::optional<CalibrationTarget> target_of(std::string_view key) {
  if (key == kPayment) return CalibrationTarget{};
  const auto between = [&](std::string_view begin, std::string_view end, Place place) {
    std::optional<CalibrationTarget> target;
    if (key.size() > begin.size() + end.size() && key.starts_with(begin) && key.ends_with(end)) {
      key = key.substr(begin.size(), key.size() - begin.size() - end.size());
      target = CalibrationTarget{place, std::string(key)};
    }
    return target;
  };
  if (auto channel = between(kChannel, kChannelEnd, Place::channel)) return channel;
  return between(kStation, kStationEnd, Place::station);
}

CalibratedLaw empirical(const Timings& timings, std::size_t cells) {
  CalibratedLaw law;
  law.law.distribution = Distribution::empirical;
  for (const Timings::Cell& cell : timings.cells(cells)) {
    law.histogram.push_back(
        {Duration(std::llround(cell.value_ns)), static_cast<double>(cell.count)});
  }
  return law;
}

std::string piece_of(const CalibrationTarget& target, const CalibratedLaw& law) {
  const std::string text = json_of(law.law).dump();
  const std::string name = Json(target.name).dump();
  const bool listed = law.law.distribution == Distribution::empirical;
  const std::string histogram =
      listed ? ",\n    \"histogram\": " +
                   cells_text(law, target.place == Place::station ? target.name : "")
             : "";
  switch (target.place) {
    case Place::payment:
      return fmt::format("{{\n  \"payment\": {{\n    \"latency\": {}{}\n  }}\n}}\n", text,
                         histogram);
    case Place::channel:
      return fmt::format(
          "{{\n  \"payment\": {{\n    \"channels\": [\n      {{\"name\": {}, \"latency\": {}}}\n"
          "    ]\n  }}\n}}\n",
          name, text);
    case Place::station:
      break;
  }
  return fmt::format(
      "{{\n  \"network\": {{\n    \"stations\": [\n      {{\"name\": {}, \"service\": {}}}\n"
      "    ]{}\n  }}\n}}\n",
      name, text, histogram);
}

scenario::Loaded with_piece(const std::string& piece) {
  Json document = Json::parse(
      R"({"name": "calibrated", "duration": "1s", "traffic": {"curve": [{"at": "0s", "rate": "1/s"}]}})");
  document.merge_patch(Json::parse(piece));
  if (document.contains("payment") && document["payment"].contains("channels")) {
    // A single channel has all orders.
    document["payment"]["channels"][0]["share"] = 1;
  }
  return scenario::parse(document.dump(), "the piece");
}

bool put_into(scenario::Scenario& scenario, const CalibrationTarget& target,
              const CalibratedLaw& law) {
  if (target.place == Place::payment) {
    if (scenario::is_network(scenario) || !scenario.payment.channels.empty()) return false;
    scenario.payment.latency = law.law;
    scenario.payment.histogram = law.histogram;
    return true;
  }
  if (target.place == Place::channel) {
    const auto channel = named(scenario.payment.channels, target.name);
    if (channel == scenario.payment.channels.end()) return false;
    channel->latency = law.law;
    return true;
  }
  const auto station = named(scenario.network.stations, target.name);
  if (station == scenario.network.stations.end()) return false;
  station->service = law.law;
  auto& cells = scenario.network.histogram;
  std::erase_if(cells,
                [&](const scenario::HistogramCell& cell) { return cell.station == target.name; });
  std::transform(law.histogram.begin(), law.histogram.end(), std::back_inserter(cells),
                 [&](const scenario::MeasuredDuration& cell) {
                   return scenario::HistogramCell{target.name, cell.value, cell.weight};
                 });
  return true;
}

Timings drawn_from(const scenario::Scenario& scenario, const CalibrationTarget& target,
                   std::int64_t count, std::uint64_t seed) {
  if (target.place == Place::station) {
    const auto station = named(scenario.network.stations, target.name);
    ensure(station != scenario.network.stations.end(), "put_into() has found the station");
    if (station->service.distribution == Distribution::empirical) {
      return draws(stages::EmpiricalLaw(station_cells(scenario.network, target.name)), count, seed);
    }
    return draws(stages::service_time(station->service), count, seed);
  }
  const stages::PaymentLaws laws(scenario);
  if (target.place == Place::payment) {
    return laws.histogram ? draws(*laws.histogram, count, seed) : draws(laws.latency, count, seed);
  }
  const auto channel = named(scenario.payment.channels, target.name);
  ensure(channel != scenario.payment.channels.end(), "put_into() has found the channel");
  const auto index = static_cast<std::size_t>(channel - scenario.payment.channels.begin());
  return draws(laws.channels[index].latency, count, seed);
}

std::vector<CalibrationFigure> agreement(const Timings& measured, const CalibratedLaw& law,
                                         const Timings& drawn) {
  const bool exact = law.law.distribution == Distribution::empirical;
  const auto count = static_cast<double>(drawn.count());
  std::vector<CalibrationFigure> figures;
  figures.push_back({"mean", measured.mean_ns(), drawn.mean_ns(), 0});
  const double chance_ns = measured.deviation_ns() / std::sqrt(count);
  if (exact && chance_ns > 0) {
    figures[0].z = (drawn.mean_ns() - measured.mean_ns()) / chance_ns;
  }
  struct Percentile {
    const char* name;
    double share;
  };
  for (const Percentile& percentile : {Percentile{"p50", 0.5}, {"p99", 0.99}, {"p99.9", 0.999}}) {
    CalibrationFigure figure{percentile.name, measured.quantile_ns(percentile.share),
                             drawn.quantile_ns(percentile.share), 0};
    // The cell with that percentile, and the share of everything up to it.
    double weight = 0;
    const double wanted = percentile.share * static_cast<double>(measured.count());
    for (const scenario::MeasuredDuration& cell : law.histogram) {
      weight += cell.weight;
      if (weight < wanted) continue;
      const double share = weight / static_cast<double>(measured.count());
      std::int64_t up_to = 0;
      for (const Timings::Cell& drawn_cell : drawn.cells()) {
        if (drawn_cell.value_ns <= static_cast<double>(cell.value.count()) + 0.5) {
          up_to += drawn_cell.count;
        }
      }
      const double deviation = std::sqrt(share * (1 - share) * count);
      if (deviation > 0) figure.z = (static_cast<double>(up_to) - share * count) / deviation;
      break;
    }
    figures.push_back(figure);
  }
  return figures;
}

}  // namespace double11::study
