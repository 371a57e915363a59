#include <double11/study/sweep.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::study {
namespace {

using Texts = std::vector<std::string>;

Texts values_of(const std::string& text) {
  const auto parsed = parse_factor(text);
  CAPTURE(text);
  REQUIRE(std::holds_alternative<Factor>(parsed));
  return std::get<Factor>(parsed).values;
}

std::string problem_of(const std::string& text) {
  const auto parsed = parse_factor(text);
  CAPTURE(text);
  REQUIRE(std::holds_alternative<std::string>(parsed));
  return std::get<std::string>(parsed);
}

}  // namespace

TEST_CASE("Factors: values, ranges, steps, factors, words, lists") {
  CHECK(std::get<Factor>(parse_factor("run.workers=1,2,4")).key == "run.workers");
  CHECK(values_of("a=1,2,4") == Texts{"1", "2", "4"});
  CHECK(values_of("a=1..4") == Texts{"1", "2", "3", "4"});
  CHECK(values_of("a=1..8,16") == Texts{"1", "2", "3", "4", "5", "6", "7", "8", "16"});
  CHECK(values_of("a=10..50+20") == Texts{"10", "30", "50"});
  CHECK(values_of("a=10..49+20") == Texts{"10", "30"});
  CHECK(values_of("a=1k..16k*2") == Texts{"1k", "2k", "4k", "8k", "16k"});
  CHECK(values_of("a=1..9*2") == Texts{"1", "2", "4", "8"});
  CHECK(values_of("a=0..2") == Texts{"0", "1", "2"});
  CHECK(values_of("a=20ms,1.5s") == Texts{"20ms", "1.5s"});
  CHECK(values_of("a=100k/s") == Texts{"100k/s"});
  CHECK(values_of("inventory.strategy=mutex,escrow") == Texts{"mutex", "escrow"});
  // What encloses commas keeps them.
  CHECK(values_of("a=[1,2],[3]") == Texts{"[1,2]", "[3]"});
  CHECK(values_of("a=\"x,y\",z") == Texts{"\"x,y\"", "z"});
  CHECK(values_of("a={\"b\":1,\"c\":2}") == Texts{"{\"b\":1,\"c\":2}"});
  // No range of counts is a value; the loader knows whether it is one.
  CHECK(values_of("a=x..y") == Texts{"x..y"});
  CHECK(values_of("a=1..2..3") == Texts{"1..2..3"});
  // Up to the largest number.
  CHECK(values_of("a=4000000000000000000..9000000000000000000*2").size() == 2);
}

TEST_CASE("Factors that make no sense say why") {
  for (const char* const text : {"", "=", "a", "a=", "=1"}) {
    CHECK(problem_of(text).find("allowed is KEY=VALUE") != std::string::npos);
  }
  CHECK(problem_of("a=1,,2").find("missing") != std::string::npos);
  CHECK(problem_of("a=1,").find("missing") != std::string::npos);
  CHECK(problem_of("a=1,2,1").find("1 stands twice") != std::string::npos);
  CHECK(problem_of("a=1..3,2").find("2 stands twice") != std::string::npos);
  CHECK(problem_of("a=8..1").find("8..1 needs a range that goes up") != std::string::npos);
  CHECK(problem_of("a=1..4+0").find("step") != std::string::npos);
  CHECK(problem_of("a=1..4*1").find("factor") != std::string::npos);
  CHECK(problem_of("a=0..4*2").find("stays 0") != std::string::npos);
  CHECK(problem_of("a=1..1M").find("more than 10000 values") != std::string::npos);
}

TEST_CASE("Every combination once, the last factor fastest") {
  const std::vector<Factor> factors{{"a", {"1", "2", "4"}}, {"b", {"x", "y"}}};
  const auto all = combinations_of(factors);
  REQUIRE(all.size() == 6);
  CHECK(overrides_of(factors, all[0]) == Texts{"a=1", "b=x"});
  CHECK(overrides_of(factors, all[1]) == Texts{"a=1", "b=y"});
  CHECK(overrides_of(factors, all[5]) == Texts{"a=4", "b=y"});
  CHECK(std::set<Combination>(all.begin(), all.end()).size() == 6);
  CHECK(combinations_of({}).size() == 1);
}

TEST_CASE("Each round has every combination once; beginnings spread") {
  for (const std::size_t combinations : {1U, 2U, 5U, 12U}) {
    for (const std::size_t rounds : {1U, 2U, 3U, 7U, 20U}) {
      CAPTURE(combinations, rounds);
      std::set<std::size_t> beginnings;
      for (std::size_t round = 0; round < rounds; ++round) {
        auto order = order_of_round(combinations, round, rounds);
        beginnings.insert(order.front());
        std::sort(order.begin(), order.end());
        REQUIRE(order.size() == combinations);
        for (std::size_t i = 0; i < combinations; ++i) CHECK(order[i] == i);
      }
      CHECK(beginnings.size() == std::min(combinations, rounds));
    }
  }
  CHECK(order_of_round(4, 0, 2) == std::vector<std::size_t>{0, 1, 2, 3});
  CHECK(order_of_round(4, 1, 2) == std::vector<std::size_t>{2, 3, 0, 1});
}

}  // namespace double11::study
