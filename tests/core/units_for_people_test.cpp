// Quantities written for people: three significant digits, thousands separated.
#include <double11/core/units.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "catch.hpp"

namespace double11 {
namespace {

using namespace std::chrono_literals;

}  // namespace

TEST_CASE("texts for people have three significant digits") {
  CHECK(short_rate(325'000) == "325k/s");
  CHECK(short_rate(1'284'000) == "1.28M/s");
  CHECK(short_rate(999.6) == "1k/s");
  CHECK(short_rate(99.96) == "100/s");
  CHECK(short_rate(0) == "0/s");
  CHECK(short_duration(82'345us) == "82.3ms");
  CHECK(short_duration(0ns) == "0");
  CHECK(short_duration(999'999us) == "1s");
  CHECK(short_duration(90min) == "1.5h");
}

TEST_CASE("rates below one keep three significant digits") {
  CHECK(short_rate(0.0123) == "0.0123/s");
  CHECK(short_rate(0.00456) != "0/s");
}

TEST_CASE("texts for people are within half a unit of the third digit") {
  const std::uint64_t seed = 1114;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> exponent(0, 11);
  for (int i = 0; i < 20'000; ++i) {
    const double rate = std::pow(10, exponent(random));
    const std::string text = short_rate(rate);
    CAPTURE(rate, text);
    const auto read = parse_rate(text);
    REQUIRE(read.has_value());
    REQUIRE(std::abs(*read - rate) <= 0.00501 * rate);
    REQUIRE(text.size() <= 7);  // "1.28M/s"
  }
}

TEST_CASE("thousands are separated") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(19'532'118) == "19,532,118");
  CHECK(grouped(-1'234) == "-1,234");
  CHECK(grouped(-999) == "-999");
  CHECK(grouped(std::numeric_limits<std::int64_t>::max()) == "9,223,372,036,854,775,807");
}

TEST_CASE("thousands are separated in the smallest number too") {
  CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

}  // namespace double11
