#include <double11/core/outcome.hpp>
#include <double11/scenario/describe.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/scenario/words.hpp>

#include <algorithm>
#include <string>

#include "catch.hpp"

namespace double11::scenario {
namespace {

bool has(Word::Kind kind, std::string_view name) {
  return std::any_of(words().begin(), words().end(),
                     [&](const Word& word) { return word.kind == kind && word.name == name; });
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("words: every outcome, funnel step and stage is explained") {
  for (const Outcome outcome : kAllOutcomes) {
    CAPTURE(name_of(outcome));
    CHECK(has(Word::Kind::outcome, name_of(outcome)));
    CHECK(contains(explain_word(name_of(outcome)), meaning_of(outcome)));
  }
  for (const Funnel step : kFunnel) {
    CAPTURE(name_of(step));
    CHECK(has(Word::Kind::funnel_step, name_of(step)));
    CHECK(contains(explain_word(name_of(step)), meaning_of(step)));
  }
  for (const Stage stage : kAllStages) {
    CAPTURE(name_of(stage));
    CHECK(has(Word::Kind::stage, name_of(stage)));
  }
  CHECK(words().size() == kOutcomes + kFunnelSteps + kStages);
}

TEST_CASE("words: the keys they name are keys or groups of keys") {
  for (const Word& word : words()) {
    CAPTURE(word.name);
    CHECK(word.meaning.size() > 20);
    for (const std::string_view key : word.keys) {
      CAPTURE(key);
      CHECK((find_key(key) != nullptr || is_group(key)));
    }
  }
}

TEST_CASE("words: explain says all that is known of a word, and the keys of a stage") {
  const std::string text = *explain("dispatched");
  CHECK(contains(text, "outcome: paid, has a parcel"));
  CHECK(contains(text, "step of the funnel: a parcel"));
  const std::string sold_out = *explain("sold_out");
  CHECK(contains(sold_out, "keys: catalogue.stock"));
  CHECK(contains(sold_out, "double11 simulate hot-item"));
  const std::string payment = *explain("payment");
  CHECK(contains(payment, "payment\n  stage\n"));
  CHECK(contains(payment, "payment.servers\n"));
  CHECK(explain_word("nonsense").empty());
}

}  // namespace double11::scenario
