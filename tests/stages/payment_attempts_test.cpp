// Payments that are tried again, and payments that share a server.
#include <double11/stages/payment.hpp>

#include <chrono>
#include <string>
#include <vector>

#include "catch.hpp"
#include "stages/payment_desk.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

Order entered(Desk& desk, std::uint64_t id, Instant at, Instant until) {
  Order order = reserved(id, at, until);
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  return order;
}

TEST_CASE("Payment: a declined payment is tried again after the delay, then it is final") {
  Desk desk(constant_payments({"payment.decline_probability=1", "payment.attempts=3",
                               "payment.retry_delay=10ms", "payment.retry_backoff=2"}));
  desk.payment.station().add_servers(1);
  Order order = entered(desk, 1, at_ns(0), Instant(1min));
  const Instant concludes[] = {Instant(20ms), Instant(50ms), Instant(90ms)};
  for (int attempt = 0; attempt < 3; ++attempt) {
    REQUIRE(order.attempt == attempt);
    order.at = desk.payment.start(order, order.at);
    CHECK(order.at == concludes[attempt]);
    desk.payment.conclude(order);
    CHECK(desk.payment.station().free_servers() == 1);
    if (attempt == 2) break;
    REQUIRE(order.step == Step::pay);
    CHECK(order.until == Instant(1min));
    REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  }
  CHECK(order.step == Step::release);
  CHECK(order.ends_as() == Outcome::declined);
  CHECK(desk.payment.counts().repeated == 2);
  CHECK(desk.payment.counts().declined == 1);
  Order none;
  CHECK_FALSE(desk.payment.next_repayment(none));
}

TEST_CASE("Payment: a success that comes after the next attempt has begun goes back") {
  Desk desk(
      constant_payments({"payment.timeout=7ms", "payment.attempts=2",
                         R"(payment.slowdowns=[{"at":"0s","duration":"8ms","factor":0.5}])"}));
  desk.payment.station().add_servers(1);
  Order order = entered(desk, 1, at_ns(0), Instant(1min));
  order.at = desk.payment.start(order, order.at);
  CHECK(order.at == Instant(7ms));
  Order late;
  REQUIRE(desk.payment.next_repayment(late));
  CHECK(late.step == Step::repay);
  CHECK(late.at == Instant(24ms));
  CHECK(late.id == order.id);
  CHECK_FALSE(desk.payment.next_repayment(late));
  desk.payment.conclude(order);
  REQUIRE(order.step == Step::pay);
  CHECK(order.at == Instant(7ms));
  // The second attempt is the last one: its own late success makes the order refunded.
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  order.at = desk.payment.start(order, order.at);
  CHECK_FALSE(desk.payment.next_repayment(late));
  desk.payment.conclude(order);
  CHECK(order.ends_as() == Outcome::refunded);
  desk.payment.refund(late);
  CHECK(desk.payment.counts().superseded == 1);
  CHECK(desk.payment.counts().refunds == 1);
  CHECK(desk.payment.counts().captured == desk.payment.counts().refunded);
}

TEST_CASE("Payment: nothing is tried again that the reservation would not live to see") {
  Desk desk(constant_payments(
      {"payment.decline_probability=1", "payment.attempts=9", "payment.retry_delay=10ms"}));
  desk.payment.station().add_servers(1);
  Order short_of = entered(desk, 1, at_ns(0), Instant(30ms));
  short_of.at = desk.payment.start(short_of, short_of.at);
  desk.payment.conclude(short_of);
  CHECK(short_of.ends_as() == Outcome::declined);
  Order enough = entered(desk, 2, at_ns(0), Instant(31ms));
  enough.at = desk.payment.start(enough, enough.at);
  desk.payment.conclude(enough);
  CHECK(enough.step == Step::pay);
}

TEST_CASE("Payment: attempts draw anew, the first one as ever") {
  Desk single(constant_payments({"payment.decline_probability=0.5"}));
  Desk several(constant_payments({"payment.decline_probability=0.5", "payment.attempts=2"}));
  single.payment.station().add_servers(1000);
  several.payment.station().add_servers(1000);
  int saved = 0;
  int declined = 0;
  for (std::uint64_t id = 0; id < 400; ++id) {
    Order one = entered(single, id, at_ns(0), Instant(1min));
    Order two = entered(several, id, at_ns(0), Instant(1min));
    single.payment.start(one, at_ns(0));
    several.payment.start(two, at_ns(0));
    const bool failed = one.answer == PaymentAnswer::declined;
    REQUIRE(failed == (two.answer == PaymentAnswer::again));
    if (!failed) continue;
    several.payment.conclude(two);
    REQUIRE(several.payment.enter(two) == Station::Entry::served);
    several.payment.start(two, two.at);
    (two.answer == PaymentAnswer::approved ? saved : declined) += 1;
  }
  CHECK(saved > 50);
  CHECK(declined > 50);
}

TEST_CASE("Payment: a server takes several that wait, for one time at the channel") {
  Desk desk(constant_payments({"payment.batch_most=3"}));
  desk.payment.station().add_servers(1);
  entered(desk, 1, at_ns(0), Instant(1min));
  for (std::uint64_t id = 2; id <= 5; ++id) {
    Order order = reserved(id, Instant(1ms), Instant(id == 3 ? 25ms : 1min));
    REQUIRE(desk.payment.enter(order) == Station::Entry::queued);
  }
  CHECK(desk.payment.serve(Instant(2ms)).empty());
  desk.payment.station().leave();
  const auto served = desk.payment.serve(Instant(20ms));
  REQUIRE(served.size() == 3);
  std::vector<Order> three(served.begin(), served.end());
  CHECK(three[0].id.value == 2);
  CHECK(three[0].at == Instant(40ms));
  CHECK(three[1].at == Instant(25ms));  // its reservation ends
  CHECK(three[2].at == Instant(40ms));
  CHECK(desk.payment.station().busy() == 20ms);
  CHECK(desk.payment.station().queued() == 1);
  // The server is free when the last of them is through.
  desk.payment.conclude(three[1]);
  desk.payment.conclude(three[0]);
  CHECK(desk.payment.station().free_servers() == 0);
  desk.payment.conclude(three[2]);
  CHECK(desk.payment.station().free_servers() == 1);
  CHECK(desk.payment.counts().paid == 2);
  REQUIRE(desk.payment.serve(Instant(40ms)).size() == 1);
  CHECK(desk.payment.station().free_servers() == 0);
}

TEST_CASE("Payment: measured latencies are drawn as they are") {
  Desk desk(constant_payments(
      {R"(payment.latency={"distribution":"empirical"})",
       R"(payment.histogram=[{"value":"3ms","weight":1},{"value":"11ms","weight":2}])"}));
  desk.payment.station().add_servers(1000);
  int quick = 0;
  for (std::uint64_t id = 0; id < 900; ++id) {
    Order order = entered(desk, id, at_ns(0), Instant(1min));
    const Instant due = desk.payment.start(order, at_ns(0));
    REQUIRE((due == Instant(3ms) || due == Instant(11ms)));
    quick += due == Instant(3ms) ? 1 : 0;
  }
  // 300 expected, standard deviation 14.
  CHECK(quick > 245);
  CHECK(quick < 355);
  CHECK(mean_latency_ns(desk.scenario.payment) == Approx(25e6 / 3));
}

TEST_CASE("Payment: segments decide who is next and how long they wait") {
  const std::string segments = R"(traffic.segments=[{"name":"usual","share":0.5,"priority":7},)"
                               R"({"name":"first","share":0.5,"priority":2,"patience_factor":3}])";
  Desk desk(constant_payments({segments, "payment.discipline=priority",
                               R"(payment.patience={"distribution":"constant","mean":"10ms"})"}));
  const scenario::Segments of(desk.scenario.traffic);
  for (std::uint32_t buyer = 0; buyer < 8; ++buyer) {
    Order order = reserved(buyer, Instant(1ms), Instant(1min));
    order.buyer = {buyer};
    REQUIRE(desk.payment.enter(order) == Station::Entry::queued);
  }
  desk.payment.station().add_servers(8);
  std::vector<std::size_t> turns;
  Order gone;
  REQUIRE(desk.payment.expire_next(Instant(11ms), gone));
  CHECK(of.of(gone.buyer) == 0);
  CHECK(gone.at == Instant(11ms));
  for (auto served = desk.payment.serve(Instant(2ms)); !served.empty();
       served = desk.payment.serve(Instant(2ms))) {
    turns.push_back(of.of(served[0].buyer));
  }
  CHECK(turns.size() == 7);
  CHECK(std::is_sorted(turns.rbegin(), turns.rend()));
  CHECK(turns.front() == 1);
  CHECK(turns.back() == 0);
}

}  // namespace
}  // namespace double11::stages
