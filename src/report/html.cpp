#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "report/assembled.hpp"
#include "report/network_thinned.hpp"
#include "report/pages.hpp"
#include "report/parsed_result.hpp"
#include "report/thinned.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// Several intervals as one; what was most in one of them is kept beside.
void thin_series(Json& series) {
  Json& counts = series.at("counts");
  std::size_t rows = 0;
  for (const Json& column : counts) rows = std::max(rows, column.size());
  if (rows <= kRowsMost) return;
  const std::size_t group = rows_in_one(rows);
  const auto interval_ns = series.at("interval_ns").get<std::int64_t>();
  const double interval_s = static_cast<double>(interval_ns) * 1e-9;
  Json peak;
  for (auto& [step, column] : counts.items()) {
    Json sums = Json::array();
    Json peaks = Json::array();
    for (std::size_t row = 0; row < column.size(); row += group) {
      std::int64_t sum = 0;
      std::int64_t most = 0;
      for (std::size_t i = row; i < std::min(row + group, column.size()); ++i) {
        const auto count = column[i].get<std::int64_t>();
        sum += count;
        most = std::max(most, count);
      }
      sums.push_back(sum);
      peaks.push_back(static_cast<double>(most) / interval_s);
    }
    column = std::move(sums);
    peak[step] = std::move(peaks);
  }
  series["interval_ns"] = interval_ns * static_cast<std::int64_t>(group);
  series["peak"] = std::move(peak);
}

void thin(Json& result) {
  result.erase("fingerprints");
  if (result.contains("series")) thin_series(result.at("series"));
  if (result.contains("latency_ns")) {
    for (Json& histogram : result.at("latency_ns")) thin_histogram(histogram);
  }
  for (const char* const one : {"generator_lag_ns", "delivery_s"}) {
    if (result.contains(one)) thin_histogram(result.at(one));
  }
  if (!result.contains("segments")) return;
  for (Json& segment : result.at("segments")) thin_histogram(segment.at("dispatched_latency_ns"));
}

std::string text_of(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string html(std::string_view result) {
  auto [document, kind] = parsed_result(result);
  const bool is_network = kind == Kind::network;
  try {
    is_network ? thin_network(document) : thin(document);
  } catch (const Json::exception& error) {
    throw NoResult(std::string("lacks what a result has (") + error.what() + ")");
  }
  const Page page = is_network ? Page{"double11 report", kNetworkScript, true, kNetworkStyle}
                               : Page{"double11 report", kReportScript};
  return assembled(page, text_of(document));
}

std::string html_of_comparison(std::string_view comparison) {
  return assembled({"double11 comparison", kCompareScript, false},
                   text_of(Json::parse(comparison)));
}

std::string html_of_capacity(std::string_view capacity) {
  return assembled({"double11 capacity", kCapacityScript}, text_of(Json::parse(capacity)));
}

}  // namespace double11::report
