// Rows of a database: who commits when.
#include <double11/stages/rows.hpp>

#include <chrono>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;

Order order_of(std::uint64_t id, std::vector<std::uint32_t> skus, Instant at) {
  Order order;
  order.id = OrderId{id};
  order.at = at;
  order.set_lines(skus.size());
  for (std::size_t line = 0; line < skus.size(); ++line) {
    order.sku[line] = SkuId{skus[line]};
    order.quantity[line] = 1;
    order.mark_reserved(line);
  }
  return order;
}

struct Done {
  std::uint64_t id;
  std::int64_t at_us;
  bool operator==(const Done&) const = default;
};

std::vector<Done> all_of(Rows& rows) {
  std::vector<Done> done;
  while (rows.held() > 0) {
    const Instant at = rows.next().at;
    for (const Order& order : rows.advance()) {
      CHECK(order.at == at);
      CHECK(order.step == Step::pay);
      done.push_back({order.id.value, nanoseconds_of(order.at) / 1000});
    }
  }
  return done;
}

Rows rows_of(const std::string& row, const std::string& faults = "[]") {
  return Rows(small_scenario({"inventory.row=" + row, "faults=" + faults}));
}

const std::string kPlain = R"({"model":"plain","lock":"10us","update":"20us","commit":"70us"})";
const std::string kGroup = R"({"model":"group","lock":"10us","update":"20us","commit":"70us",)"
                           R"("group_most":3})";

}  // namespace

TEST_CASE("Rows: one update after the other on a row, others beside it") {
  Rows rows = rows_of(kPlain);
  rows.enter(order_of(1, {7}, Instant(0us)));
  rows.enter(order_of(2, {7}, Instant(30us)));
  rows.enter(order_of(3, {8}, Instant(30us)));
  rows.enter(order_of(4, {7}, Instant(500us)));
  CHECK(rows.held() == 4);
  CHECK(all_of(rows) == std::vector<Done>{{1, 100}, {3, 130}, {2, 200}, {4, 600}});
  CHECK(rows.queue_most() == 1);
}

TEST_CASE("Rows: lines one after the other, the same SKU twice as well") {
  Rows rows = rows_of(R"({"model":"plain","commit":"100us","round_trip":"5us"})");
  rows.enter(order_of(1, {7, 8, 7}, Instant(0us)));
  rows.enter(order_of(2, {7}, Instant(1us)));
  rows.enter(order_of(3, {8, 8}, Instant(2us)));
  // Order 1 is at row 7 from 5us on, at row 8 from 110us, at row 7 again from 215us. Order 2 has
  // row 7 from 105us. Order 3 is at row 8 from 7us, and again from 112us, after order 1.
  CHECK(all_of(rows) == std::vector<Done>{{2, 205}, {3, 310}, {1, 315}});
}

TEST_CASE("Rows: those who wait share a lock and a commit, so many at most") {
  Rows rows = rows_of(kGroup);
  for (std::uint64_t id = 1; id <= 6; ++id) rows.enter(order_of(id, {7}, Instant(0us)));
  // The first alone, then three, then the last two.
  CHECK(all_of(rows) ==
        std::vector<Done>{{1, 100}, {2, 240}, {3, 240}, {4, 240}, {5, 360}, {6, 360}});
  CHECK(rows.queue_most() == 5);
}

TEST_CASE("Rows: simultaneous updates go by order id, whoever was told of first") {
  Rows rows = rows_of(kPlain);
  for (const std::uint64_t id : {5U, 3U, 9U}) rows.enter(order_of(id, {7}, Instant(0us)));
  CHECK(all_of(rows) == std::vector<Done>{{3, 100}, {5, 200}, {9, 300}});
}

TEST_CASE("Rows: a lock costs more the more wait, up to a limit") {
  const Rows rows = rows_of(
      R"({"model":"plain","lock":"10us","lock_crowded":"110us","crowd":10,"crowd_bend":0.5})");
  CHECK(rows.lock_cost(0) == 10us);
  CHECK(rows.lock_cost(5) == 10us + 37500ns);  // half of 0.5 and of 0.25
  CHECK(rows.lock_cost(10) == 110us);
  CHECK(rows.lock_cost(11) == 110us);
  const Rows falling =
      rows_of(R"({"model":"plain","lock":"110us","lock_crowded":"10us","crowd":10})");
  CHECK(falling.lock_cost(1) == 100us);
  CHECK(falling.lock_cost(1000) == 10us);
  CHECK(rows_of(R"({"model":"plain","lock":"9us"})").lock_cost(1000) == 9us);
}

TEST_CASE("Rows: faults of inventory stop them") {
  Rows rows = rows_of(kPlain, R"([{"at":"50us","duration":"1ms","of":"inventory"}])");
  rows.enter(order_of(1, {7}, Instant(0us)));
  rows.enter(order_of(2, {7}, Instant(0us)));
  CHECK(all_of(rows) == std::vector<Done>{{1, 1100}, {2, 1200}});
}

}  // namespace double11::stages
