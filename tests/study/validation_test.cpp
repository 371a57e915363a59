#include <double11/study/validation.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "catch.hpp"

namespace double11::study {
namespace {

std::vector<ValidationCase> cases_named(std::initializer_list<const char*> names) {
  std::vector<ValidationCase> chosen;
  for (const ValidationCase& one : validation_cases()) {
    if (std::find(names.begin(), names.end(), one.name) != names.end()) chosen.push_back(one);
  }
  REQUIRE(chosen.size() == names.size());
  return chosen;
}

}  // namespace

TEST_CASE("a figure is judged by the spread of its replications") {
  const std::vector<double> samples{9, 11, 10, 10, 9.5, 10.5};
  const Finding right = judge({"wait.mean", 10}, samples);
  CHECK(right.simulated == Approx(10));
  CHECK(right.standard_error == Approx(std::sqrt(2.5 / 5 / 6)));
  CHECK(right.deviation == Approx(0).margin(1e-9));
  CHECK(right.passed);
  const Finding wrong = judge({"wait.mean", 20}, samples);
  CHECK(wrong.deviation < -kDeviationLimit);
  CHECK_FALSE(wrong.passed);
  // Three standard errors by five degrees of freedom are no more than 2.17 normal deviations.
  const Finding three = judge({"wait.mean", 10 + 3 * right.standard_error}, samples);
  CHECK(three.deviation == Approx(-2.1688).margin(1e-3));
}

TEST_CASE("tolerances and bounds") {
  const std::vector<double> samples{99, 101, 100, 100};
  CHECK_FALSE(judge({"wait.mean", 150, Judgement::approximation, 0.1}, samples).passed);
  CHECK(judge({"wait.mean", 105, Judgement::approximation, 0.1}, samples).deviation == 0);
  CHECK(judge({"wait.mean", 500, Judgement::upper_bound}, samples).passed);
  CHECK_FALSE(judge({"wait.mean", 50, Judgement::upper_bound}, samples).passed);
  CHECK(judge({"wait.mean", 50, Judgement::lower_bound}, samples).passed);
  CHECK_FALSE(judge({"wait.mean", 500, Judgement::lower_bound}, samples).passed);
}

TEST_CASE("what is not random must be equal") {
  const std::vector<double> one{2.2};
  CHECK(judge({"wait.mean", 2.2}, one).passed);
  CHECK_FALSE(judge({"wait.mean", 2.2000001}, one).passed);
}

TEST_CASE("the quick cases agree with theory") {
  std::size_t reported = 0;
  const Validation validation =
      validate(cases_named({"kiefer_wolfowitz_trace", "parcels_5", "three_attempts",
                            "flash_spike_100_of_300", "mmck_rate_3_4_of_8"}),
               2, [&](const CaseFindings&, std::size_t done, std::size_t of) {
                 CHECK(done == ++reported);
                 CHECK(of == 5);
               });
  INFO(text_of(validation));
  CHECK(validation.passed());
  CHECK(reported == 5);
}

TEST_CASE("the number of threads changes nothing") {
  const auto cases = cases_named({"three_attempts", "zipf_1000_skus"});
  CHECK(text_of(validate(cases, 1)) == text_of(validate(cases, 3)));
}

TEST_CASE("the table fits a terminal and names failures") {
  auto cases = cases_named({"kiefer_wolfowitz_trace"});
  cases[0].expectations[0].value *= 1.001;
  const Validation validation = validate(cases, 1);
  CHECK_FALSE(validation.passed());
  const std::string text = text_of(validation);
  CHECK(text.find("FAILED") != std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
}

}  // namespace double11::study
