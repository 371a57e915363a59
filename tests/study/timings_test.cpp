#include <double11/study/timings.hpp>
#include <double11/study/timings_file.hpp>

#include <cmath>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "catch.hpp"

namespace double11::study {
namespace {

TimingsRead read_csv(const std::string& text, TimingsOptions options = {}) {
  std::istringstream file(text);
  return read_timings(file, options);
}

TimingsRead read_hgrm(const std::string& text, double unit_ns = 1e6) {
  std::istringstream file(text);
  TimingsOptions options;
  options.format = TimingsFormat::hgrm;
  options.unit_ns = unit_ns;
  return read_timings(file, options);
}

}  // namespace

TEST_CASE("timings: the mean is exact, percentiles nearly") {
  Timings timings;
  for (std::int64_t i = 1; i <= 100'000; ++i) timings.add(i * 1'000);
  CHECK(timings.count() == 100'000);
  CHECK(timings.mean_ns() == 50'000'500);
  CHECK(timings.least_ns() == 1'000);
  CHECK(timings.most_ns() == 100'000'000);
  CHECK(timings.quantile_ns(0.5) == Approx(50'000'000).epsilon(0.001));
  CHECK(timings.quantile_ns(0.999) == Approx(99'900'000).epsilon(0.001));
  CHECK(timings.quantile_ns(1) == 100'000'000);
  CHECK(timings.deviation_ns() == Approx(100'000'000 / std::sqrt(12.0)).epsilon(0.001));
}

TEST_CASE("timings: cells are put together until there are few enough") {
  Timings timings;
  for (std::int64_t i = 0; i < 5'000; ++i) timings.add(1'000'000 + i * 777);
  timings.add(Timings::kMostNs, 3);
  timings.add(0, 2);
  for (const std::size_t most : {1U, 2U, 10U, 500U, 100'000U}) {
    CAPTURE(most);
    const auto cells = timings.cells(most);
    CHECK(cells.size() <= most);
    std::int64_t count = 0;
    double sum = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) CHECK(cells[i].value_ns > cells[i - 1].value_ns);
      count += cells[i].count;
      sum += cells[i].value_ns * static_cast<double>(cells[i].count);
    }
    CHECK(count == 5'005);
    CHECK(sum / 5'005 == Approx(timings.mean_ns()).epsilon(1e-12));
  }
}

TEST_CASE("a CSV of durations") {
  SECTION("the header says the unit") {
    for (const char* const header : {"latency_ms", "Latency (ms)", "elapsed milliseconds", "ms"}) {
      CAPTURE(header);
      const auto read = read_csv(std::string(header) + "\n1.5\n2.5\r\n\n");
      REQUIRE(read.mistakes.empty());
      CHECK(read.timings.count() == 2);
      CHECK(read.timings.mean_ns() == 2e6);
    }
  }
  SECTION("microseconds by either sign for micro") {
    for (const char* const header :
         {"latency_\xC2\xB5s", "Latency (\xC2\xB5s)", "latency_\xCE\xBCs", "\xC2\xB5s"}) {
      CAPTURE(header);
      const auto read = read_csv(std::string(header) + "\n1.5\n2.5\n");
      REQUIRE(read.mistakes.empty());
      CHECK(read.timings.mean_ns() == 2e3);
    }
  }
  SECTION("values say theirs") {
    CHECK(read_csv("1.5ms\n500us").timings.mean_ns() == 1e6);
  }
  SECTION("the option says it where the file does not, or says the same") {
    TimingsOptions options;
    options.unit_ns = 1e3;
    CHECK(read_csv("latency\n3", options).timings.mean_ns() == 3e3);
    CHECK(read_csv("latency_us\n3", options).timings.mean_ns() == 3e3);
  }
  SECTION("what was taken as a header is told, unless it says the unit") {
    const auto read = read_csv("took\n3ms");
    REQUIRE(read.mistakes.empty());
    CHECK(read.notes == std::vector<std::string>{"Line 1 was taken as the header: took"});
    CHECK(read_csv("p99_ms\n3").notes.empty());
    CHECK(read_csv("\xE8\x80\x97\xE6\x97\xB6\n3ms").timings.count() == 1);
  }
  SECTION("two columns without a header are told") {
    const auto read = read_csv("3ms,2\n4ms,1");
    REQUIRE(read.mistakes.empty());
    CHECK(read.timings.count() == 3);
    REQUIRE(read.notes.size() == 1);
    CHECK_THAT(read.notes.front(), Catch::Matchers::Contains("a duration and how often"));
    CHECK(read_csv("ms,Frequency\n3,2").notes.empty());
  }
  SECTION("with counts, by any separator") {
    for (const char separator : {',', ';', '\t'}) {
      const auto read = read_csv(fmt::format("ms{0}count\n10{0}3\n\"20\"{0}1k\n30{0}0", separator));
      REQUIRE(read.mistakes.empty());
      CHECK(read.timings.count() == 1'003);
      CHECK(read.timings.most_ns() == 20'000'000);
    }
  }
  SECTION("a column of many") {
    TimingsOptions options;
    options.column = "took_us";
    CHECK(read_csv("when,took_us,what\n3,1000,x\n4,3000,y", options).timings.mean_ns() == 2e6);
  }
  SECTION("shorter than allowed counts as the shortest, and is told") {
    TimingsOptions options;
    options.least_ns = 1'000;
    const auto read = read_csv("ms,n\n0,7\n2,1", options);
    REQUIRE(read.mistakes.empty());
    CHECK(read.raised == 7);
    CHECK(read.timings.least_ns() == 1'000);
  }
}

TEST_CASE("mistakes in a CSV name the line, what was found and what is allowed") {
  const auto first = [](const std::string& text, const TimingsOptions& options = {}) {
    const auto read = read_csv(text, options);
    return read.mistakes.empty() ? std::string() : read.mistakes.front();
  };
  using Catch::Matchers::Contains;
  CHECK(first("").starts_with("found no duration"));
  CHECK(first("latency_ms\n").starts_with("found no duration"));
  CHECK_THAT(first("12\n13"), Contains("line 1: found \"12\"; allowed: a unit"));
  CHECK(read_csv("12\n13").mistakes.size() == 1);
  CHECK_THAT(first("ms\n1\nabc"), Contains("line 3: found \"abc\"; allowed: a duration"));
  CHECK_THAT(first("ms\n1\n-2"), Contains("line 3: found \"-2\"; allowed: 0s to 400d"));
  CHECK_THAT(first("ms\n1e300"), Contains("line 2: found"));
  CHECK_THAT(first("ms\nnan"), Contains("line 2: found \"nan\""));
  CHECK_THAT(first("ms,n\n1,2\n1"), Contains("line 3: found \"1 columns\"; allowed: 2"));
  CHECK_THAT(first("ms,n\n1,-2"), Contains("line 2, column 2: found \"-2\"; allowed: a count"));
  CHECK_THAT(first("ms,n\n1,999G\n1,999G"), Contains("durations in all"));
  CHECK_THAT(first("a,b,c\n1,2,3"), Contains("--column NAME"));
  // A first value that cannot be read is no header.
  for (const char* const value : {"12 msec", "1.2.3", "-", "~5ms", "NaN", "n/a", "$3", "<1ms"}) {
    CAPTURE(value);
    const auto read = read_csv(std::string(value) + "\n13ms\n14ms");
    REQUIRE(read.mistakes.size() == 1);
    CHECK_THAT(read.mistakes.front(), Contains(std::string("line 1: found \"") + value +
                                               "\"; allowed: a duration, such as 12.5 or 12.5ms, "
                                               "or a header"));
  }
  // Neither an index nor an instant is a duration with a count.
  CHECK_THAT(first("n,latency_ms\n1,2"), Contains("line 1: found \"n,latency_ms\"; allowed: a "
                                                  "second column called count"));
  CHECK_THAT(first("start,took_ms\n1,2"), Contains("--column NAME takes one"));
  // Nor is a count of something else.
  for (const char* const name : {"error count", "n_retries", "count of requests"}) {
    CAPTURE(name);
    CHECK_THAT(first(fmt::format("ms,{}\n1,2", name)), Contains("a second column called count"));
  }
  // A rate has no unit of time, and a letter beyond ASCII is part of its word.
  for (const char* const name :
       {"requests per ms", "requests_per_s", "orders/s", "orders / s", "acc\xC3\xA8s"}) {
    CAPTURE(name);
    CHECK_THAT(first(fmt::format("{}\n1", name)), Contains("line 2: found \"1\"; allowed: a unit"));
  }
  CHECK_THAT(first("1ms,2.5"), Contains("line 1, column 2: found \"2.5\"; allowed: a count"));
  TimingsOptions in_us;
  in_us.unit_ns = 1e3;
  CHECK_THAT(first("latency_ms\n3", in_us),
             Contains("line 1: found \"latency_ms\"; allowed: the unit of --unit, or no --unit"));
  TimingsOptions options;
  options.column = "took";
  CHECK_THAT(first("a,b,c\n1,2,3", options), Contains("a header with the column took"));

  std::string many = "ms\n";
  for (int i = 0; i < 1'000; ++i) many += "x\n";
  many += "-1\n";
  const auto told = read_csv(many).mistakes;
  REQUIRE(told.size() == 2);
  CHECK_THAT(told[0], Contains("line 2: found \"x\"; allowed: a duration") &&
                          Contains(" (and 999 more lines like it)"));
  CHECK_THAT(told[1], Contains("line 1002: found \"-1\"") && !Contains("like it"));
  CHECK(read_csv(std::string(10'000'000, '7')).mistakes.size() == 1);
}

TEST_CASE("percentiles as HdrHistogram writes them") {
  const std::string text =
      "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
      "       1.000 0.000000000000         10           1.00\n"
      "       2.000 0.500000000000         50           2.00\n"
      "       4.000 0.750000000000         75           4.00\n"
      "       9.000 1.000000000000        100\n"
      "#[Mean    =        2.600, StdDeviation   =        2.200]\n"
      "#[Max     =        9.000, Total count    =          100]\n";
  const auto read = read_hgrm(text);
  REQUIRE(read.mistakes.empty());
  CHECK(read.timings.count() == 100);
  // What is between two lines is above the one and at most the other.
  CHECK(read.timings.quantile_ns(0.10) == Approx(1e6).epsilon(0.001));
  CHECK(read.timings.quantile_ns(0.50) == Approx(2e6).epsilon(0.001));
  CHECK(read.timings.quantile_ns(0.75) == Approx(4e6).epsilon(0.001));
  CHECK(read.timings.most_ns() == 9'000'000);
  CHECK(read.mean_ns == Approx(2.6e6));
  // 10 of 1, 40 of 1.5, 25 of 3, 25 of 6.5 and half a sixteenth of their steps more.
  CHECK(read.timings.mean_ns() == Approx(3.142e6).epsilon(0.02));

  using Catch::Matchers::Contains;
  CHECK_THAT(read_hgrm(text, 0).mistakes.front(),
             Contains("line 3: found \"1.000\"; allowed: a unit"));
  CHECK(read_hgrm("#[Unit    = us]\n" + text, 0).timings.most_ns() == 9'000);
  CHECK_THAT(
      read_hgrm("1 0 5\n2 0.5 4\n").mistakes.front(),
      Contains("line 2: found \"2 0.5 4\"; allowed: a value from 1.000, a percentile from 0 to 1 "
               "and a total count from 5"));
  CHECK_THAT(read_hgrm("1 0\n").mistakes.front(), Contains("Value, Percentile and TotalCount"));
  CHECK_THAT(read_hgrm("1 0.5 5\n2 0.4 6\n").mistakes.front(), Contains("a percentile from 0.5"));
}

TEST_CASE("an .hgrm that is not whole, or says another unit, is told") {
  const std::string lines = "Value Percentile TotalCount\n1 0 10\n2 0.5 50\n";
  const std::string last = "9 1.0 100\n";
  const std::string footer = "#[Max = 9.000, Total count = 100]\n";
  using Catch::Matchers::Contains;
  CHECK(read_hgrm(lines + last + footer).mistakes.empty());
  CHECK(read_hgrm(lines + last + footer).notes.empty());

  const auto cut = read_hgrm(lines);
  REQUIRE(cut.mistakes.size() == 1);
  CHECK_THAT(cut.mistakes.front(),
             Contains("line 3: found \"the end of the file after the percentile 0.5\"; allowed: a "
                      "file that goes on to the percentile 1"));
  const auto hole = read_hgrm(lines + footer);
  REQUIRE(hole.mistakes.size() >= 1);
  CHECK_THAT(hole.mistakes.front(),
             Contains("line 4: found \"100\"; allowed: 50, the last TotalCount above"));
  const auto bare = read_hgrm(lines + last);
  CHECK(bare.mistakes.empty());
  REQUIRE(bare.notes.size() == 1);
  CHECK_THAT(bare.notes.front(), Contains("no total count at its end"));
  // HdrHistogram's CSV never has one.
  CHECK(read_hgrm("\"Value\",\"Percentile\",\"TotalCount\"\n1,0.5,5\n2,1,9\n").notes.empty());

  // A footer or a percentile that the lines contradict is a doubt.
  const auto note = [](const std::string& all) {
    const auto read = read_hgrm(all);
    CHECK(read.mistakes.empty());
    return read.notes.size() == 1 ? read.notes.front() : std::string();
  };
  CHECK(read_hgrm(lines + last + "#[Mean = 4.0, StdDeviation = 1]\n" + footer).notes.empty());
  CHECK_THAT(note(lines + last + "#[Mean = 7.0, StdDeviation = 1]\n" + footer),
             Contains("line 5: the mean 7 contradicts the lines above, which allow 1.4 to 5.4"));
  CHECK_THAT(note(lines + last + "#[Max = 12.000, Total count = 100]\n"),
             Contains("line 5: the maximum 12 contradicts the last line above, 9"));
  CHECK_THAT(note("Value Percentile TotalCount\n1 0 10\n2 0.9 50\n" + last + footer),
             Contains("line 3: its percentile contradicts its total count"));

  CHECK(read_hgrm("#[Unit = ms]\n" + lines + last).mistakes.empty());
  CHECK_THAT(read_hgrm("#[Unit = us]\n" + lines + last).mistakes.front(),
             Contains("line 1: found \"#[Unit = us]\"; allowed: the unit of --unit"));
}

}  // namespace double11::study
