// Whether a text is a result, and of what.
#include "report/parsed_result.hpp"

#include <double11/report/compare.hpp>
#include <double11/report/html.hpp>

#include <string>

#include "catch.hpp"

namespace double11::report {
namespace {

std::string complaint_about(const std::string& text) {
  try {
    parsed_result(text);
  } catch (const NoResult& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("parsed_result: of a sale or of a network, by what it says it is") {
  const ParsedResult sale = parsed_result(R"({"program": "double11", "funnel": {}})");
  CHECK(sale.kind == Kind::sale);
  CHECK(sale.document.contains("funnel"));
  CHECK(parsed_result(R"({"program": "double11", "kind": "network"})").kind == Kind::network);
}

TEST_CASE("parsed_result: anything else is refused with one message, whoever asks") {
  for (const char* const text : {"", "{", "[]", "{}", "null", R"({"program": 1})",
                                 R"({"program": "other", "funnel": {}})"}) {
    INFO(text);
    CHECK(complaint_about(text) == "is not the JSON of a result (double11 run --json FILE)");
    CHECK_THROWS_AS(html(text), NoResult);
    CHECK_THROWS_AS(kind_of(text), NoResult);
  }
  for (const char* const text :
       {R"({"program": "double11"})", R"({"program": "double11", "kind": "sweep"})",
        R"({"program": "double11", "kind": 2})"}) {
    INFO(text);
    CHECK(complaint_about(text) == "is neither the result of a sale nor that of a network");
    CHECK_THROWS_AS(html(text), NoResult);
    CHECK_THROWS_AS(kind_of(text), NoResult);
  }
}

}  // namespace
}  // namespace double11::report
