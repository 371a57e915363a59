#include "study/scaling_json.hpp"

namespace double11::study {
namespace {

using Json = nlohmann::ordered_json;

Json document_of(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return {{"value", interval->value}, {"low_95", interval->low}, {"high_95", interval->high}};
}

Json document_of(const Coefficient& coefficient) {
  Json document{{"value", coefficient.value}, {"standard_error", nullptr}};
  if (coefficient.standard_error) document["standard_error"] = *coefficient.standard_error;
  document["low_95"] = coefficient.interval ? Json(coefficient.interval->low) : Json();
  document["high_95"] = coefficient.interval ? Json(coefficient.interval->high) : Json();
  document["at_bound"] = coefficient.at_bound;
  return document;
}

Json document_of(const std::optional<ScalingFit>& fit) {
  if (!fit) return nullptr;
  Json document{{"lambda", document_of(fit->lambda)}, {"sigma", document_of(fit->sigma)}};
  if (fit->law == ScalingLaw::universal) document["kappa"] = document_of(fit->kappa);
  document["residual_standard_error"] = fit->residual_standard_error;
  document["degrees_of_freedom"] = fit->freedom;
  return document;
}

}  // namespace

Json document_of(const ScalingFindings& findings, const ScalingWords& words) {
  Json document;
  document["points"] = Json::array();
  for (const ScalingPoint& point : findings.points) {
    document["points"].push_back({point.capacity, point.throughput});
  }
  document["unit"] = words.many;
  document["amdahl"] = document_of(findings.amdahl);
  document["usl"] = document_of(findings.universal);
  const ScalingFit* const law = findings.preferred();
  document["preferred"] = nullptr;
  if (law != nullptr) document["preferred"] = law->law == ScalingLaw::amdahl ? "amdahl" : "usl";
  document["chance"] = findings.chance ? Json(*findings.chance) : Json();
  document["peak"] = document_of(findings.peak());
  document["peak_throughput"] = findings.peak() ? document_of(law->peak_throughput()) : Json();
  document["ceiling"] = document_of(findings.ceiling());
  const std::optional<double> optimum = findings.ceiling() ? law->optimum() : std::nullopt;
  document["optimum"] = optimum ? Json(*optimum) : Json();
  document["standstill_from"] = findings.standstill ? Json(findings.standstill->from) : Json();
  document["declines"] = findings.declines;
  document["words"] = sentences_of(findings, words);
  return document;
}

std::string json_of(const ScalingFindings& findings, const ScalingWords& words) {
  return document_of(findings, words).dump(1) + "\n";
}

}  // namespace double11::study
