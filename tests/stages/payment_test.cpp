// Payment: answers in time and late, money, refusals.
#include <double11/stages/payment.hpp>
#include <double11/stages/service_time.hpp>

#include <chrono>
#include <cmath>

#include "catch.hpp"
#include "stages/payment_desk.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;
using scenario::small_scenario;

TEST_CASE("Payment: approved in time goes to dispatch and is captured") {
  Desk desk(constant_payments());
  desk.payment.station().add_servers(1);
  Order order = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  CHECK(desk.payment.start(order, Instant(5ms)) == Instant(25ms));
  CHECK(order.answer == PaymentAnswer::approved);
  CHECK(desk.payment.station().free_servers() == 0);
  desk.payment.conclude(order);
  CHECK(order.step == Step::dispatch);
  CHECK(desk.payment.station().free_servers() == 1);
  CHECK(desk.payment.station().busy() == 20ms);
  CHECK(desk.payment.counts().paid == 1);
  CHECK(desk.payment.counts().captured == MoneyFen{700});
  CHECK(desk.payment.counts().refunded == MoneyFen{0});
}

TEST_CASE("Payment: who loses patience in the queue goes home, abandoned, at that instant") {
  Desk desk(constant_payments({R"(payment.patience={"distribution":"constant","mean":"30ms"})"}));
  desk.payment.station().add_servers(1);
  Order served = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(served) == Station::Entry::served);
  Order patient = reserved(2, Instant(1ms), Instant(20ms));
  REQUIRE(desk.payment.enter(patient) == Station::Entry::queued);
  Order impatient = reserved(3, Instant(2ms), Instant(1min));
  REQUIRE(desk.payment.enter(impatient) == Station::Entry::queued);
  Order gone;
  CHECK_FALSE(desk.payment.expire_next(Instant(19ms), gone));
  REQUIRE(desk.payment.expire_next(Instant(50ms), gone));
  CHECK(gone.id.value == 2);
  CHECK(gone.ends_as() == Outcome::expired);
  CHECK(gone.at == Instant(20ms));
  REQUIRE(desk.payment.expire_next(Instant(50ms), gone));
  CHECK(gone.id.value == 3);
  CHECK(gone.ends_as() == Outcome::abandoned);
  CHECK(gone.at == Instant(32ms));
  CHECK(gone.step == Step::release);
  CHECK(desk.payment.counts().abandoned == 1);
  CHECK(desk.payment.counts().given_up == 1);
}

TEST_CASE("Payment: an outage makes answers late, and the shop does not wait for them") {
  Desk desk(constant_payments({R"(payment.slowdowns=[{"at":"10ms","duration":"5s"}])"}));
  desk.payment.station().add_servers(2);
  Order order = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  CHECK(desk.payment.start(order, Instant(5ms)) == Instant(1005ms));
  CHECK(order.answer == PaymentAnswer::late_approval);
  CHECK(order.until == Instant(5025ms));
}

TEST_CASE("Payment: a decline in time releases the stock and takes no money") {
  Desk desk(constant_payments({"payment.decline_probability=1"}));
  desk.payment.station().add_servers(1);
  Order order = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  CHECK(desk.payment.start(order, at_ns(0)) == Instant(20ms));
  desk.payment.conclude(order);
  CHECK(order.step == Step::release);
  CHECK(order.ends_as() == Outcome::declined);
  CHECK(order.fully_reserved());
  CHECK(desk.payment.counts().declined == 1);
  CHECK(desk.payment.counts().paid == 0);
  CHECK(desk.payment.counts().captured == MoneyFen{0});
}

TEST_CASE("Payment: the shop gives up at the timeout or at the end of the reservation") {
  Desk desk(constant_payments({"payment.timeout=7ms"}));
  desk.payment.station().add_servers(2);
  Order by_timeout = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(by_timeout) == Station::Entry::served);
  CHECK(desk.payment.start(by_timeout, Instant(1ms)) == Instant(8ms));
  CHECK(by_timeout.answer == PaymentAnswer::late_approval);
  CHECK(by_timeout.until == Instant(21ms));  // when the channel's success will arrive
  Order by_reservation = reserved(2, at_ns(0), Instant(3ms));
  REQUIRE(desk.payment.enter(by_reservation) == Station::Entry::served);
  CHECK(desk.payment.start(by_reservation, Instant(1ms)) == Instant(3ms));
  for (Order* const order : {&by_timeout, &by_reservation}) {
    desk.payment.conclude(*order);
    CHECK(order->step == Step::release);
    CHECK(order->ends_as() == Outcome::refunded);
  }
  CHECK(desk.payment.counts().given_up == 2);
  CHECK(desk.payment.counts().captured == MoneyFen{0});
  desk.payment.refund(by_timeout);
  CHECK(desk.payment.counts().refunds == 1);
  CHECK(desk.payment.counts().captured == desk.payment.counts().refunded);
  CHECK(desk.payment.counts().refunded == MoneyFen{700});
}

TEST_CASE("Payment: a late decline ends as expired and never as refunded") {
  Desk desk(constant_payments({"payment.timeout=7ms", "payment.decline_probability=1"}));
  desk.payment.station().add_servers(1);
  Order order = reserved(1, at_ns(0), Instant(1min));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  desk.payment.start(order, at_ns(0));
  CHECK(order.answer == PaymentAnswer::late_decline);
  desk.payment.conclude(order);
  CHECK(order.ends_as() == Outcome::expired);
  CHECK(desk.payment.counts().given_up == 1);
  CHECK(desk.payment.counts().declined == 0);
}

TEST_CASE("Payment: an answer at the very end of the wait is in time") {
  Desk desk(constant_payments({"payment.timeout=20ms"}));
  desk.payment.station().add_servers(1);
  Order order = reserved(1, at_ns(0), Instant(20ms));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  CHECK(desk.payment.start(order, at_ns(0)) == Instant(20ms));
  CHECK(order.answer == PaymentAnswer::approved);
}

TEST_CASE("Payment: a full queue marks the order as shed and to be released") {
  Desk desk(constant_payments(), 1);
  Order first = reserved(1, at_ns(0), Instant(1min));
  Order second = reserved(2, at_ns(0), Instant(1min));
  CHECK(desk.payment.enter(first) == Station::Entry::queued);
  CHECK(desk.payment.enter(second) == Station::Entry::refused);
  CHECK(second.ends_as() == Outcome::shed);
  CHECK(second.step == Step::release);
  CHECK(second.fully_reserved());
  CHECK(desk.payment.counts().refused == 1);
}

TEST_CASE("Payment: who waits beyond the reservation expires at its end") {
  Desk desk(constant_payments(), 5);
  Order order = reserved(1, at_ns(0), Instant(4ms));
  REQUIRE(desk.payment.enter(order) == Station::Entry::queued);
  Order expired;
  CHECK_FALSE(desk.payment.expire_next(Instant(3ms), expired));
  REQUIRE(desk.payment.expire_next(Instant(9ms), expired));
  CHECK(expired.id == order.id);
  CHECK(expired.at == Instant(4ms));
  CHECK(expired.ends_as() == Outcome::expired);
  CHECK(expired.step == Step::release);
  CHECK(desk.payment.counts().given_up == 1);
  CHECK_FALSE(desk.payment.expire_next(Instant(9ms), expired));
}

TEST_CASE("Payment: the declined share is the scenario's") {
  Desk desk(constant_payments({"payment.decline_probability=0.03"}));
  desk.payment.station().add_servers(1);
  constexpr double kOrders = 100'000;
  for (std::uint64_t id = 0; id < 100'000; ++id) {
    Order order = reserved(id, at_ns(0), Instant(1min));
    REQUIRE(desk.payment.enter(order) == Station::Entry::served);
    desk.payment.start(order, at_ns(0));
    desk.payment.conclude(order);
  }
  const auto declined = static_cast<double>(desk.payment.counts().declined);
  const double z = (declined - kOrders * 0.03) / std::sqrt(kOrders * 0.03 * 0.97);
  CHECK(std::abs(z) < 3.89);  // alpha 1e-4
  CHECK(desk.payment.counts().declined + desk.payment.counts().paid == 100'000);
}

TEST_CASE("Payment: the answer depends on seed and order alone") {
  const Scenario scenario = small_scenario();
  Desk one(scenario);
  Desk other(scenario);
  Desk reseeded(small_scenario({"seed=12"}));
  int differ = 0;
  for (std::uint64_t id = 0; id < 100; ++id) {
    Order a = reserved(id, at_ns(0), Instant(1min));
    Order b = reserved(id, at_ns(0), Instant(1min));
    Order c = reserved(id, at_ns(0), Instant(1min));
    const Instant due = one.payment.start(a, at_ns(0));
    REQUIRE(other.payment.start(b, Instant(1s)) == due + 1s);
    REQUIRE(a.answer == b.answer);
    differ += reseeded.payment.start(c, at_ns(0)) != due ? 1 : 0;
  }
  CHECK(differ > 90);
}

// At pace real an order can come to payment after its reservation has ended, when the machine
// stalled in between. The total of service times must not shrink by it.
TEST_CASE("Payment: a start after the end of the reservation adds no negative service time") {
  Desk desk(constant_payments());
  desk.payment.station().add_servers(1);
  Order order = reserved(1, at_ns(0), Instant(1ms));
  REQUIRE(desk.payment.enter(order) == Station::Entry::served);
  desk.payment.start(order, Instant(500ms));
  CHECK(order.answer == PaymentAnswer::late_approval);
  CHECK(desk.payment.station().busy() >= Duration(0));
}

}  // namespace
}  // namespace double11::stages
