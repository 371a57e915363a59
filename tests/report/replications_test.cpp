#include <double11/report/replications.hpp>

#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::report {

TEST_CASE("replications: mean and confidence interval by Student's t") {
  // t(0.975; 4) = 2.776445; the standard deviation of 1 to 5 is sqrt(2.5).
  const Estimate found = estimate(std::vector<double>{1, 2, 3, 4, 5});
  CHECK(found.count == 5);
  CHECK(found.mean == 3);
  CHECK(found.half_width.value() == Approx(2.776445 * 0.70710678).epsilon(1e-6));
  CHECK(found.least == 1);
  CHECK(found.most == 5);
}

TEST_CASE("replications: one value has no interval, that of equal ones has no width") {
  CHECK_FALSE(estimate(std::vector<double>{7}).half_width.has_value());
  CHECK(nlohmann::json::parse(
            json_of(std::vector<Figure>{{"x", {7}, [](double) { return ""; }}}))["x"]
            .at("half_width_95")
            .is_null());
  CHECK(estimate(std::vector<double>{7, 7, 7}).half_width == 0);
  CHECK_FALSE(estimate(std::vector<double>{7, HUGE_VAL}).half_width.has_value());
}

TEST_CASE("replications: text and JSON show every figure") {
  const std::vector<Figure> figures{
      {"till.wait.mean", {1, 3}, [](double value) { return fmt::format("{}s", value); }},
      {"till.lost.share", {0, 0}, [](double value) { return fmt::format("{}%", value); }}};
  const std::string text = text_of(figures);
  CHECK(text.find("Replications 2") != std::string::npos);
  CHECK(text.find("till.wait.mean") != std::string::npos);
  CHECK(text.find("2s") != std::string::npos);
  const auto json = nlohmann::json::parse(json_of(figures));
  CHECK(json["till.wait.mean"]["mean"] == 2);
  CHECK(json["till.wait.mean"]["values"].size() == 2);
  CHECK(json["till.lost.share"]["half_width_95"] == 0);
  const auto joined = nlohmann::json::parse(with_replications(
      R"({"seed": 1, "verdict": {"status": "PASS", "exit_code": 0}, "text": "PASS one"})", figures,
      {1, 2, Status::missed, "1 of 2", "the table"}));
  CHECK(joined["seed"] == 1);
  CHECK(joined["replications"]["till.wait.mean"]["most"] == 3);
  CHECK(joined["verdict"] ==
        nlohmann::json{{"status", "MISSED"}, {"exit_code", 3}, {"replications", 2}, {"passed", 1}});
  CHECK(joined["text"] == "1 of 2\nPASS onethe table");
}

}  // namespace double11::report
