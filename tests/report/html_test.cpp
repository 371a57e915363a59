#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>
#include <double11/report/result.hpp>
#include <double11/report/saved.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using nlohmann::json;
using scenario::small_scenario;

std::string result_of(const std::vector<std::string>& overrides) {
  const auto scenario = small_scenario(overrides);
  return report::json(conclude(scenario, virtual_time::simulate(scenario, {})), "double11 again");
}

json data_of(const std::string& page) {
  const std::string begin = "<script type=\"application/json\" id=\"result\">";
  const std::size_t from = page.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = page.find("</script>", from);
  return json::parse(page.substr(from + begin.size(), to - from - begin.size()));
}

std::int64_t sum_of(const json& column) {
  return std::accumulate(column.begin(), column.end(), std::int64_t{0},
                         [](std::int64_t sum, const json& one) { return sum + one.get<int>(); });
}

TEST_CASE("html: one file with page, style, scripts and the whole result") {
  const std::string result = result_of({});
  const std::string page = html(result);
  CHECK(page.find("<!DOCTYPE html>") == 0);
  CHECK(page.find("Chart.js v") != std::string::npos);
  for (const char* const placeholder : {"<!-- style -->", "<!-- data -->", "<!-- script -->"}) {
    CHECK(page.find(placeholder) == std::string::npos);
  }
  const json data = data_of(page);
  const json whole = json::parse(result);
  CHECK(data.at("funnel") == whole.at("funnel"));
  CHECK(data.at("timeline") == whole.at("timeline"));
  CHECK(data.at("command") == "double11 again");
  CHECK_FALSE(data.contains("fingerprints"));
}

TEST_CASE("html: nothing that a scenario says can end the data") {
  const std::string page =
      html(result_of({"title=</script><script>alert(1)</script><!-- script -->"}));
  CHECK(page.find("<script>alert(1)") == std::string::npos);
  CHECK(data_of(page).at("scenario").at("title") ==
        "</script><script>alert(1)</script><!-- script -->");
}

TEST_CASE("html: long series and histograms are thinned, and no order is lost by it") {
  const std::string result = result_of({"duration=4h", "traffic.curve[0].rate=2/s"});
  const json whole = json::parse(result);
  const json data = data_of(html(result));
  REQUIRE(whole.at("series").at("counts").at("offered").size() > 10'000);
  const json& series = data.at("series");
  CHECK(series.at("interval_ns").get<std::int64_t>() ==
        10 * whole.at("series").at("interval_ns").get<std::int64_t>());
  for (const auto& [step, column] : series.at("counts").items()) {
    INFO(step);
    CHECK(column.size() <= 1'500);
    CHECK(sum_of(column) == sum_of(whole.at("series").at("counts").at(step)));
    CHECK(series.at("peak").at(step).size() == column.size());
  }
  for (const auto& [step, histogram] : data.at("latency_ns").items()) {
    INFO(step);
    CHECK(histogram.at("cells").size() <= 400);
    std::int64_t count = 0;
    for (const json& cell : histogram.at("cells")) count += cell.at(1).get<int>();
    CHECK(count == histogram.at("count"));
  }
}

TEST_CASE("html: what is no result of a sale is refused") {
  for (const char* const text : {"", "{}", "[1]", "{\"program\":\"double11\"}",
                                 R"({"program":"double11","funnel":{},"series":{}})"}) {
    INFO(text);
    CHECK_THROWS_AS(html(text), NoResult);
  }
}

TEST_CASE("html: a comparison is a page as well") {
  const std::string before = result_of({});
  const std::string page = html_of_comparison(
      json_of(compare(before, result_of({"payment.servers=30"}), 0), {"a", "b"}));
  CHECK(page.find("<!DOCTYPE html>") == 0);
  CHECK(data_of(page).at("scenario") == "small");
  CHECK(data_of(page).at("regressed") == true);
}

TEST_CASE("saved: the text of a saved result is the report that was printed") {
  const auto scenario = small_scenario();
  const auto record = virtual_time::simulate(scenario, {});
  const Result result = conclude(scenario, record);
  CHECK(saved_text(report::json(result, "double11 again")) ==
        text(result, "double11 again", false));
  CHECK_FALSE(saved_text(report::json(result)));
  CHECK_FALSE(saved_text("no JSON"));
  CHECK_FALSE(saved_text("[]"));
}

TEST_CASE("json: what is there over time, by SKU and by region adds up") {
  const json result = json::parse(result_of({"catalogue.hot.stock=10", "payment.servers=40"}));
  const json& hot = result.at("hot");
  REQUIRE(hot.size() == 10);
  for (std::size_t i = 1; i < hot.size(); ++i) {
    CHECK(hot[i - 1].at("units").get<int>() >= hot[i].at("units").get<int>());
  }
  const bool any_refused = std::any_of(hot.begin(), hot.end(), [](const json& one) {
    return one.at("refused").get<bool>() && one.at("left") == 0;
  });
  CHECK_FALSE(any_refused);  // those with ten units are not among the ten
  std::int64_t orders = 0;
  for (const json& region : result.at("dispatched_by_region")) {
    orders += region.at("orders").get<int>();
  }
  CHECK(orders == result.at("funnel").at("dispatched").at("count"));
  const json& timeline = result.at("timeline");
  const std::size_t looks = timeline.at("at_ns").size();
  CHECK(looks >= 200);
  CHECK(timeline.at("busy_share").empty());
  for (const char* const column : {"servers", "servers_busy", "in_flight"}) {
    CHECK(timeline.at(column).size() == looks);
  }
  CHECK(timeline.at("queue").at("payment").size() == looks);
  const json& latency = result.at("latency_over_time");
  CHECK(latency.at("every") == 1);
  CHECK(sum_of(latency.at("count")) == result.at("funnel").at("dispatched").at("count"));
  for (std::size_t row = 0; row < latency.at("count").size(); ++row) {
    CHECK(latency.at("p50")[row].is_null() == (latency.at("count")[row] == 0));
    if (!latency.at("p50")[row].is_null()) {
      CHECK(latency.at("p50")[row].get<double>() <= latency.at("p99.9")[row].get<double>());
    }
  }
}

}  // namespace
}  // namespace double11::report
