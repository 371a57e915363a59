#include <double11/report/hgrm.hpp>

#include <string>

#include "catch.hpp"

namespace double11::report {

// A thousand of 1 ms, 2 ms, ... 10 ms each, as a result has them.
TEST_CASE("latencies as HdrHistogram's percentile text") {
  std::string cells;
  for (int ms = 1; ms <= 10; ++ms) {
    cells += (cells.empty() ? "" : ",") + std::string("[") + std::to_string(ms) + "000000,1000]";
  }
  const std::string result =
      R"({"latency_ns": {"paid": {"count": 10000, "mean": 5500000.0, "max": 10000000, "cells": [)" +
      cells + "]}}}";
  const auto text = hgrm(result, "paid");
  REQUIRE(text);
  // Five lines to each half of what is left, then the largest value.
  CHECK(*text ==
        "#[Unit    = ms]\n"
        "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
        "       1.000 0.000000000000       1000           1.00\n"
        "       1.000 0.100000000000       1000           1.11\n"
        "       2.000 0.200000000000       2000           1.25\n"
        "       3.000 0.300000000000       3000           1.43\n"
        "       4.000 0.400000000000       4000           1.67\n"
        "       5.000 0.500000000000       5000           2.00\n"
        "       6.000 0.550000000000       6000           2.22\n"
        "       6.000 0.600000000000       6000           2.50\n"
        "       7.000 0.650000000000       7000           2.86\n"
        "       7.000 0.700000000000       7000           3.33\n"
        "       8.000 0.750000000000       8000           4.00\n"
        "       8.000 0.775000000000       8000           4.44\n"
        "       8.000 0.800000000000       8000           5.00\n"
        "       9.000 0.825000000000       9000           5.71\n"
        "       9.000 0.850000000000       9000           6.67\n"
        "       9.000 0.875000000000       9000           8.00\n"
        "       9.000 0.887500000000       9000           8.89\n"
        "       9.000 0.900000000000       9000          10.00\n"
        "      10.000 0.912500000000      10000          11.43\n"
        "      10.000 1.000000000000      10000\n"
        "#[Mean    =        5.500, StdDeviation   =        2.872]\n"
        "#[Max     =       10.000, Total count    =        10000]\n");
}

TEST_CASE("no percentiles where there are no latencies") {
  CHECK_FALSE(hgrm("", "paid"));
  CHECK_FALSE(hgrm("[]", "paid"));
  CHECK_FALSE(hgrm(R"({"latency_ns": {}})", "paid"));
  CHECK_FALSE(hgrm(R"({"latency_ns": {"paid": {"count": "x"}}})", "paid"));
  const auto empty =
      hgrm(R"({"latency_ns": {"paid": {"count": 0, "mean": 0, "max": 0, "cells": []}}})", "paid");
  REQUIRE(empty);
  CHECK(empty->find("nan") == std::string::npos);
  CHECK(empty->find("Total count    =            0") != std::string::npos);
}

}  // namespace double11::report
