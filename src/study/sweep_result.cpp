#include <double11/scenario/keys.hpp>
#include <double11/study/sweep_result.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include <fmt/format.h>

namespace double11::study {
namespace {

constexpr std::array<std::string_view, 2> kCapacities{"workers", "servers"};
constexpr std::array<std::string_view, 2> kScales{"simulate.scale", "traffic.scale"};
constexpr std::string_view kSeed = "seed";

std::string last_word_of(const std::string& key) {
  return key.substr(key.rfind('.') + 1);
}

std::string stands_for(const SweptFactor& capacity, const SweepRow& row, std::size_t value,
                       const ScalingWords& words) {
  if (!row.capacity || *row.capacity == capacity.numbers[value]) return {};
  return fmt::format("{} {} are {:g} there", capacity.factor.values[value], words.many,
                     *row.capacity);
}

}  // namespace

std::optional<SweepSummary> summary_of(const SweepRow& row, std::size_t metric) {
  if (row.trials.empty()) return std::nullopt;
  std::vector<double> values;
  values.reserve(row.trials.size());
  for (const SweepTrial& trial : row.trials) values.push_back(trial.values[metric]);
  std::sort(values.begin(), values.end());
  SweepSummary summary;
  summary.least = values.front();
  summary.most = values.back();
  const std::size_t middle = values.size() / 2;
  summary.median = values.size() % 2 == 1 || std::isinf(values[middle])
                       ? values[middle]
                       : (values[middle - 1] + values[middle]) / 2;
  if (values.size() > 1 && std::isfinite(summary.most)) {
    summary.spread = (summary.most - summary.least) / 2;
  }
  return summary;
}

std::string label_of(const SweepResult& result, const Combination& combination,
                     std::optional<std::size_t> without) {
  std::string label;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    if (i == without) continue;
    const Factor& factor = result.factors[i].factor;
    label += (label.empty() ? "" : " ") + factor.key + "=" + factor.values[combination[i]];
  }
  return label;
}

bool is_capacity(const std::string& key) {
  return std::find(kCapacities.begin(), kCapacities.end(), last_word_of(key)) != kCapacities.end();
}

bool is_amount(const std::string& key) {
  const scenario::Key* const row = scenario::find_key(key);
  if (row == nullptr || row->path == kSeed) return false;
  return row->kind == scenario::Kind::count || row->kind == scenario::Kind::rate ||
         std::find(kScales.begin(), kScales.end(), row->path) != kScales.end();
}

ScalingWords words_of(const std::string& key) {
  const std::string last = last_word_of(key);
  if (last.size() > 1 && last.back() == 's') return {last.substr(0, last.size() - 1), last, {}};
  return {last + " unit", last + " units", {}};
}

std::vector<SweepLaw> laws_of(const SweepResult& result) {
  const auto rate = std::find_if(result.metrics.begin(), result.metrics.end(),
                                 [](const scenario::Metric& metric) {
                                   return metric.unit == scenario::MetricUnit::rate_per_s;
                                 });
  if (!result.capacity || rate == result.metrics.end()) return {};
  const auto metric = static_cast<std::size_t>(rate - result.metrics.begin());
  const SweptFactor& capacity = result.factors[*result.capacity];
  std::vector<SweepLaw> laws;
  std::map<std::string, std::vector<ScalingPoint>> points;
  for (const SweepRow& row : result.rows) {
    const std::string others = label_of(result, row.combination, result.capacity);
    const std::size_t value = row.combination[*result.capacity];
    if (!points.contains(others)) {
      points[others] = {};
      laws.push_back({others, metric, words_of(capacity.factor.key), {}, {}, row.scale, {}});
      laws.back().words.per = "/s";
      laws.back().stands_for = stands_for(capacity, row, value, laws.back().words);
    }
    const auto law = std::find_if(laws.begin(), laws.end(),
                                  [&](const SweepLaw& one) { return one.others == others; });
    const bool is_sated = std::any_of(row.trials.begin(), row.trials.end(),
                                      [](const SweepTrial& trial) { return trial.sated; });
    if (is_sated) law->sated.push_back(capacity.factor.values[value]);
    for (const SweepTrial& trial : row.trials) {
      const double number = row.capacity.value_or(capacity.numbers[value]);
      if (is_sated || !trial.trusted || number < 1 || !(trial.values[metric] > 0)) continue;
      points[others].push_back({number, trial.values[metric]});
    }
  }
  for (SweepLaw& law : laws) {
    if (!points[law.others].empty()) law.findings = find_scaling(points[law.others]);
  }
  return laws;
}

std::optional<double> scale_of(const SweepResult& result) {
  if (result.rows.empty()) return 1;
  const double scale = result.rows.front().scale;
  const bool same = std::all_of(result.rows.begin(), result.rows.end(),
                                [&](const SweepRow& row) { return row.scale == scale; });
  return same ? std::optional(scale) : std::nullopt;
}

std::optional<std::size_t> highest_of(const SweepResult& result) {
  std::optional<std::size_t> highest;
  double most = 0;
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const auto summary = summary_of(result.rows[i], 0);
    if (!summary || (highest && !(summary->median > most))) continue;
    highest = i;
    most = summary->median;
  }
  return highest;
}

}  // namespace double11::study
