// The door by hand: who is turned away where, who is next, and that every credit comes back.
#include <double11/stages/door.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using scenario::small_scenario;
using Overrides = std::vector<std::string>;

Order click_at(std::uint64_t id, std::int64_t ns, std::uint32_t buyer = 1) {
  Order order = order_of(id, {{3, 1}});
  order.planned = order.at = at_ns(ns);
  order.buyer = BuyerId{buyer};
  return order;
}

Order over_at(Order order, std::int64_t ns) {
  order.at = at_ns(ns);
  return order;
}

// What the last calls led to: "+7" let in, "7 shed" ended; and forgets it.
std::string news_of(Door& door) {
  std::string news;
  const auto add = [&](const std::string& text) { news += (news.empty() ? "" : ", ") + text; };
  for (const auto& [order, outcome] : door.ended()) {
    add(std::to_string(order.id.value) + " " + std::string(name_of(outcome)));
  }
  for (const Order& order : door.admitted()) add("+" + std::to_string(order.id.value));
  door.ended().clear();
  door.admitted().clear();
  return news;
}

TEST_CASE("door: credits, then a queue, then nothing") {
  const auto scenario = small_scenario(
      {"admission.in_flight_limit=2", "admission.queue_limit=1", "traffic.retry.timeout=1h"});
  Door door(scenario);
  for (std::uint64_t id = 1; id <= 4; ++id) door.arrive(click_at(id, 5));
  CHECK(news_of(door) == "4 shed, +1, +2");
  CHECK(door.waiting() == 1);
  CHECK(door.waiting_for_credits() == 1);
  CHECK_FALSE(door.idle());
  door.finish(over_at(click_at(2, 5), 9), Outcome::sold_out);
  REQUIRE(door.admitted().size() == 1);
  CHECK(door.admitted()[0].at == at_ns(9));
  CHECK(news_of(door) == "+3");
  door.finish(over_at(click_at(1, 5), 10), Outcome::dispatched);
  door.finish(over_at(click_at(3, 5), 11), Outcome::dispatched);
  CHECK(news_of(door).empty());
  CHECK(door.counts().in_flight_most == 2);
  CHECK(door.counts().over_limit == 1);
  CHECK(door.counts().queue_most == 1);
}

TEST_CASE("door: last come first, and without those who are gone") {
  const Overrides few{"admission.in_flight_limit=1", "admission.queue_limit=9"};
  const auto with = [&](Overrides more) {
    more.insert(more.end(), few.begin(), few.end());
    return small_scenario(more);
  };
  SECTION("lifo") {
    const auto scenario = with({"admission.control=lifo"});
    Door door(scenario);
    for (std::uint64_t id = 1; id <= 3; ++id) door.arrive(click_at(id, 5));
    door.finish(over_at(click_at(1, 5), 9), Outcome::dispatched);
    CHECK(news_of(door) == "+1, +3");
  }
  SECTION("drop_expired") {
    const auto scenario = with({"admission.control=drop_expired", "traffic.retry.timeout=1us",
                                "admission.expiry_margin=0s"});
    Door door(scenario);
    for (std::uint64_t id = 1; id <= 3; ++id) {
      door.arrive(click_at(id, static_cast<std::int64_t>(id)));
    }
    news_of(door);
    // At its deadline a buyer is gone; one nanosecond before he is not.
    door.advance(at_ns(1002));
    door.finish(over_at(click_at(1, 1), 1002), Outcome::refunded);
    CHECK(news_of(door) == "2 abandoned, +3");
    CHECK(door.counts().expired == 1);
    CHECK(door.abandoned() == 1);
  }
}

TEST_CASE("door: units over a buyer's limit take no token, and no token takes no units") {
  const auto scenario =
      small_scenario({"admission.buyer_units_most=1", "admission.rate_limit.rate=1/s",
                      "admission.rate_limit.burst=2"});
  Door door(scenario);
  door.arrive(click_at(1, 0, 1));
  door.arrive(click_at(2, 0, 1));  // one unit too many
  door.arrive(click_at(3, 0, 2));  // the second token
  door.arrive(click_at(4, 0, 3));  // no token
  CHECK(news_of(door) == "2 throttled, 4 throttled, +1, +3");
  CHECK(door.counts().over_buyer_units == 1);
  CHECK(door.counts().over_rate == 1);
  // Buyer 3 still may have his unit, and buyer 1 when his order fails.
  door.finish(over_at(click_at(1, 0, 1), 10), Outcome::declined);
  door.arrive(click_at(5, 2'000'000'000, 3));
  door.arrive(click_at(6, 2'000'000'000, 1));
  CHECK(news_of(door) == "+5, +6");
}

// Twenty times the rate comes; the first second of a cold system gets a third of it.
TEST_CASE("door: a warm-up begins cold, whatever the burst") {
  const auto scenario =
      small_scenario({"admission.rate_limit.rate=100/s", "admission.rate_limit.warm_up=10s"});
  Door door(scenario);
  std::vector<std::size_t> by_second;
  std::uint64_t id = 0;
  for (std::int64_t second = 0; second < 15; ++second) {
    for (std::int64_t i = 0; i < 2000; ++i) {
      door.arrive(click_at(++id, second * 1'000'000'000 + i * 500'000));
    }
    by_second.push_back(door.admitted().size());
    news_of(door);
  }
  CHECK(by_second.front() == 34);
  CHECK(std::is_sorted(by_second.begin(), by_second.end()));
  CHECK(by_second.back() == 100);
}

TEST_CASE("door: the waiting room lets in before it lets go, and nobody before it opens") {
  const auto scenario =
      small_scenario({"admission.waiting_room.rate=1k/s", "admission.waiting_room.opens=5ms",
                      "admission.waiting_room.limit=3", "admission.waiting_room.poll_period=2ms",
                      "traffic.retry.timeout=6ms"});
  Door door(scenario);
  for (std::uint64_t id = 1; id <= 4; ++id) door.arrive(click_at(id, 0));
  CHECK(news_of(door) == "4 shed");
  CHECK(door.waiting_for_credits() == 0);
  CHECK(door.waiting() == 3);
  REQUIRE(door.next_event() == at_ns(5'000'000));
  door.advance(at_ns(4'999'999));
  CHECK(news_of(door).empty());
  door.advance(at_ns(5'000'000));
  CHECK(news_of(door) == "+1");
  // At the deadline of all one is let in and the other is gone.
  door.advance(at_ns(6'000'000));
  CHECK(news_of(door) == "3 abandoned, +2");
  CHECK(door.counts().polls == 2 + 3 + 3);
  CHECK(door.counts().room_most == 3);
}

TEST_CASE("door: somebody who comes long after the room has opened is let in now, not then") {
  const auto scenario = small_scenario({"admission.waiting_room.rate=1k/s"});
  Door door(scenario);
  door.arrive(click_at(1, 7'000'000));
  REQUIRE(door.next_event() == at_ns(7'000'000));
  door.advance(door.next_event());
  REQUIRE(door.admitted().size() == 1);
  CHECK(door.admitted()[0].at == at_ns(7'000'000));
}

TEST_CASE("door: after a random day nothing is in flight") {
  const auto control =
      GENERATE(Overrides{}, Overrides{"admission.control=lifo"},
               Overrides{"admission.control=drop_expired", "traffic.retry.timeout=3us",
                         "admission.expiry_margin=0s"},
               Overrides{"admission.control=codel"}, Overrides{"admission.control=adaptive_lifo"},
               Overrides{"admission.control=vegas"}, Overrides{"admission.control=gradient2"},
               Overrides{"admission.control=sentinel", "traffic.retry.timeout=9us"},
               Overrides{"admission.waiting_room.rate=1M/s", "admission.waiting_room.next=lot"});
  Overrides all{"admission.in_flight_limit=7",
                "admission.queue_limit=5",
                "traffic.retry.attempts=3",
                "traffic.retry.delay=2us",
                "traffic.double_clicks.share=0.2",
                "traffic.double_clicks.delay=1us",
                "admission.buyer_units_most=3",
                R"(traffic.retry.after=["throttled","shed","timed_out","declined","sold_out"])"};
  all.insert(all.end(), control.begin(), control.end());
  const auto scenario = small_scenario(all);
  const bool closes = GENERATE(false, true);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    INFO((control.empty() ? "plain" : control[0]) << ", seed " << seed);
    std::mt19937_64 random(seed);
    Door door(scenario);
    std::vector<Order> inside;
    std::int64_t now_ns = 0;
    std::int64_t clicks = 0;
    std::int64_t ended = 0;
    const auto settle = [&] {
      inside.insert(inside.end(), door.admitted().begin(), door.admitted().end());
      ended += std::ssize(door.ended());
      clicks += std::ssize(door.further_clicks());
      door.admitted().clear();
      door.ended().clear();
      door.further_clicks().clear();
      REQUIRE(inside.size() <= 7);
      REQUIRE(door.waiting_for_credits() <= 5);
    };
    const auto end_one = [&] {
      std::swap(inside[random() % inside.size()], inside.back());
      const Order order = over_at(inside.back(), now_ns);
      inside.pop_back();
      const bool paid = random() % 2 == 0 && door.accept(order, order.at);
      door.finish(order, paid                ? Outcome::dispatched
                         : random() % 2 == 0 ? Outcome::sold_out
                                             : Outcome::declined);
      ++ended;
      settle();
    };
    for (std::uint64_t id = 1; id <= 400; ++id) {
      now_ns += static_cast<std::int64_t>(random() % 1000);
      door.advance(at_ns(now_ns));
      settle();
      door.arrive(click_at(id, now_ns, static_cast<std::uint32_t>(random() % 50)));
      ++clicks;
      settle();
      while (!inside.empty() && random() % 3 == 0) end_one();
    }
    if (closes) {
      door.close(at_ns(now_ns));
      settle();
      REQUIRE(door.idle());
    }
    for (int i = 0; i < 100'000 && !(inside.empty() && door.idle()); ++i) {
      now_ns += 100;
      if (!closes) door.advance(at_ns(now_ns));
      settle();
      if (!inside.empty()) end_one();
    }
    REQUIRE(inside.empty());
    REQUIRE(door.idle());
    REQUIRE(door.waiting() == 0);
    REQUIRE(clicks == ended);
    REQUIRE(door.client_counts().clicks() == clicks);
    if (!closes) {
      const measure::ClientCounts& clients = door.client_counts();
      REQUIRE(clients.served + clients.given_up == 400);
    }
  }
}

}  // namespace
}  // namespace double11::stages
