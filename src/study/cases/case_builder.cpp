#include "study/cases/case_builder.hpp"

#include <double11/core/units.hpp>
#include <double11/study/theory/mmc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace double11::study {

std::string text_of_seconds(double seconds) {
  return text_of_duration(Duration(std::llround(seconds * 1e9)));
}

std::string text_of_rate(double per_s) {
  return fmt::format("{}/s", per_s);
}

Json exponential(double mean_s) {
  return {{"distribution", "exponential"}, {"mean", text_of_seconds(mean_s)}};
}

Json constant(double value_s) {
  return {{"distribution", "constant"}, {"mean", text_of_seconds(value_s)}};
}

Json uniform(double least_s, double most_s) {
  return {{"distribution", "uniform"},
          {"least", text_of_seconds(least_s)},
          {"most", text_of_seconds(most_s)}};
}

Json law(const std::string& name, double mean_s, const std::string& parameter, double value) {
  return {{"distribution", name}, {"mean", text_of_seconds(mean_s)}, {parameter, value}};
}

Json station(Json service, std::int64_t servers, const std::string& name) {
  return {{"name", name}, {"servers", servers}, {"service", std::move(service)}};
}

Window steady(double arrival_rate, double service_rate, std::int64_t servers, double jobs,
              double variation) {
  Window window;
  const double relaxation =
      theory::mm1_relaxation_time(arrival_rate, service_rate * static_cast<double>(servers));
  window.warm_up_s = std::ceil(25 / service_rate + 10 * relaxation * variation);
  window.length_s = std::ceil(jobs / arrival_rate / static_cast<double>(window.replications));
  return window;
}

CaseBuilder::CaseBuilder(const std::string& name, const std::string& family, double rate_per_s,
                         const Window& window)
    : arrivals_(rate_per_s * (window.warm_up_s + window.length_s) *
                static_cast<double>(window.replications)) {
  case_.name = name;
  case_.family = family;
  scenario_["name"] = name;
  scenario_["duration"] = text_of_seconds(window.warm_up_s + window.length_s);
  scenario_["traffic"]["curve"] = Json::array({{{"at", "0s"}, {"rate", text_of_rate(rate_per_s)}}});
  scenario_["simulate"] = {{"warm_up", text_of_seconds(window.warm_up_s)},
                           {"replications", window.replications}};
  scenario_["network"]["stations"] = Json::array();
}

CaseBuilder& CaseBuilder::add_station(Json station) {
  scenario_["network"]["stations"].push_back(std::move(station));
  return *this;
}

CaseBuilder& CaseBuilder::set(const std::string& pointer, Json value) {
  scenario_[Json::json_pointer(pointer)] = std::move(value);
  return *this;
}

CaseBuilder& CaseBuilder::set_curve(std::initializer_list<std::pair<double, double>> points) {
  Json curve = Json::array();
  for (const auto& [at_s, per_s] : points) {
    curve.push_back({{"at", text_of_seconds(at_s)}, {"rate", text_of_rate(per_s)}});
  }
  return set("/traffic/curve", std::move(curve));
}

CaseBuilder& CaseBuilder::expect(Expectation expectation) {
  case_.expectations.push_back(std::move(expectation));
  return *this;
}

CaseBuilder& CaseBuilder::expect_means(const theory::QueueMeans& means,
                                       const std::string& station) {
  for (const auto& [metric, value] : {std::pair{"wait.mean", means.mean_wait},
                                      {"waiting.mean", means.mean_waiting},
                                      {"sojourn.mean", means.mean_sojourn},
                                      {"in_system.mean", means.mean_in_system}}) {
    expect(Expectation{metric, value, Judgement::exact, 0, station});
  }
  if (means.wait_probability > 0) {
    expect(Expectation{"wait.share", means.wait_probability, Judgement::exact, 0, station});
  }
  return *this;
}

CaseBuilder& CaseBuilder::note(const std::string& text) {
  case_.note = text;
  return *this;
}

CaseBuilder& CaseBuilder::visits(double per_arrival) {
  visits_ = per_arrival;
  return *this;
}

void CaseBuilder::add_to(std::vector<ValidationCase>& cases) const {
  ValidationCase finished = case_;
  finished.scenario = scenario_.dump();
  const auto stations = static_cast<double>(scenario_["network"]["stations"].size());
  finished.jobs = arrivals_ * (visits_ > 0 ? visits_ : stations);
  cases.push_back(std::move(finished));
}

}  // namespace double11::study
