// The reducer of failing cases, which tests of random scenarios rely on.
#include "reduce.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "random_scenarios.hpp"

namespace double11 {
namespace {

using Texts = std::vector<std::string>;

bool has(const Texts& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

Texts numbers(int count) {
  Texts texts;
  for (int i = 0; i < count; ++i) texts.push_back(std::to_string(i));
  return texts;
}

TEST_CASE("reduced: only what a failure needs is left, in order") {
  const auto fails = [](const Texts& texts) { return has(texts, "3") && has(texts, "41"); };
  for (const int count : {42, 43, 64, 100}) {
    INFO(count);
    CHECK(reduced(numbers(count), fails) == Texts{"3", "41"});
  }
}

TEST_CASE("reduced: what fails by itself leaves nothing, what needs everything loses nothing") {
  CHECK(reduced(numbers(17), [](const Texts&) { return true; }).empty());
  CHECK(reduced({}, [](const Texts&) { return true; }).empty());
  CHECK(reduced(numbers(17), [](const Texts& texts) { return texts.size() == 17; }) == numbers(17));
}

TEST_CASE("reduced: one that can only go after a later one goes too") {
  // 0 is needed as long as 5 is there, as a key may be which another one uses.
  const auto fails = [](const Texts& texts) {
    return has(texts, "7") && (has(texts, "0") || !has(texts, "5"));
  };
  CHECK(reduced(numbers(9), fails) == Texts{"7"});
}

TEST_CASE("reduced: few questions when little matters") {
  int questions = 0;
  const auto fails = [&](const Texts& texts) {
    ++questions;
    return has(texts, "11");
  };
  CHECK(reduced(numbers(64), fails) == Texts{"11"});
  CHECK(questions <= 64);
}

TEST_CASE("reduced: overrides of a scenario stay such that it loads") {
  // As if sales with bots and a single server were wrong; bots need more buyers than they are.
  const auto fails = [](const Texts& overrides) {
    const auto loaded = scenario::parse(scenario::small_scenario_text(), "small", overrides);
    return loaded.scenario && loaded.scenario->traffic.bots.share > 0 &&
           loaded.scenario->traffic.bots.count > 10'000 && loaded.scenario->payment.servers == 1;
  };
  const Texts overrides{"duration=50ms",      "traffic.buyers=20k",     "traffic.bots.count=15k",
                        "payment.servers=64", "traffic.bots.share=0.5", "catalogue.stock=3",
                        "payment.servers=1",  "payment.queue_limit=1",  "seed=9"};
  REQUIRE(fails(overrides));
  CHECK(reduced(overrides, fails) == Texts{"traffic.buyers=20k", "traffic.bots.count=15k",
                                           "traffic.bots.share=0.5", "payment.servers=1"});
}

}  // namespace
}  // namespace double11
