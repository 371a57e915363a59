#include "report/figures.hpp"

#include "catch.hpp"

namespace double11::report {
namespace {

TEST_CASE("figures: servers in words") {
  CHECK(servers_in_words(1, true) == "1 server");
  CHECK(servers_in_words(1200, true) == "1,200 servers");
  CHECK(servers_in_words(0.5, false) == "on average 0.5 servers");
  CHECK(servers_in_words(1, false) == "on average 1 server");
  CHECK(servers_in_words(0, false) == "on average 0 servers");
}

TEST_CASE("figures: of nothing the share is nothing") {
  CHECK(ratio(3.0, 4.0) == 0.75);
  CHECK(ratio(3.0, 0.0) == 0);
}

TEST_CASE("figures: four digits, and no exponent of large numbers") {
  CHECK(four_digits(1.0 / 12) == "0.08333");
  CHECK(four_digits(0) == "0");
  CHECK(four_digits(9999.4) == "9999");
  CHECK(four_digits(9999.5) == "10,000");
  CHECK(four_digits(-123456.7) == "-123,457");
}

}  // namespace
}  // namespace double11::report
