#include <double11/report/replications.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace double11::report {

Estimate estimate(std::span<const double> values) {
  Estimate result;
  result.count = values.size();
  const auto n = static_cast<double>(values.size());
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  result.least = *least;
  result.most = *most;
  if (values.size() < 2 || !std::isfinite(result.mean)) return result;
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  const boost::math::students_t distribution(n - 1);
  result.half_width = quantile(distribution, 0.975) * std::sqrt(squares / (n - 1) / n);
  return result;
}

std::string text_of(std::span<const Figure> figures) {
  std::string text = fmt::format("\nReplications {:<23}{:>11}{:>11}{:>11}{:>11}\n",
                                 figures.empty() ? 0 : figures.front().values.size(), "mean",
                                 "+- 95%", "least", "most");
  for (const Figure& figure : figures) {
    const Estimate found = estimate(figure.values);
    text += fmt::format("  {:<34}{:>11}{:>11}{:>11}{:>11}\n", figure.name, figure.text(found.mean),
                        found.half_width ? figure.text(*found.half_width) : "-",
                        figure.text(found.least), figure.text(found.most));
  }
  return text;
}

std::string json_of(std::span<const Figure> figures) {
  nlohmann::ordered_json document = nlohmann::ordered_json::object();
  for (const Figure& figure : figures) {
    const Estimate found = estimate(figure.values);
    document[figure.name] = {
        {"mean", found.mean},
        {"half_width_95",
         found.half_width ? nlohmann::ordered_json(*found.half_width) : nlohmann::ordered_json()},
        {"least", found.least},
        {"most", found.most},
        {"values", figure.values}};
  }
  return document.dump(1);
}

std::string with_replications(const std::string& json, std::span<const Figure> figures,
                              const Replicated& all) {
  auto document = nlohmann::ordered_json::parse(json);
  document["replications"] = nlohmann::ordered_json::parse(json_of(figures));
  auto& verdict = document.at("verdict");
  verdict["status"] = name_of(all.worst);
  verdict["exit_code"] = exit_code_of(all.worst);
  verdict["replications"] = all.runs;
  verdict["passed"] = all.passed;
  if (document.contains("text")) {
    document["text"] = all.before + "\n" + document["text"].get<std::string>() + all.after;
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
