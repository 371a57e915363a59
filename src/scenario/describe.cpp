#include <double11/core/outcome.hpp>
#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/metrics.hpp>
#include <double11/scenario/network_metrics.hpp>
#include <double11/scenario/words.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

std::string full_row(const Key& key) {
  std::string text = fmt::format("{}\n  {}\n  {}; {}; default {}\n", key.path, key.meaning,
                                 name_of(key.kind), range_of(key), default_of(key));
  if (!key.applies_when.empty()) text += fmt::format("  applies when {}\n", key.applies_when);
  return text;
}

std::string list_of(const std::vector<Metric>& all) {
  std::string text;
  for (const Metric& metric : all) {
    text += fmt::format("  {:<28} {}\n", metric.name, metric.meaning);
  }
  return text;
}

// Of sales and of networks of queues, those of any station by the name that the lists have.
std::vector<Metric> all_metrics() {
  std::vector<Metric> all = metrics();
  all.insert(all.end(), network_metrics().begin(), network_metrics().end());
  return all;
}

std::string_view unit_of(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::rate_per_s:
      return "rate";
    case MetricUnit::share:
      return "share";
    case MetricUnit::duration_ns:
      return "duration";
    case MetricUnit::ratio:
      return "number";
    case MetricUnit::count:
      break;
  }
  return "count";
}

std::string table_of(const std::vector<Metric>& all) {
  std::string table = "| metric | unit | meaning |\n| --- | --- | --- |\n";
  for (const Metric& metric : all) {
    table += fmt::format("| `{}` | {} | {} |\n", metric.name, unit_of(metric.unit), metric.meaning);
  }
  return table;
}

// A pipe inside a table cell would end it.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
    text.insert(at, "\\");
  }
  return text;
}

// The shortest beginning of a path that ends with the name, or nothing.
std::string up_to_name(std::string_view path, std::string_view name) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    std::string_view part = path.substr(begin, end - begin);
    if (part.size() > 2 && part.substr(part.size() - 2) == "[]") part.remove_suffix(2);
    if (part == name) return std::string(path.substr(0, begin)) + std::string(part);
    begin = end + 1;
  }
  return "";
}

std::string topic_named(std::string_view name) {
  for (const Key& key : keys()) {
    if (auto found = up_to_name(key.path, name); explain(found)) return found;
  }
  for (const Metric& metric : all_metrics()) {
    if (!up_to_name(metric.name, name).empty()) return metric.name;
  }
  return "";
}

}  // namespace

std::string nearest_topic(std::string_view words) {
  std::string joined(words);
  std::replace(joined.begin(), joined.end(), ' ', '_');
  if (auto found = topic_named(joined); !found.empty()) return found;
  if (auto found = nearest_path(words); !found.empty()) return found;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    if (auto found = topic_named(words.substr(begin, end - begin)); !found.empty()) return found;
    begin = end + 1;
  }
  return "";
}

std::optional<std::string> explain(std::string_view path) {
  std::string text = explain_word(path);
  if (const Key* const key = find_key(path)) text += full_row(*key);
  const std::string group = std::string(path) + ".";
  const std::string elements = std::string(path) + "[]";
  for (const Key& key : keys()) {
    if (key.path.compare(0, group.size(), group) == 0 ||
        key.path.compare(0, elements.size(), elements) == 0) {
      text += full_row(key);
    }
  }
  if (path == "thresholds") {
    text += "The metrics of sales:\n" + list_of(metrics());
    text += "The metrics of networks of queues:\n" + list_of(network_metrics());
  }
  for (const Metric& metric : all_metrics()) {
    if (metric.name != path) continue;
    text += fmt::format("{}\n  metric for thresholds, a {}: {}\n", metric.name,
                        unit_of(metric.unit), metric.meaning);
  }
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string list_of_keys() {
  std::string text;
  for (const Key& key : keys()) {
    text += fmt::format("{:<36} {}\n", key.path, default_of(key));
  }
  return text;
}

std::string reference_page() {
  std::string page =
      "# Scenario files\n\n"
      "Written by `double11 scenario explain --markdown`; a test keeps it so. A scenario is one "
      "JSON object (comments allowed). Every key can be set from the command line: "
      "`--set payment.servers=10k`, `--set traffic.curve[0].rate=1k/s`. An element of a list may "
      "be "
      "meant by its name: `--set network.stations[till].servers=2`.\n\n"
      "## Keys\n\n"
      "| key | meaning | kind | range | default |\n| --- | --- | --- | --- | --- |\n";
  for (const Key& key : keys()) {
    std::string meaning = key.meaning;
    if (!key.applies_when.empty()) meaning += fmt::format(" Applies when {}.", key.applies_when);
    page += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.path, cell(meaning),
                        name_of(key.kind), cell(range_of(key)), default_of(key));
  }
  page +=
      "\n## Metrics for thresholds\n\nA threshold is `METRIC OPERATOR VALUE`, with `<` `<=` `>` "
      "`>=` `==` `!=`. Metrics of sales:\n\n" +
      table_of(metrics()) +
      "\nMetrics of networks of queues, each replication judged by itself. A station stands in the "
      "brackets, by its name or position: `stations[till].wait.mean < 1s`.\n\n" +
      table_of(network_metrics());
  page += "\n## The funnel\n\n| step | meaning |\n| --- | --- |\n";
  for (const Funnel step : kFunnel) {
    page += fmt::format("| `{}` | {} |\n", name_of(step), meaning_of(step));
  }
  page += "\n## Outcomes\n\n| outcome | meaning |\n| --- | --- |\n";
  for (const Outcome outcome : kAllOutcomes) {
    page += fmt::format("| `{}` | {} |\n", name_of(outcome), meaning_of(outcome));
  }
  return page;
}

std::string starter(std::string_view name) {
  return fmt::format(R"({{
  "name": "{}",
  "title": "A sale of ten seconds: 10k orders/s, one hot item in five",
  "assumptions": ["Every value here is a starting point: replace it by yours."],
  "duration": "10s",
  "target": {{"rate": "9k/s", "of": "reserved"}},
  "thresholds": ["latency.dispatched.p99 < 400ms", "audit.violations == 0"],
  "traffic": {{
    "curve": [
      {{"at": "0s", "rate": "2k/s", "shape": "ramp"}},
      {{"at": "3s", "rate": "10k/s", "shape": "step"}}
    ],
    "buyers": "1M",
    "basket": [0.7, 0.3],
    "regions": [{{"name": "north", "share": 0.5}}, {{"name": "south", "share": 0.5}}]
  }},
  "catalogue": {{
    "skus": 5000, "stock": 1000,
    "price_min": "20 yuan", "price_max": "300 yuan",
    "hot": {{"skus": 10, "share": 0.2, "stock": 20000}}
  }},
  "admission": {{"in_flight_limit": "10k", "queue_limit": "5k"}},
  "payment": {{
    "servers": 2000,
    "latency": {{"distribution": "lognormal", "p50": "60ms", "p99": "250ms"}},
    "decline_probability": "3%"
  }},
  "logistics": {{
    "warehouses": [
      {{"name": "north-1", "region": "north", "capacity": "6k/s"}},
      {{"name": "south-1", "region": "south", "capacity": "6k/s"}}
    ]
  }}
}}
)",
                     name);
}

}  // namespace double11::scenario
