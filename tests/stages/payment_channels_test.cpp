// Payment by several channels.
#include <double11/stages/payment.hpp>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "stages/payment_desk.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

// Two channels of 20 ms; nothing is declined unless a test says so.
scenario::Scenario two_channels(const std::string& more_a, const std::string& more_b,
                                std::vector<std::string> overrides = {}) {
  const std::string common = R"("latency":{"distribution":"constant","mean":"20ms"})";
  overrides.insert(overrides.begin(),
                   {"payment={}", "payment.timeout=1s",
                    R"(payment.channels=[{"name":"a","share":0.75,)" + common + more_a +
                        R"(},{"name":"b","share":0.25,)" + common + more_b + "}]"});
  return scenario::small_scenario(overrides);
}

Order paying(std::uint64_t id, Instant at = at_ns(0)) {
  return reserved(id, at, at + 1min);
}

// Enters and, when served, starts.
Station::Entry come(Desk& desk, Order& order) {
  const Station::Entry entry = desk.payment.enter(order);
  if (entry == Station::Entry::served) order.at = desk.payment.start(order, order.at);
  return entry;
}

TEST_CASE("Payment: orders take channels by their shares, within what chance explains") {
  Desk desk(two_channels("", ""));
  constexpr int kOrders = 40'000;
  int at_a = 0;
  for (std::uint64_t id = 1; id <= kOrders; ++id) {
    Order order = paying(id);
    REQUIRE(come(desk, order) == Station::Entry::served);
    at_a += order.channel() == 0 ? 1 : 0;
  }
  const double sigma = std::sqrt(kOrders * 0.75 * 0.25);
  CHECK(std::abs(at_a - kOrders * 0.75) < 4 * sigma);
  CHECK(desk.payment.counts().channels[0].started == at_a);
  CHECK(desk.payment.counts().channels[1].started == kOrders - at_a);
}

TEST_CASE("Payment: each channel has servers, a queue and a timeout of its own") {
  Desk desk(two_channels(R"(,"servers":1,"queue_limit":1)",
                         R"(,"servers":1,"queue_limit":0,"timeout":"5ms")"));
  std::vector<Order> served;
  int queued = 0;
  int refused = 0;
  for (std::uint64_t id = 1; id <= 40; ++id) {
    Order order = paying(id);
    switch (come(desk, order)) {
      case Station::Entry::served:
        served.push_back(order);
        break;
      case Station::Entry::queued:
        CHECK(order.channel() == 0);
        ++queued;
        break;
      case Station::Entry::refused:
        CHECK(order.ends_as() == Outcome::shed);
        ++refused;
        break;
    }
  }
  REQUIRE(served.size() == 2);
  CHECK(queued == 1);
  CHECK(refused == 37);
  CHECK(desk.payment.lacks_servers());
  CHECK_FALSE(desk.payment.can_serve());
  for (Order& order : served)
    CHECK(order.at == (order.channel() == 0 ? Instant(20ms) : Instant(5ms)));
  // A server of b is of no use to who waits at a.
  for (Order& order : served) {
    if (order.channel() == 1) desk.payment.conclude(order);
  }
  CHECK_FALSE(desk.payment.can_serve());
  CHECK(desk.payment.serve(Instant(5ms)).empty());
  for (Order& order : served) {
    if (order.channel() == 0) desk.payment.conclude(order);
  }
  CHECK(desk.payment.can_serve());
  REQUIRE(desk.payment.serve(Instant(20ms)).size() == 1);
  CHECK(desk.payment.queued() == 0);
  CHECK(desk.payment.queue_most() == 1);
  CHECK(desk.payment.busy() == 45ms);
  CHECK(desk.payment.counts().channels[0].busy == 40ms);
  // b timed out, its success is refunded.
  CHECK(desk.payment.counts().channels[1].timed_out == 1);
  CHECK(desk.payment.counts().given_up == 1);
}

TEST_CASE("Payment: a slow-down of one channel is not one of the other") {
  Desk desk(two_channels(
      "", "", {R"(payment.slowdowns=[{"channel":"b","at":"0s","duration":"1s","factor":0.5}])"}));
  for (std::uint64_t id = 1; id <= 20; ++id) {
    Order order = paying(id);
    REQUIRE(come(desk, order) == Station::Entry::served);
    CHECK(order.at == (order.channel() == 0 ? Instant(20ms) : Instant(40ms)));
  }
}

TEST_CASE("Payment: tried again at the same channel, or elsewhere when so set") {
  for (const bool elsewhere : {false, true}) {
    INFO("elsewhere " << elsewhere);
    Desk desk(two_channels(R"(,"decline_probability":1)", R"(,"decline_probability":1)",
                           {"payment.attempts=2", elsewhere ? "payment.retry_elsewhere=on"
                                                            : "payment.retry_elsewhere=off"}));
    for (std::uint64_t id = 1; id <= 30; ++id) {
      Order order = paying(id);
      REQUIRE(come(desk, order) == Station::Entry::served);
      const unsigned first = order.channel();
      desk.payment.conclude(order);
      REQUIRE(order.step == Step::pay);
      REQUIRE(come(desk, order) == Station::Entry::served);
      CHECK((order.channel() != first) == elsewhere);
      desk.payment.conclude(order);
      CHECK(order.ends_as() == Outcome::declined);
    }
  }
}

TEST_CASE("Payment: the late success of the first channel goes back when the second is tried") {
  Desk desk(two_channels(R"(,"timeout":"5ms")", R"(,"timeout":"5ms")",
                         {"payment.attempts=2", "payment.retry_elsewhere=on"}));
  Order order = paying(1);
  REQUIRE(come(desk, order) == Station::Entry::served);
  const unsigned first = order.channel();
  Order late;
  REQUIRE(desk.payment.next_repayment(late));
  CHECK(late.step == Step::repay);
  CHECK(late.at == Instant(20ms));
  CHECK(late.channel() == first);
  desk.payment.conclude(order);
  REQUIRE(come(desk, order) == Station::Entry::served);
  CHECK(order.channel() != first);
  desk.payment.refund(late);
  CHECK(desk.payment.counts().channels[first].refunds == 1);
}

TEST_CASE("Payment: while a breaker is open, orders go to another channel") {
  Desk desk(two_channels(R"(,"decline_probability":1,"breaker":"on")", "",
                         {R"(payment.breaker={"window":2,"open_time":"1s","probes":1})"}));
  std::uint64_t id = 0;
  for (int declined = 0; declined < 2;) {
    Order order = paying(++id);
    REQUIRE(come(desk, order) == Station::Entry::served);
    declined += order.channel() == 0 ? 1 : 0;
  }
  for (int i = 0; i < 30; ++i) {
    Order order = paying(++id, Instant(20ms));
    REQUIRE(come(desk, order) == Station::Entry::served);
    CHECK(order.channel() == 1);
  }
  CHECK(desk.payment.counts().channels[0].opened == 1);
  CHECK(desk.payment.counts().channels[0].avoided > 10);
  CHECK(desk.payment.counts().unrouted == 0);
  // One probe, later.
  int probes = 0;
  for (int i = 0; i < 30; ++i) {
    Order order = paying(++id, Instant(1020ms));
    REQUIRE(come(desk, order) == Station::Entry::served);
    probes += order.channel() == 0 ? 1 : 0;
  }
  CHECK(probes == 1);
}

TEST_CASE("Payment: with every breaker open it fails at once, and may be tried again") {
  const std::string bad = R"(,"decline_probability":1,"breaker":"on")";
  Desk desk(two_channels(bad, bad,
                         {R"(payment.breaker={"window":1,"open_time":"1s"})", "payment.attempts=2",
                          "payment.retry_delay=7ms"}));
  for (std::uint64_t id = 1; id <= 20; ++id) {
    Order order = paying(id);
    REQUIRE(come(desk, order) == Station::Entry::served);
  }
  Order order = paying(100, Instant(30ms));
  REQUIRE(come(desk, order) == Station::Entry::served);
  CHECK(order.at == Instant(30ms));
  desk.payment.conclude(order);
  CHECK(order.step == Step::pay);
  CHECK(order.at == Instant(37ms));
  REQUIRE(come(desk, order) == Station::Entry::served);
  desk.payment.conclude(order);
  CHECK(order.step == Step::release);
  CHECK(order.ends_as() == Outcome::declined);
  CHECK(desk.payment.counts().unrouted == 2);
  CHECK(desk.payment.counts().declined == 1);
}

TEST_CASE("Payment: what is the buyer's fault does not open a breaker") {
  const std::string bad = R"(,"decline_probability":1,"breaker":"on")";
  Desk desk(two_channels(bad, bad,
                         {R"(payment.breaker={"window":1})",
                          R"(payment.reasons=[{"name":"funds","share":1,"fault":"buyer"}])"}));
  for (std::uint64_t id = 1; id <= 20; ++id) {
    Order order = paying(id, Instant(30ms * static_cast<int>(id)));
    REQUIRE(come(desk, order) == Station::Entry::served);
  }
  CHECK(desk.payment.counts().unrouted == 0);
  CHECK(desk.payment.counts().reasons[0] == 20);
}

TEST_CASE("Payment: reasons come by their shares, and a final one is not tried again") {
  Desk desk(constant_payments({"payment.decline_probability=1", "payment.attempts=2",
                               R"(payment.reasons=[{"name":"fraud","share":0.2,"retryable":"no"},)"
                               R"({"name":"busy","share":0.8}])"}));
  desk.payment.station().add_servers(1'000'000);
  constexpr int kOrders = 20'000;
  int final_ones = 0;
  for (std::uint64_t id = 1; id <= kOrders; ++id) {
    Order order = paying(id);
    REQUIRE(come(desk, order) == Station::Entry::served);
    desk.payment.conclude(order);
    final_ones += order.step == Step::release ? 1 : 0;
  }
  const double sigma = std::sqrt(kOrders * 0.2 * 0.8);
  CHECK(std::abs(final_ones - kOrders * 0.2) < 4 * sigma);
  CHECK(desk.payment.counts().reasons[0] == final_ones);
  CHECK(desk.payment.counts().reasons[1] == kOrders - final_ones);
}

TEST_CASE("Payment: who leaves a queue is the first of all channels") {
  Desk desk(two_channels(R"(,"servers":1)", R"(,"servers":1)"));
  std::int64_t waiting = 0;
  for (std::uint64_t id = 1; id <= 20; ++id) {
    Order order = reserved(id, at_ns(0), Instant(std::chrono::milliseconds(100 + id)));
    waiting += come(desk, order) == Station::Entry::queued ? 1 : 0;
  }
  REQUIRE(waiting == 18);
  Instant before;
  Order left;
  while (desk.payment.expire_next(Instant(1s), left)) {
    CHECK(left.at > before);
    CHECK(left.ends_as() == Outcome::expired);
    before = left.at;
    --waiting;
  }
  CHECK(waiting == 0);
  CHECK(desk.payment.queued() == 0);
  CHECK(desk.payment.counts().channels[0].left + desk.payment.counts().channels[1].left == 18);
}

}  // namespace
}  // namespace double11::stages
