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

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

// Values of all magnitudes below 2^`bits`, round ones (which get a suffix) as often as odd ones.
std::int64_t any_magnitude(std::mt19937_64& random, unsigned bits) {
  const std::uint64_t end = std::uint64_t{1} << bits;
  std::uint64_t value = (random() % end) >> (random() % bits);
  for (std::uint64_t zeros = random() % 10; zeros > 0 && value < end / 10; --zeros) value *= 10;
  return static_cast<std::int64_t>(value);
}

const std::string kNoNumbers[] = {"",
                                  " ",
                                  "-",
                                  "+1",
                                  "-1",
                                  "-1k",
                                  "inf",
                                  "nan",
                                  "infinity",
                                  "-inf",
                                  "k",
                                  "M",
                                  "0x10",
                                  "1,5",
                                  "1 2",
                                  "1kk",
                                  "1e",
                                  "e5",
                                  "1e400",
                                  "1e30",
                                  "one",
                                  "1K",
                                  " 1",
                                  "1\n",
                                  "1\t",
                                  "--1",
                                  "1..2",
                                  "1e+",
                                  "1e19",
                                  "10G G",
                                  "1e10G",
                                  "\xff",
                                  "1\xff",
                                  "1k/s",
                                  "1ms",
                                  "1yuan",
                                  "1 %",
                                  "%",
                                  "9.3e18",
                                  "9223372036854775808",
                                  "18446744073709551616",
                                  "99999999999999999999999999999999999999"};

}  // namespace

TEST_CASE("counts are read as people write them") {
  CHECK(parse_count("0") == 0);
  CHECK(parse_count("300") == 300);
  CHECK(parse_count("2M") == 2'000'000);
  CHECK(parse_count("1.5k") == 1'500);
  CHECK(parse_count("1.1k") == 1'100);
  CHECK(parse_count("4G") == 4'000'000'000);
  CHECK(parse_count("9G") == 9'000'000'000);
  CHECK(parse_count("0.001k") == 1);
}

TEST_CASE("what is no count is refused") {
  for (const std::string& text : kNoNumbers) {
    CAPTURE(text);
    CHECK_FALSE(parse_count(text).has_value());
  }
  for (const std::string text : {"1.5", "0.1", "1.2345k", "0.0001k", "2.5e-1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_count(text).has_value());
  }
}

TEST_CASE("a fraction is refused in a large count as in a small one") {
  for (const std::string text : {"1000000000.5", "1000000.25", "1.0000000005G", "5000000000.9"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_count(text).has_value());
  }
}

TEST_CASE("counts are exact up to 2^63-1") {
  CHECK(parse_count("9007199254740993") == 9'007'199'254'740'993);
  CHECK(parse_count("9223372036854775807") == kLargest);
  CHECK_FALSE(parse_count("9223372036854775808").has_value());
}

TEST_CASE("durations take every unit") {
  CHECK(parse_duration("7ns") == 7ns);
  CHECK(parse_duration("7us") == 7us);
  CHECK(parse_duration("150ms") == 150ms);
  CHECK(parse_duration("1.5s") == 1500ms);
  CHECK(parse_duration("15min") == 15min);
  CHECK(parse_duration("15m") == 15min);
  CHECK(parse_duration("2h") == 2h);
  CHECK(parse_duration("1d") == 24h);
  CHECK(parse_duration("0s") == 0s);
  for (const std::string text : {"", "5", "s", "-1s", "1 sec", "inf s", "nans", "1e30s", "300000d",
                                 "infs", "1S", "ms5", "1/s", "5s5", "0.5ns"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("rates take counts per time") {
  CHECK(parse_rate("325k/s") == 325'000.0);
  CHECK(parse_rate("90/min") == Approx(1.5));
  CHECK(parse_rate("3600/h") == Approx(1.0));
  CHECK(parse_rate("86.4k/d") == Approx(1.0));
  CHECK(parse_rate("0.5/s") == 0.5);
  CHECK(parse_rate("0/s") == 0.0);
  for (const std::string text : {"", "5", "5k", "/s", "-1/s", "k/s", "inf/s", "nan/s", "1/x",
                                 "1//s", "1/s/s", "1e400/s", "1/", "1s", "1e309k/s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rate(text).has_value());
  }
}

TEST_CASE("a rate that overflows is refused") {
  // Each factor is finite, the product is not.
  CHECK_FALSE(parse_rate("1e308k/s").has_value());
  CHECK_FALSE(parse_rate("1e305G/s").has_value());
}

TEST_CASE("shares take numbers and percentages") {
  CHECK(parse_share("0.03") == 0.03);
  CHECK(parse_share("3%") == Approx(0.03));
  CHECK(parse_share("3 %") == Approx(0.03));
  CHECK(parse_share("100%") == 1.0);
  CHECK(parse_share("0") == 0.0);
  CHECK(parse_share("2") == 2.0);  // the range is the caller's business
  for (const std::string text :
       {"", "%", "-3%", "-0.1", "nan", "nan%", "inf", "3%%", "3k", "3 3"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_share(text).has_value());
  }
}

TEST_CASE("money is whole fen") {
  CHECK(parse_money("199 yuan") == MoneyFen{19'900});
  CHECK(parse_money("19.90 yuan") == MoneyFen{1'990});
  CHECK(parse_money("19.99yuan") == MoneyFen{1'999});
  CHECK(parse_money("5 fen") == MoneyFen{5});
  CHECK(parse_money("0 fen") == MoneyFen{0});
  for (const std::string text : {"", "5", "yuan", "-1 yuan", "19.905 yuan", "0.5 fen", "inf yuan",
                                 "nan yuan", "1e30 yuan", "5 usd", "9223372036854775808 fen"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_money(text).has_value());
  }
}

TEST_CASE("part of a fen is refused in a large amount as in a small one") {
  CHECK_FALSE(parse_money("10000000.005 yuan").has_value());
  CHECK_FALSE(parse_money("1000000000.5 fen").has_value());
}

TEST_CASE("texts of counts, durations and money parse back to the same value") {
  const std::uint64_t seed = 1111;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t value = any_magnitude(random, 53);  // what a double holds exactly
    CAPTURE(value);
    REQUIRE(parse_count(text_of_count(value)) == value);
    REQUIRE(parse_duration(text_of_duration(Duration(value))) == Duration(value));
    const MoneyFen money{any_magnitude(random, 46)};  // 700 bn yuan, several sales of all time
    CAPTURE(money.fen);
    REQUIRE(parse_money(text_of_money(money)) == money);
  }
}

TEST_CASE("texts of values beyond 2^53 parse back to the same value") {
  const std::uint64_t seed = 1112;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::int64_t lost = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> 2U);
    if (parse_count(text_of_count(value)) != value) ++lost;
    if (parse_duration(text_of_duration(Duration(value))) != Duration(value)) ++lost;
    if (parse_money(text_of_money({value})) != MoneyFen{value}) ++lost;
  }
  CHECK(lost == 0);
  CHECK(parse_count(text_of_count(kLargest)) == kLargest);
}

TEST_CASE("texts of rates and shares parse back to the same value") {
  const std::uint64_t seed = 1113;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> exponent(-9, 9);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 20'000; ++i) {
    double rate = std::pow(10, exponent(random));
    if (i % 2 == 0) rate = std::round(rate);
    const double share = i % 2 == 0 ? unit(random) : std::round(unit(random) * 1000) / 1000;
    CAPTURE(rate, share);
    REQUIRE(parse_rate(text_of_rate(rate)) == rate);
    REQUIRE(parse_share(text_of_share(share)) == share);
  }
  CHECK(text_of_share(0.03) == "3%");
  CHECK(text_of_rate(325'000) == "325k/s");
  CHECK(text_of_rate(0) == "0/s");
}

TEST_CASE("exact texts use the unit that shortens them") {
  CHECK(text_of_count(0) == "0");
  CHECK(text_of_count(2'000'000) == "2M");
  CHECK(text_of_count(1'999) == "1999");
  CHECK(text_of_duration(0s) == "0s");
  CHECK(text_of_duration(15min) == "15min");
  CHECK(text_of_duration(80ms) == "80ms");
  CHECK(text_of_duration(24h) == "1d");
  CHECK(text_of_money({19'900}) == "199 yuan");
  CHECK(text_of_money({1'990}) == "19.90 yuan");
  CHECK(text_of_money({5}) == "0.05 yuan");
}

TEST_CASE("exact texts use the largest unit that divides the value") {
  CHECK(text_of_count(1'500'000) == "1500k");
  CHECK(text_of_duration(1500ms) == "1500ms");
}

}  // namespace double11
