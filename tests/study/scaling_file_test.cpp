#include <double11/study/scaling_file.hpp>

#include <string>
#include <variant>
#include <vector>

#include "catch.hpp"

namespace double11::study {
namespace {

std::vector<ScalingPoint> points_of(const std::string& csv) {
  const auto parsed = parse_points(csv);
  CAPTURE(csv);
  REQUIRE(std::holds_alternative<std::vector<ScalingPoint>>(parsed));
  return std::get<std::vector<ScalingPoint>>(parsed);
}

std::vector<std::string> problems_of(const std::string& csv) {
  const auto parsed = parse_points(csv);
  CAPTURE(csv);
  REQUIRE(std::holds_alternative<std::vector<std::string>>(parsed));
  return std::get<std::vector<std::string>>(parsed);
}

}  // namespace

TEST_CASE("Points from CSV: columns by name, comments, blanks, line ends") {
  const auto points = points_of("# a source\nn,throughput\n1,64.9\n\n18, 995.9\r\n");
  REQUIRE(points.size() == 2);
  CHECK(points[1].capacity == Approx(18));
  CHECK(points[1].throughput == Approx(995.9));
  CHECK(points[1].weight == Approx(1));
  const auto weighted = points_of("weight,\"throughput\",host,n\n0.5,1e3,a,2");
  REQUIRE(weighted.size() == 1);
  CHECK(weighted[0].capacity == Approx(2));
  CHECK(weighted[0].throughput == Approx(1000));
  CHECK(weighted[0].weight == Approx(0.5));
}

TEST_CASE("Points from a spreadsheet: byte order mark, capitals, semicolons, tabs") {
  for (const char* const csv :
       {"\xEF\xBB\xBFn,throughput\n1,64.9", "N,Throughput\n1,64.9",
        "\xEF\xBB\xBF\"N\";\"THROUGHPUT\"\r\n1;64.9\r\n", "n\tthroughput\n1\t64.9",
        "\xEF\xBB\xBF# a source\nn,throughput\n1,64.9"}) {
    const auto points = points_of(csv);
    REQUIRE(points.size() == 1);
    CHECK(points[0].capacity == Approx(1));
    CHECK(points[0].throughput == Approx(64.9));
  }
}

TEST_CASE("Every mistake in a CSV is named with its line") {
  CHECK(problems_of("").front() == "has no points");
  CHECK(problems_of("n,throughput\n").front() == "has no points");
  CHECK(problems_of("n,x\n1,2").front() ==
        "line 1: found \"n,x\", allowed are names of columns, n and throughput among them, with "
        "commas, semicolons or tabs between");
  CHECK(problems_of("n;throughput\n1;2,5")
            .front()
            .starts_with("line 2: throughput: found \"2,5\", allowed is a number"));
  const auto problems = problems_of("n,throughput\n0,5\n1,-2\n2\n3,nan\n4,inf\n5,1e16\n6,7x\n7,8");
  REQUIRE(problems.size() == 7);
  CHECK(problems[0].find("line 2: n: found \"0\", allowed is a number from 1") == 0);
  CHECK(problems[1].find("line 3: throughput: found \"-2\"") == 0);
  CHECK(problems[2].find("line 4: throughput: found \"\"") == 0);
  CHECK(problems[6].find("line 8") == 0);
  CHECK(problems_of("n,throughput,weight\n1,2,0").size() == 1);
}

TEST_CASE("Points with more fields than names, or a name twice, are refused") {
  for (const char* const row : {"2,\"1,000\"", "2,1,5", "2,995,9,0"}) {
    const auto problems = problems_of(std::string("n,throughput\n1,64.9\n") + row);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].starts_with("line 3: found "));
    CHECK(problems[0].find("fields in \"2,") != std::string::npos);
    CHECK(problems[0].find("allowed are 2, as in the first line") != std::string::npos);
  }
  CHECK(problems_of("n,throughput,Throughput\n1,2,3") ==
        std::vector<std::string>{"line 1: found the column throughput more than once in "
                                 "\"n,throughput,Throughput\", allowed is one"});
  CHECK(problems_of("n,N,throughput\n1,2,3").size() == 1);
  CHECK(problems_of("n,throughput,weight,weight\n1,2,3,4").size() == 1);
  // Others are not read, and an empty last field is left out.
  CHECK(points_of("n,throughput,host,host\n1,2,a,b").size() == 1);
  CHECK(points_of("n,throughput\n1,2,\n").size() == 1);
}

}  // namespace double11::study
