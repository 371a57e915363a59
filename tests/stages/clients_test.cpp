// The buyers behind the clicks: second clicks, timeouts, further tries and their budget.
#include <double11/core/random.hpp>
#include <double11/stages/clients.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using scenario::small_scenario;

const std::vector<std::string> kPlain{"traffic.retry.attempts=3", "traffic.retry.delay=10ms",
                                      "traffic.retry.backoff=2", "traffic.retry.jitter=0"};

std::vector<std::string> plain_and(const std::vector<std::string>& more) {
  std::vector<std::string> all = kPlain;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Order click_at(std::uint64_t id, std::int64_t ns) {
  Order order = order_of(id, {{3, 2}});
  order.planned = order.at = at_ns(ns);
  order.buyer = BuyerId{17};
  return order;
}

constexpr std::int64_t kMs = 1'000'000;

TEST_CASE("clients: who is shed tries again, as often as he may, with growing delays") {
  const auto scenario = small_scenario(kPlain);
  Clients clients(scenario);
  Order order = click_at(5, 0);
  clients.clicked(order);
  CHECK(clients.idle());
  order.set_channel(3);
  order.will_end_as(Outcome::shed);
  clients.answered(order, Outcome::shed, at_ns(1));
  CHECK_FALSE(clients.idle());
  REQUIRE(clients.next_event() == at_ns(1 + 10 * kMs));
  Order again;
  CHECK_FALSE(clients.next_click(at_ns(10 * kMs), again));
  REQUIRE(clients.next_click(clients.next_event(), again));
  CHECK(again.id == order.id.next_try());
  CHECK(again.planned == at_ns(1 + 10 * kMs));
  CHECK(again.at == again.planned);
  CHECK(again.buyer == order.buyer);
  CHECK(again.quantity[0] == 2);
  // What stages wrote into the first click is not in the second.
  CHECK(again.channel() == 0);
  CHECK(again.marks == 0);
  CHECK(clients.next_event() == kNever);

  clients.clicked(again);
  clients.answered(again, Outcome::throttled, again.planned);
  REQUIRE(clients.next_event() == again.planned + Duration(20 * kMs));
  REQUIRE(clients.next_click(clients.next_event(), again));
  clients.clicked(again);
  clients.answered(again, Outcome::shed, again.planned);
  CHECK(clients.idle());
  CHECK(clients.counts().first_clicks == 1);
  CHECK(clients.counts().retries == 2);
  CHECK(clients.counts().given_up == 1);
  CHECK(clients.counts().served == 0);
}

TEST_CASE("clients: only after what the scenario names") {
  using Names = std::vector<std::pair<Outcome, std::string>>;
  for (const auto& [outcome, name] : Names{{Outcome::throttled, "throttled"},
                                           {Outcome::shed, "shed"},
                                           {Outcome::declined, "declined"},
                                           {Outcome::sold_out, "sold_out"},
                                           {Outcome::expired, "timed_out"},
                                           {Outcome::refunded, "timed_out"},
                                           {Outcome::abandoned, "timed_out"}}) {
    for (const std::string other : {"throttled", "shed", "declined", "sold_out", "timed_out"}) {
      INFO(name_of(outcome) << ", retries after " << other);
      const auto scenario = small_scenario(plain_and({"traffic.retry.after=[\"" + other + "\"]"}));
      Clients clients(scenario);
      clients.clicked(click_at(1, 0));
      clients.answered(click_at(1, 0), outcome, at_ns(5));
      CHECK((clients.next_event() != kNever) == (name == other));
      CHECK(clients.counts().given_up == (name == other ? 0 : 1));
    }
  }
}

TEST_CASE("clients: a buyer waits until his timeout and no longer") {
  const auto scenario = small_scenario(plain_and({"traffic.retry.timeout=4ms"}));
  Order again;
  SECTION("answered before") {
    Clients clients(scenario);
    clients.clicked(click_at(1, 0));
    CHECK_FALSE(clients.idle());
    CHECK(clients.accept(click_at(1, 0), at_ns(4 * kMs - 1)));
    clients.answered(click_at(1, 0), Outcome::dispatched, at_ns(4 * kMs - 1));
    CHECK(clients.idle());
    CHECK(clients.next_event() == kNever);
    CHECK(clients.counts().served == 1);
    CHECK(clients.counts().timed_out == 0);
  }
  SECTION("at the same instant is too late, whether the timer was looked at or not") {
    for (const bool looked : {true, false}) {
      Clients clients(scenario);
      clients.clicked(click_at(1, 0));
      if (looked) CHECK_FALSE(clients.next_click(at_ns(4 * kMs), again));
      CHECK_FALSE(clients.accept(click_at(1, 0), at_ns(4 * kMs)));
      if (!looked) CHECK_FALSE(clients.next_click(at_ns(4 * kMs), again));
      CHECK(clients.counts().timed_out == 1);
      CHECK(clients.next_event() == at_ns(14 * kMs));
      clients.answered(click_at(1, 0), Outcome::refunded, at_ns(9 * kMs));
      CHECK(clients.counts().answered_late == 1);
      REQUIRE(clients.next_click(at_ns(14 * kMs), again));
      CHECK(clients.counts().given_up == 0);
    }
  }
  SECTION("second clicks have no buyer of their own, but the same deadline") {
    Clients clients(scenario);
    Order second = click_at(1, 0);
    second.id = second.id.second_click();
    clients.clicked(second);
    CHECK(clients.idle());
    CHECK(clients.accept(second, at_ns(4 * kMs - 1)));
    CHECK_FALSE(clients.accept(second, at_ns(4 * kMs)));
  }
}

TEST_CASE("clients: further clicks come in the order of instant and id") {
  const auto scenario = small_scenario(plain_and({"traffic.retry.attempts=2"}));
  Clients clients(scenario);
  std::mt19937_64 random(4);
  std::set<std::pair<std::int64_t, std::uint64_t>> expected;
  for (std::uint64_t id = 0; id < 500; ++id) {
    const auto ns = static_cast<std::int64_t>(random() % 40);
    clients.clicked(click_at(id, 0));
    clients.answered(click_at(id, 0), Outcome::shed, at_ns(ns));
    expected.insert({ns + 10 * kMs, OrderId(id).next_try().value});
  }
  Order click;
  for (const auto& [ns, id] : expected) {
    REQUIRE(nanoseconds_of(clients.next_event()) == ns);
    REQUIRE_FALSE(clients.next_click(at_ns(ns - 1), click));
    REQUIRE(clients.next_click(at_ns(ns), click));
    REQUIRE(click.id.value == id);
  }
  CHECK(clients.idle());
}

TEST_CASE("clients: a share clicks twice, each of them once") {
  const auto scenario = small_scenario(
      {"traffic.double_clicks.share=0.3", "traffic.double_clicks.delay=2ms", "seed=5"});
  Clients clients(scenario);
  constexpr std::uint64_t kOrders = 20'000;
  for (std::uint64_t id = 0; id < kOrders; ++id) clients.clicked(click_at(id, 7));
  Order click;
  while (clients.next_click(at_ns(7 + 2 * kMs), click)) {
    REQUIRE(click.id.is_second_click());
    REQUIRE(click.planned == at_ns(7 + 2 * kMs));
    clients.clicked(click);
  }
  CHECK(clients.idle());
  CHECK(clients.counts().first_clicks == static_cast<std::int64_t>(kOrders));
  const double sigma = std::sqrt(kOrders * 0.3 * 0.7);
  CHECK(std::abs(static_cast<double>(clients.counts().second_clicks) - kOrders * 0.3) < 4 * sigma);
}

TEST_CASE("clients: bots come back faster, or slower, but never at the same instant") {
  for (const std::string speed : {"0.001", "4", "1000000"}) {
    const auto scenario =
        small_scenario(plain_and({"traffic.bots.share=0.5", "traffic.bots.count=1",
                                  "traffic.bots.speed=" + speed, "traffic.retry.delay=1ms"}));
    Clients clients(scenario);
    Order bot = click_at(1, 0);
    bot.buyer = BuyerId{9999};
    clients.clicked(bot);
    clients.answered(bot, Outcome::shed, at_ns(0));
    const std::int64_t expected_ns = speed == "0.001" ? 1000 * kMs : speed == "4" ? kMs / 4 : 1;
    CHECK(nanoseconds_of(clients.next_event()) == expected_ns);
  }
}

TEST_CASE("clients: without a token nobody tries again") {
  const auto scenario = small_scenario(
      plain_and({"traffic.retry.budget.share=0.25", "traffic.retry.budget.least=0/s"}));
  Clients clients(scenario);
  for (std::uint64_t id = 0; id < 40; ++id) clients.clicked(click_at(id, 0));
  for (std::uint64_t id = 0; id < 40; ++id) {
    clients.answered(click_at(id, 0), Outcome::shed, at_ns(1));
  }
  CHECK(clients.counts().over_budget == 30);
  CHECK(clients.counts().given_up == 30);
}

TEST_CASE("clients: after the end nobody clicks, and who had left stays away") {
  const auto scenario = small_scenario(plain_and({"traffic.retry.timeout=4ms"}));
  Clients clients(scenario);
  clients.clicked(click_at(1, 0));
  clients.clicked(click_at(2, 3 * kMs));
  Order click;
  CHECK_FALSE(clients.next_click(at_ns(4 * kMs), click));  // the first one has stopped waiting
  clients.close();
  CHECK(clients.idle());
  CHECK(clients.next_event() == kNever);
  CHECK_FALSE(clients.accept(click_at(1, 0), at_ns(5 * kMs)));
  CHECK(clients.accept(click_at(2, 3 * kMs), at_ns(900 * kMs)));
  clients.answered(click_at(2, 3 * kMs), Outcome::shed, at_ns(900 * kMs));
  CHECK(clients.idle());
  CHECK_FALSE(clients.next_click(kNever, click));
}

}  // namespace
}  // namespace double11::stages
