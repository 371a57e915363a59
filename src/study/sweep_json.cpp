// A sweep as JSON.
#include <double11/study/sweep_result.hpp>
#include <double11/version.hpp>

#include <cmath>

#include <nlohmann/json.hpp>

#include "study/scaling_json.hpp"

namespace double11::study {
namespace {

using Json = nlohmann::ordered_json;

// What is infinite (never) has no number.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

Json document_of(const SweptFactor& swept) {
  return {{"key", swept.factor.key},
          {"values", swept.factor.values},
          {"numbers", swept.numbers.empty() ? Json() : Json(swept.numbers)}};
}

Json document_of(const SweepResult& result, const SweepRow& row) {
  Json values = Json::object();
  for (std::size_t i = 0; i < result.factors.size(); ++i) {
    const Factor& factor = result.factors[i].factor;
    values[factor.key] = factor.values[row.combination[i]];
  }
  Json metrics = Json::object();
  for (std::size_t i = 0; i < result.metrics.size(); ++i) {
    const auto summary = summary_of(row, i);
    Json& metric = metrics[result.metrics[i].name];
    if (!summary) continue;
    metric = {{"median", number(summary->median)},
              {"median_text", scenario::text_of(result.metrics[i].unit, summary->median)},
              {"least", number(summary->least)},
              {"most", number(summary->most)},
              {"values", Json::array()}};
    for (const SweepTrial& trial : row.trials) {
      metric["values"].push_back(number(trial.values[i]));
    }
  }
  Json verdicts = Json::array();
  for (const SweepTrial& trial : row.trials) verdicts.push_back(trial.verdict);
  Json capacity;
  if (result.capacity) {
    const SweptFactor& factor = result.factors[*result.capacity];
    capacity = row.capacity.value_or(factor.numbers[row.combination[*result.capacity]]);
  }
  return {{"values", values},
          {"scale", row.scale},
          {"capacity", capacity},
          {"metrics", metrics},
          {"verdicts", verdicts}};
}

}  // namespace

std::string json_of(const SweepResult& result, const std::vector<SweepLaw>& laws,
                    const std::string& text) {
  const std::optional<double> scale = scale_of(result);
  Json document{{"schema_version", 1},
                {"program", "double11"},
                {"version", kVersion},
                {"kind", "sweep"},
                {"command", result.command},
                {"scenario", result.scenario},
                {"mode", result.mode},
                {"rounds", result.rounds},
                {"interrupted", result.interrupted},
                {"scale", scale ? Json(*scale) : Json()},
                {"words", sentences_of(result)}};
  document["factors"] = Json::array();
  for (const SweptFactor& swept : result.factors) document["factors"].push_back(document_of(swept));
  document["metrics"] = Json::array();
  for (const scenario::Metric& metric : result.metrics) {
    document["metrics"].push_back({{"name", metric.name}, {"meaning", metric.meaning}});
  }
  document["combinations"] = Json::array();
  for (const SweepRow& row : result.rows) {
    document["combinations"].push_back(document_of(result, row));
  }
  document["laws"] = Json::array();
  for (const SweepLaw& law : laws) {
    Json found = document_of(law.findings, law.words);
    found["others"] = law.others;
    found["over"] = result.factors[*result.capacity].factor.key;
    found["left_out"] = law.sated;
    found["words"] = sentences_of(law);
    found["metric"] = result.metrics[law.metric].name;
    document["laws"].push_back(std::move(found));
  }
  document["text"] = text;
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace double11::study
