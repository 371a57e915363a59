#include <double11/study/scaling_findings.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "study/scaling_points.hpp"

namespace double11::study {
namespace {

const ScalingWords kWorkers{"worker", "workers", "/h"};

std::string told(const std::vector<ScalingPoint>& points) {
  std::string text;
  for (const std::string& sentence : sentences_of(find_scaling(points), kWorkers)) {
    text += sentence + " ";
  }
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Points on the law, each a little off, alternately above and below.
std::vector<ScalingPoint> points_of(double sigma, double kappa, double off,
                                    const std::vector<double>& capacities) {
  std::vector<ScalingPoint> points;
  double sign = 1;
  for (const double n : capacities) {
    const double exact = 100 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
    points.push_back({n, exact * (1 + sign * off)});
    sign = -sign;
  }
  return points;
}

}  // namespace

TEST_CASE("SPEC SDM91 in words: serial part, pairs, peak, ceiling, and why this law") {
  const ScalingFindings findings = find_scaling(spec_sdm91());
  REQUIRE(findings.preferred() != nullptr);
  CHECK(findings.preferred()->law == ScalingLaw::universal);
  // F = (squares of Amdahl - squares) / (squares / 4).
  const double f =
      (findings.amdahl->squares - findings.universal->squares) / (findings.universal->squares / 4);
  // The table of F(1, 4): 12.22 at 2.5 %, 21.20 at 1 %.
  CHECK(f > 12.22);
  CHECK(f < 21.20);
  CHECK(*findings.chance < 0.025);
  CHECK(*findings.chance > 0.01);
  REQUIRE(findings.peak());
  CHECK(findings.peak()->low < 96.52);
  CHECK(findings.peak()->high > 96.52);

  const std::string text = told(spec_sdm91());
  CAPTURE(text);
  CHECK(holds(text, "better than Amdahl's by more than chance"));
  CHECK(holds(text, "One worker alone does 90/h (95 %: 50.5/h to 129/h)."));
  CHECK(holds(text, "2.77 % of the work is serial (95 %: 0.24 to 5.31 %)."));
  CHECK(holds(text, "Each pair of workers costs another 0.0104 %"));
  CHECK(holds(text, "The peak is at 96.5 workers"));
  CHECK(holds(text, "with a throughput of 1,884/h"));
  CHECK(holds(text, "Amdahl's ceiling, 3,246/h"));
}

TEST_CASE("Scaling findings: what is hardly missing from proportion is not called serial work") {
  // By Amdahl's law with sigma = 0.0005: 4.7 % are missing at 100.
  std::vector<ScalingPoint> points;
  for (const double n : {10.0, 20.0, 50.0, 100.0}) {
    const double exact = 10 * n / (1 + 0.0005 * (n - 1));
    points.push_back({n, exact * 1.001});
    points.push_back({n, exact * 0.999});
  }
  const std::string text = told(points);
  CAPTURE(text);
  CHECK(holds(text,
              "It grows nearly in proportion: the law reads what is missing at 100 workers, 4."));
  CHECK_FALSE(holds(text, "of the work is serial"));
}

TEST_CASE("Scaling findings: costs of pairs are neither nearly in proportion nor a standstill") {
  const auto by_law = [](double sigma, double kappa, const std::vector<double>& capacities) {
    std::vector<ScalingPoint> points;
    for (const double n : capacities) {
      const double exact = 100 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
      points.push_back({n, exact * 1.0001});
      points.push_back({n, exact * 0.9999});
    }
    return told(points);
  };
  const std::string peak = by_law(0.0005, 0.0005, {1, 10, 20, 40, 60, 100});
  CAPTURE(peak);
  CHECK(holds(peak, "The peak is at 44.7 workers"));
  CHECK_FALSE(holds(peak, "nearly in proportion"));
  const std::string halves = told({{1, 10}, {2, 6.6}, {4, 4}, {8, 2.2}, {16, 1.2}, {32, 0.6}});
  CAPTURE(halves);
  CHECK_FALSE(holds(halves, "stands still"));
}

TEST_CASE("Scaling findings: throughput that stands still from the first unit on does not fall") {
  std::vector<ScalingPoint> points;
  for (const double n : {1.0, 2.0, 4.0, 8.0}) {
    for (const double noise : {0.99, 1.0, 1.01}) points.push_back({n, 100 * noise});
  }
  const std::string text = told(points);
  CAPTURE(text);
  CHECK(holds(text, "A second worker brings nothing: sigma, "));
}

TEST_CASE("A peak a little beyond the data is called an extrapolation") {
  CHECK(holds(told(cisco_mysql()), "The peak is at 35.6 workers"));
  CHECK(holds(told(cisco_mysql()), "beyond the 32 measured, so it is an extrapolation"));
  CHECK_FALSE(holds(told(spec_sdm91()), "extrapolation"));
}

TEST_CASE("A ceiling far above the data is not seen in it, as little as such a peak") {
  // 37,267 by the law, 12,211 measured.
  CHECK(holds(told(cisco_mysql()), "ceiling would be beyond 2 times the highest throughput"));
  CHECK_FALSE(find_scaling(cisco_mysql()).ceiling());
  CHECK_FALSE(holds(told(cisco_mysql()), "37,2"));
  CHECK_FALSE(holds(table_of(find_scaling(cisco_mysql())), "meets the ceiling"));
  CHECK(nlohmann::json::parse(json_of(find_scaling(cisco_mysql()), kWorkers))
            .at("ceiling")
            .is_null());
}

TEST_CASE("Where throughput only rises no peak is told, whatever the law says") {
  // The last of a closed loop before one lock: n / (think time + wait), by exact MVA.
  std::vector<ScalingPoint> lock;
  double queue = 0;
  for (int n = 1; n <= 24; ++n) {
    const double x = n / (9 + 1 + queue);
    queue = x * (1 + queue);
    for (const int measured : {1, 2, 4, 8, 16, 24}) {
      if (n == measured) lock.push_back({static_cast<double>(n), x});
    }
  }
  const std::vector<ScalingPoint> rising{{1, 99.97}, {4, 386.4}, {16, 989}, {64, 1000}};
  for (const auto& points : {rising, lock}) {
    const ScalingFindings findings = find_scaling(points);
    CAPTURE(told(points));
    CHECK(findings.preferred()->law == ScalingLaw::universal);
    CHECK_FALSE(findings.declines);
    CHECK_FALSE(findings.peak());
    CHECK_FALSE(holds(told(points), "The peak is"));
    CHECK_FALSE(holds(told(points), "slower"));
  }
  CHECK(holds(told(rising), "would put a peak at 32.4 workers"));
  CHECK(holds(told(rising), "nothing measured shows it"));
}

TEST_CASE("A fall within the scatter of the measurements is none") {
  // 4 % lower at the end, where rounds are 3 % off either way.
  std::vector<ScalingPoint> points;
  const std::vector<ScalingPoint> means{{1, 100}, {2, 190}, {4, 340}, {8, 500}, {10, 480}};
  for (const double off : {-0.03, 0.03}) {
    for (const ScalingPoint& mean : means) {
      points.push_back({mean.capacity, mean.throughput * (1 + off)});
    }
  }
  CHECK_FALSE(find_scaling(points).declines);
  CHECK(find_scaling(means).declines);
}

TEST_CASE("A peak far beyond the data is not seen in it") {
  // sqrt(0.95 / 0.0005) = 43.6, and 16 were measured.
  const auto points = points_of(0.05, 0.0005, 1e-5, {1, 2, 4, 6, 8, 10, 12, 14, 16});
  const ScalingFindings findings = find_scaling(points);
  CHECK(findings.preferred()->law == ScalingLaw::universal);
  CHECK_FALSE(findings.peak());
  CHECK(holds(told(points), "not seen in the data"));
  CHECK_FALSE(holds(told(points), "43"));
}

TEST_CASE("Coefficients that may be nothing are said to be so") {
  CHECK(holds(told(ray_tracer()), "kappa is at its bound 0"));
  CHECK_FALSE(holds(told(ray_tracer()), "peak"));
  // Pairs cost less than the points are off.
  const auto noisy = points_of(0.05, 0.00001, 0.02, {1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(holds(told(noisy), "may be chance"));
  CHECK(find_scaling(noisy).preferred()->law == ScalingLaw::amdahl);
  // So does the serial part.
  const auto parallel = points_of(0.0005, 0, 0.02, {1, 2, 3, 4, 5, 6, 7, 8});
  CHECK((holds(told(parallel), "cannot be told from none") ||
         holds(told(parallel), "sigma is at its bound 0")));
  CHECK_FALSE(holds(told(parallel), "ceiling"));
  // Faster than in proportion.
  std::vector<ScalingPoint> faster;
  for (const double n : {1, 2, 3, 5, 8}) faster.push_back({n, 300 * std::pow(n, 1.2)});
  CHECK(holds(told(faster), "sigma is at its bound 0"));
}

TEST_CASE("Too few points: what cannot be fitted is named") {
  CHECK(holds(told({{1, 10}, {2, 18}}), "Only 2 different capacities are left to fit"));
  CHECK(holds(told({{1, 10}}), "Only 1 capacity is left to fit"));
  CHECK(sentences_of({}, kWorkers).front().starts_with("No capacity is left to fit"));
  const std::vector<ScalingPoint> three{{1, 10}, {2, 18}, {4, 30}};
  CHECK(holds(told(three), "the Universal Scalability Law needs 4"));
  CHECK(find_scaling(three).preferred()->law == ScalingLaw::amdahl);
}

TEST_CASE("A law that misses the points is called rough") {
  // The traffic ends what more servers would do.
  std::vector<ScalingPoint> points;
  for (const double n : {1, 2, 4, 8, 16, 32}) points.push_back({n, n < 10 ? n * n * 10 : 400});
  CHECK(holds(told(points), "describes them only roughly"));
  CHECK_FALSE(holds(told(spec_sdm91()), "roughly"));
}

TEST_CASE("Where the throughput stands still, something else may set it") {
  const std::vector<ScalingPoint> points{{1, 100}, {2, 198}, {4, 390}, {8, 500}, {16, 501}};
  CHECK(holds(told(points), "From 8 to 16 workers the throughput changes by no more than 1 %"));
  CHECK_FALSE(holds(told(ray_tracer()), "changes by no more"));
  // The Universal Scalability Law bends down behind such points; they do not.
  const std::vector<ScalingPoint> full{{10, 463},   {30, 1300},   {100, 3000}, {300, 4180},
                                       {300, 4020}, {1000, 4030}, {1000, 3970}};
  CHECK(find_scaling(full).preferred()->law == ScalingLaw::universal);
  CHECK_FALSE(find_scaling(full).peak());
  CHECK(holds(told(full), "no peak and no ceiling are told"));
  CHECK_FALSE(holds(told(full), "Each pair"));
  CHECK_FALSE(holds(told(full), "make it slower"));
}

TEST_CASE("However much the rounds scatter, only little change is a standstill") {
  // 30 % off either way, and means that fall by a fifth from 2 on.
  std::vector<ScalingPoint> points;
  const std::vector<ScalingPoint> means{{1, 100}, {2, 125}, {4, 110}, {8, 100}};
  for (const double off : {-0.3, 0.3}) {
    for (const ScalingPoint& mean : means) {
      points.push_back({mean.capacity, mean.throughput * (1 + off)});
    }
  }
  CHECK(find_scaling(points).tolerance > 0.25);
  CHECK_FALSE(find_scaling(points).standstill);
  CHECK_FALSE(holds(told(points), "changes by no more"));
  for (ScalingPoint& point : points) point.throughput *= point.capacity == 4 ? 100. / 110 : 1;
  REQUIRE(find_scaling(points).standstill);
  CHECK(find_scaling(points).standstill->from == 4);
  CHECK(holds(told(points), "changes by no more than 5 %"));
}

TEST_CASE("Points far from one unit on a flat ridge: one unit is not told, nor what follows") {
  const std::vector<ScalingPoint> collapse{
      {16, 8309.06}, {32, 7708.74}, {64, 6408.44}, {128, 4006.42}, {256, 1786.19}};
  const std::vector<ScalingPoint> falling{{16, 1000}, {32, 900}, {64, 850}, {128, 820}};
  const std::vector<ScalingPoint> first(collapse.begin(), collapse.begin() + 3);
  // Rounds of what nearly stands still, a little up and down.
  const std::vector<ScalingPoint> still{{100, 1000}, {100, 960}, {200, 1010}, {200, 980},
                                        {400, 1030}, {400, 960}, {800, 1000}, {800, 990}};
  for (const auto& points : {falling, first, still}) {
    const ScalingFindings findings = find_scaling(points);
    const std::string text = told(points);
    CAPTURE(text);
    CHECK(findings.preferred() == nullptr);
    CHECK(holds(text, "These points say nothing of one worker alone: they begin at 1"));
    for (const char* const part : {"alone does", "sigma", "is serial", "The peak", "Each pair"}) {
      CHECK_FALSE(holds(text, part));
    }
    CHECK(table_of(findings).empty());
    const auto document = nlohmann::json::parse(json_of(findings, kWorkers));
    for (const char* const field : {"amdahl", "usl", "preferred", "peak", "ceiling", "optimum"}) {
      CHECK(document.at(field).is_null());
    }
  }
  CHECK(find_scaling(still).standstill);
  CHECK(holds(told(still), "From 100 to 800 workers the throughput changes"));
  // Of the two laws one may tell: no number of the other.
  const ScalingFindings findings = find_scaling(collapse);
  CHECK_FALSE(findings.amdahl);
  CHECK_FALSE(holds(table_of(findings), "Amdahl"));
  CHECK_FALSE(holds(table_of(findings) + told(collapse), "e+1"));
}

TEST_CASE("Points that begin far from one unit tell of it where the law is plain in them") {
  const auto points = points_of(0.02, 0.0002, 1e-4, {4, 8, 16, 32, 64, 128});
  const ScalingFindings findings = find_scaling(points);
  REQUIRE(findings.preferred() != nullptr);
  CHECK(findings.preferred()->lambda.value == Approx(100).epsilon(0.01));
  CHECK(holds(told(points), "The peak is at 70"));
}

TEST_CASE("One unit that would do far more than was ever measured is not told") {
  // However near the points are to the law: 100 alone, and no more than 34 measured.
  const auto points = points_of(1.5, 0.1, 1e-6, {16, 20, 24, 32, 48, 64});
  const auto law = fit(ScalingLaw::universal, points);
  REQUIRE(law);
  REQUIRE(law->lambda.interval);
  CHECK(law->lambda.interval->low > 0);
  CHECK(find_scaling(points).preferred() == nullptr);
  CHECK(holds(told(points), "These points say nothing of one worker alone"));
  CHECK(find_scaling(points_of(1.5, 0.1, 1e-6, {2, 4, 8, 16, 32, 64})).preferred() != nullptr);
}

TEST_CASE("A fall from the first on") {
  const auto points = points_of(1.5, 0.1, 1e-6, {1, 2, 3, 4, 5, 6});
  CHECK(holds(told(points), "With the second worker it falls already"));
  CHECK_FALSE(holds(told(points), "is serial"));
  CHECK_FALSE(holds(told(points), "ceiling,"));
}

TEST_CASE("A peak below one unit is none: every unit makes it slower") {
  const std::vector<ScalingPoint> points{{1, 100}, {2, 50}, {4, 25}, {8, 12}};
  const ScalingFindings findings = find_scaling(points);
  REQUIRE(findings.preferred() != nullptr);
  const double sigma = findings.preferred()->sigma.value;
  const double kappa = findings.preferred()->kappa.value;
  CHECK(sigma < 0.99);
  CHECK(std::sqrt((1 - sigma) / kappa) < 1);
  CHECK_FALSE(findings.peak());
  CHECK_FALSE(findings.ceiling());
  const std::string text = told(points);
  CAPTURE(text);
  CHECK(holds(text, "Every worker from the first on makes it slower"));
  CHECK_FALSE(holds(text, "The peak is"));
  CHECK_FALSE(holds(text, "0.244"));
  // N* = sqrt(0.5 / 0.45) is just above 1, sqrt(0.5 / 0.55) just below.
  const auto above = find_scaling(points_of(0.5, 0.45, 1e-6, {1, 2, 3, 4, 5, 6}));
  REQUIRE(above.peak());
  CHECK(above.peak()->value == Approx(1.054).epsilon(1e-3));
  CHECK_FALSE(find_scaling(points_of(0.5, 0.55, 1e-6, {1, 2, 3, 4, 5, 6})).peak());
}

TEST_CASE("Nothing serial, but pairs that cost: it does not grow in proportion") {
  const std::vector<ScalingPoint> points{{1, 100}, {2, 190}, {4, 290}, {8, 250}, {16, 130}};
  const ScalingFindings findings = find_scaling(points);
  REQUIRE(findings.preferred() != nullptr);
  CHECK(findings.preferred()->sigma.at_bound);
  const std::string text = told(points);
  CAPTURE(text);
  CHECK(holds(text, "at its bound 0; what limits is the cost of each pair of workers."));
  CHECK_FALSE(holds(text, "in proportion"));
  // Amdahl's law, sigma at its bound, and a last point that falls.
  const std::vector<ScalingPoint> steep{{1, 10}, {2, 18}, {4, 50}, {8, 140}, {10, 137}};
  REQUIRE(find_scaling(steep).preferred() != nullptr);
  CHECK(find_scaling(steep).preferred()->sigma.at_bound);
  CHECK(find_scaling(steep).declines);
  CHECK_FALSE(holds(told(steep), "in proportion"));
  const std::vector<ScalingPoint> faster(steep.begin(), steep.end() - 1);
  CHECK(holds(told(faster), "in proportion or faster"));
}

TEST_CASE("One degree of freedom is not called degrees") {
  CHECK(holds(table_of(find_scaling(std::vector<ScalingPoint>{{1, 10}, {2, 18}, {4, 30}})),
              "on 1 degree of freedom\n"));
}

TEST_CASE("Table and JSON hold what was found") {
  for (const auto& points : {spec_sdm91(), cisco_mysql(), ray_tracer(),
                             std::vector<ScalingPoint>{{1, 10}, {2, 18}, {4, 30}},
                             std::vector<ScalingPoint>{{1, 10}, {2, 18}}}) {
    const ScalingFindings findings = find_scaling(points);
    std::istringstream table(table_of(findings));
    for (std::string line; std::getline(table, line);) CHECK(line.size() <= 80);
    const std::string text = json_of(findings, kWorkers) + table_of(findings) + told(points);
    CHECK_FALSE(holds(text, "nan"));
    CHECK_FALSE(holds(text, "inf"));
    const auto document = nlohmann::json::parse(json_of(findings, kWorkers));
    CHECK(document.at("points").size() == points.size());
    CHECK(document.at("amdahl").is_null() == (different_capacities(points) < 3));
    CHECK(document.at("usl").is_null() == (different_capacities(points) < 4));
    CHECK_FALSE(document.at("words").empty());
  }
  const auto spec = nlohmann::json::parse(json_of(find_scaling(spec_sdm91()), kWorkers));
  CHECK(spec.at("preferred") == "usl");
  CHECK(spec.at("usl").at("sigma").at("value").get<double>() == Approx(0.0277285).epsilon(1e-5));
  CHECK(spec.at("peak").at("value").get<double>() == Approx(96.52).epsilon(1e-4));
  CHECK(holds(table_of(find_scaling(spec_sdm91())), "89.9952"));
  CHECK(holds(table_of(find_scaling(spec_sdm91())), "0.0277285"));
  CHECK(holds(table_of(find_scaling(spec_sdm91())), "0.009122"));
}

}  // namespace double11::study
