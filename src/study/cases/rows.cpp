// Published tables of one hot row: updates per second by the number of threads that update it. A
// thread is a credit: it waits at the door, updates the row, pays in no time and comes back. There
// is one set of costs for each table.
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "study/cases/case_builder.hpp"

namespace double11::study {
namespace {

constexpr int kSeconds = 20;

struct Point {
  std::int64_t threads;
  double per_s;
};

struct Table {
  const char* name;
  const char* family;
  Json row;
  double tolerance;
  double offered_per_s;  // more than the row ever carries, so that somebody is always at the door
  std::vector<Point> points;
};

// PolarDB-X 2.0, two nodes, sysbench:
// https://help.aliyun.com/en/polardb/polardb-for-xscale/update-hot-rows
// With plain updates it gets a little quicker the more wait.
Table polardb_plain() {
  return {"row_polardbx_plain",
          "one hot row, plain updates",
          {{"model", "plain"},
           {"lock", "1180us"},
           {"lock_crowded", "390us"},
           {"crowd", 512},
           {"update", "40us"},
           {"commit", "1200us"},
           {"round_trip", "725us"}},
          0.03,
          2e3,
          {{1, 318},
           {4, 423},
           {8, 409},
           {16, 409},
           {32, 412},
           {64, 428},
           {128, 448},
           {256, 497},
           {512, 615}}};
}

// The same with group commit. The published figures fall behind at 256 threads and jump at 512; no
// smooth law comes closer to both.
Table polardb_group() {
  return {"row_polardbx_group",
          "one hot row, group commit",
          {{"model", "group"},
           {"lock", "150us"},
           {"update", "41300ns"},
           {"commit", "1800us"},
           {"group_most", 1000},
           {"round_trip", "1365us"}},
          0.13,
          50e3,
          {{1, 298},
           {4, 986},
           {8, 1872},
           {16, 3472},
           {32, 6315},
           {64, 10138},
           {128, 13714},
           {256, 15803},
           {512, 23262}}};
}

// RDS MySQL 5.7 on 48 cores, no hot-row optimisation: https://volcengine.com/docs/6313/1469436
// Deadlock detection compares those who wait, up to a limit.
Table volcengine() {
  return {"row_volcengine",
          "one hot row that collapses",
          {{"model", "plain"},
           {"lock", "10us"},
           {"lock_crowded", "3972us"},
           {"crowd", 850},
           {"crowd_bend", 0.9},
           {"update", "20us"},
           {"commit", "80us"},
           {"round_trip", "100us"}},
          0.03,
          20e3,
          {{16, 8309.06},
           {32, 7708.74},
           {64, 6408.44},
           {128, 4006.42},
           {256, 1786.19},
           {512, 606.19},
           {1024, 247.76},
           {2048, 243.04},
           {4096, 245.75}}};
}

ValidationCase case_of(const Table& table, const Point& point) {
  const std::string name = fmt::format("{}_{}_threads", table.name, point.threads);
  const double rate = table.offered_per_s;
  ValidationCase one{name, table.family, {}, {}, {}, rate * kSeconds};
  one.scenario = Json{{"name", name},
                      {"duration", text_of_seconds(kSeconds)},
                      {"traffic",
                       {{"arrivals", "constant"},
                        {"curve", Json::array({{{"at", "0s"}, {"rate", text_of_rate(rate)}}})}}},
                      {"catalogue", {{"skus", 1}, {"stock", "1G"}}},
                      {"admission", {{"in_flight_limit", point.threads}, {"queue_limit", "10k"}}},
                      {"inventory", {{"row", table.row}}},
                      {"payment", {{"latency", constant(1e-6)}}}}
                     .dump();
  one.expectations.push_back(
      {"reserved.throughput", point.per_s, Judgement::approximation, table.tolerance});
  return one;
}

}  // namespace

void add_row_cases(std::vector<ValidationCase>& cases) {
  for (const Table& table : {polardb_plain(), polardb_group(), volcengine()}) {
    for (const Point& point : table.points) cases.push_back(case_of(table, point));
  }
}

}  // namespace double11::study
