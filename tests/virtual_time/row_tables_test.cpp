// The published tables of one hot row: updates per second by the number of threads that update it.
// A thread is a credit: it waits at the door, updates the row, is paid at once and comes back. The
// model has one set of costs for each table; what is left is said as a tolerance.
#include <double11/measure/run_record.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::virtual_time {
namespace {

struct Point {
  int threads;
  double per_s;
};

// Updates per second while `threads` do nothing else: those of the second half of `seconds`, once
// the first groups have formed.
double updates_per_s(const std::string& row, int threads, int seconds) {
  const auto sale = scenario::small_scenario(
      {"duration=" + std::to_string(seconds) + "s", "traffic.curve[0].rate=30k/s",
       "traffic.arrivals=constant", "traffic.basket=[1]", "traffic.quantity_max=1",
       "catalogue.skus=1", "catalogue.hot.skus=0", "catalogue.hot.share=0", "catalogue.stock=2G",
       "inventory.reservation_ttl=1h", "inventory.row=" + row,
       "admission.in_flight_limit=" + std::to_string(threads), "admission.queue_limit=10k",
       "payment.servers=100k", "payment.decline_probability=0",
       R"(payment.latency={"distribution":"constant","mean":"1us"})"});
  const measure::RunRecord record = simulate(sale, {});
  const auto rows = static_cast<std::size_t>(seconds);
  double updates = 0;
  for (std::size_t second = rows / 2; second < rows; ++second) {
    updates += record.series.rows()[second][index_of(Funnel::reserved)];
  }
  return updates / static_cast<double>(rows - rows / 2);
}

void check_table(const std::string& row, const std::vector<Point>& table, double tolerance) {
  for (const Point& point : table) {
    const double simulated = updates_per_s(row, point.threads, 20);
    const double error = simulated / point.per_s - 1;
    INFO(point.threads << " threads: published " << point.per_s << "/s, simulated " << simulated
                       << "/s, " << error * 100 << " %");
    CHECK(std::abs(error) < tolerance);
  }
}

}  // namespace

// PolarDB-X 2.0, two nodes, sysbench on one row:
// https://help.aliyun.com/en/polardb/polardb-for-xscale/update-hot-rows
TEST_CASE("rows: PolarDB-X, plain updates, 1 to 512 threads, within 5 %") {
  check_table(R"({"model":"plain","lock":"1180us","lock_crowded":"390us","crowd":512,)"
              R"("update":"40us","commit":"1200us","round_trip":"725us"})",
              {{1, 318},
               {4, 423},
               {8, 409},
               {16, 409},
               {32, 412},
               {64, 428},
               {128, 448},
               {256, 497},
               {512, 615}},
              0.05);
}

// Published figures fall below the model at 256 threads and jump at 512; no smooth law is closer.
TEST_CASE("rows: PolarDB-X, group commit, 1 to 512 threads, within 15 %") {
  check_table(R"({"model":"group","lock":"150us","update":"41300ns","commit":"1800us",)"
              R"("group_most":1000,"round_trip":"1365us"})",
              {{1, 298},
               {4, 986},
               {8, 1872},
               {16, 3472},
               {32, 6315},
               {64, 10138},
               {128, 13714},
               {256, 15803},
               {512, 23262}},
              0.15);
}

// MySQL 5.7 on 48 cores: more threads, fewer updates, as deadlock detection compares all that wait;
// https://volcengine.com/docs/6313/1469436
TEST_CASE("rows: the collapse of one row, 16 to 4096 threads, within 5 %") {
  check_table(R"({"model":"plain","lock":"10us","lock_crowded":"3972us","crowd":850,)"
              R"("crowd_bend":0.9,"update":"20us","commit":"80us","round_trip":"100us"})",
              {{16, 8309.06},
               {32, 7708.74},
               {64, 6408.44},
               {128, 4006.42},
               {256, 1786.19},
               {512, 606.19},
               {1024, 247.76},
               {2048, 243.04},
               {4096, 245.75}},
              0.05);
}

}  // namespace double11::virtual_time
