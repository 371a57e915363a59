// HoldWheel against a list of what is due, over all its levels.
#include <double11/stages/hold_wheel.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;

constexpr Duration kTick{std::int64_t{1} << HoldWheel::kTickBits};

std::int64_t tick_of(Instant instant) {
  return std::max<std::int64_t>(0, nanoseconds_of(instant)) >> HoldWheel::kTickBits;
}

Order order_of(std::uint64_t id) {
  Order order;
  order.id = OrderId(id);
  return order;
}

// What a wheel calls with the orders that are due, from a function for one of them.
template <typename OnOrder>
auto each(OnOrder on_order) {
  return [on_order](std::span<Order> orders) {
    for (Order& order : orders) on_order(order);
  };
}

std::vector<std::uint64_t> fired(HoldWheel& wheel, Instant now) {
  std::vector<std::uint64_t> ids;
  wheel.advance(now, each([&](Order& order) { ids.push_back(order.id.value); }));
  return ids;
}

TEST_CASE("HoldWheel: fires when the tick of the hold is over, and sets its time") {
  HoldWheel wheel;
  wheel.hold(order_of(1), Instant(10 * kTick + 5ns));
  CHECK(wheel.held() == 1);
  CHECK(fired(wheel, Instant(10 * kTick + 100ns)).empty());
  Instant at;
  wheel.advance(Instant(11 * kTick), each([&](Order& order) { at = order.at; }));
  CHECK(at == Instant(10 * kTick + 5ns));
  CHECK(wheel.held() == 0);
}

TEST_CASE("HoldWheel: settled says when there is nothing to do") {
  HoldWheel wheel;
  CHECK(wheel.settled(Instant(1h)));
  wheel.hold(order_of(1), Instant(3 * kTick));
  CHECK(wheel.settled(Instant{}));
  CHECK_FALSE(wheel.settled(Instant(5 * kTick)));
  CHECK(fired(wheel, Instant(5 * kTick)).size() == 1);
  CHECK(wheel.settled(Instant(5 * kTick)));
}

TEST_CASE("HoldWheel: a hold in the past fires soon, once") {
  HoldWheel wheel;
  fired(wheel, Instant(1s));
  wheel.hold(order_of(1), Instant(2ms));
  wheel.hold(order_of(2), Instant{} - 5s);
  CHECK(fired(wheel, Instant(1s + 2 * kTick)) == std::vector<std::uint64_t>{1, 2});
  CHECK(fired(wheel, Instant(2s)).empty());
}

TEST_CASE("HoldWheel: on_due may hold more, for the past and for later") {
  HoldWheel wheel;
  wheel.hold(order_of(1), Instant(1ms));
  std::vector<std::uint64_t> ids;
  const auto chain = [&](Order& order) {
    ids.push_back(order.id.value);
    // Enough of them that the chunk that is being read would move if blocks did.
    if (order.id.value == 1) {
      for (std::uint64_t id = 10; id < 3000; ++id) wheel.hold(order_of(id), Instant(500us));
      wheel.hold(order_of(3), Instant(1h));
    }
  };
  wheel.advance(Instant(1s), each(chain));
  CHECK(ids.size() == 1 + 2990);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(wheel.held() == 1);
  wheel.advance(Instant(1h + 1s), each(chain));
  CHECK(ids.back() == 3);
  CHECK(wheel.held() == 0);
}

TEST_CASE("HoldWheel: each level wakes what it keeps") {
  // Half a second, nine minutes and six days are where the levels end.
  for (const Duration due :
       {Duration(1ns), Duration(100ms), Duration(536ms), Duration(538ms), Duration(549s),
        Duration(551s), Duration(3h), Duration(156h), Duration(157h), Duration(200h)}) {
    INFO("due " << due.count());
    HoldWheel wheel;
    wheel.hold(order_of(1), Instant(due));
    CHECK(fired(wheel, Instant(due)).empty());
    CHECK(wheel.held() == 1);
    CHECK(fired(wheel, Instant(due + 2 * kTick)) == std::vector<std::uint64_t>{1});
  }
}

TEST_CASE("HoldWheel: drain fires everything in time order, whatever its instant") {
  HoldWheel wheel;
  const std::vector<Duration> dues{3h, 1ms, 600s, 2s, 20h, 50us, 1s};
  for (const Duration due : dues) {
    wheel.hold(order_of(static_cast<std::uint64_t>(due.count())), Instant(due));
  }
  std::vector<Instant> times;
  wheel.drain(each([&](Order& order) {
    times.push_back(order.at);
    if (times.size() == 1) wheel.hold(order_of(9), Instant(30h));
  }));
  CHECK(times.size() == dues.size() + 1);
  CHECK(std::is_sorted(times.begin(), times.end()));
  CHECK(wheel.held() == 0);
}

// Header: "at most one tick late", also for who is parked for the tick that is going on.
TEST_CASE("HoldWheel: a hold for later in the present tick is at most one tick late") {
  HoldWheel wheel;
  wheel.hold(order_of(1), Instant(10 * kTick));
  fired(wheel, Instant(10 * kTick));
  const Instant due(10 * kTick + 1us);
  wheel.hold(order_of(2), due);
  CHECK(fired(wheel, Instant(11 * kTick + 1us)) == std::vector<std::uint64_t>{1, 2});
}

// Header: orders of one tick come in the order in which they were parked.
TEST_CASE("HoldWheel: orders of one tick come in the order of parking, from any level") {
  HoldWheel wheel;
  const Instant due(9000 * kTick);
  wheel.hold(order_of(1), due);  // more than a turn of the first level away
  fired(wheel, Instant(5000 * kTick));
  wheel.hold(order_of(2), due);  // less than a turn away
  CHECK(fired(wheel, Instant(9002 * kTick)) == std::vector<std::uint64_t>{1, 2});
}

// Log-uniform, so that every level gets its share.
Duration random_duration(std::mt19937_64& random, unsigned most_bits) {
  const std::uint64_t bits = random() % (most_bits + 1);
  return Duration(static_cast<std::int64_t>(random() & ((std::uint64_t{1} << bits) - 1)));
}

// One schedule of random holds, jumps of time and holds from within on_due.
void check_against_model(std::uint64_t seed, unsigned hold_bits, unsigned jump_bits) {
  INFO("seed " << seed << ", holds up to 2^" << hold_bits << " ns");
  struct Parked {
    std::int64_t earliest;  // may fire when time has passed this tick
    std::int64_t latest;    // must have fired when time has passed this tick
    Instant due;
  };
  std::mt19937_64 random(seed);
  HoldWheel wheel;
  std::map<std::uint64_t, Parked> model;
  Instant now{};
  std::uint64_t next_id = 0;
  // The tick that the wheel is at lies between these; they differ only within on_due.
  std::int64_t current_least = 0;
  std::int64_t current_most = 0;
  const auto park = [&](Instant due) {
    model[next_id] = {std::max(tick_of(due), current_least),
                      std::max(tick_of(due), current_most + 1), due};
    if (random() % 2 == 0) wheel.expect(due);
    wheel.hold(order_of(next_id++), due);
  };
  bool early = false;
  bool unknown = false;
  bool wrong_time = false;
  const auto on_due = [&](Order& order) {
    const auto found = model.find(order.id.value);
    if (found == model.end()) {
      unknown = true;
      return;
    }
    early = early || found->second.earliest >= tick_of(now);
    wrong_time = wrong_time || order.at != found->second.due;
    current_least = std::max(current_least, found->second.earliest);
    current_most = std::max(current_most, found->second.latest);
    model.erase(found);
    if (random() % 4 == 0) park(order.at + random_duration(random, hold_bits));
  };
  for (int step = 0; step < 1500; ++step) {
    for (std::uint64_t n = random() % 4; n > 0; --n) {
      // Now and then in the past.
      const Duration back = random() % 8 == 0 ? random_duration(random, jump_bits) : 0ns;
      park(now + random_duration(random, hold_bits) - back);
    }
    now += random_duration(random, jump_bits);
    wheel.advance(now, each(on_due));
    current_least = current_most = tick_of(now);
    REQUIRE_FALSE(unknown);
    REQUIRE_FALSE(early);
    REQUIRE_FALSE(wrong_time);
    REQUIRE(wheel.held() == model.size());
    for (const auto& [id, parked] : model) REQUIRE(parked.latest >= tick_of(now));
  }
  std::size_t drained = 0;
  wheel.drain(each([&](Order& order) { drained += model.erase(order.id.value); }));
  REQUIRE(model.empty());
  REQUIRE(wheel.held() == 0);
  REQUIRE(drained <= next_id);
}

TEST_CASE("HoldWheel: never early, never late, nothing lost: short holds") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) check_against_model(seed, 24, 22);
}

TEST_CASE("HoldWheel: never early, never late, nothing lost: seconds to minutes") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) check_against_model(100 + seed, 38, 34);
}

TEST_CASE("HoldWheel: never early, never late, nothing lost: up to days") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) check_against_model(200 + seed, 50, 44);
}

// Against the list of all holds: portions come in time order, each holds what the wheel has before
// reached(), and none is later than it may be.
TEST_CASE("HoldWheel: portions hold every order once, one after the other") {
  for (const std::uint64_t ticks : {1U, 2U, 64U, 20'000U}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(ticks << " ticks, seed " << seed);
      std::mt19937_64 random(seed);
      HoldWheel wheel;
      std::multimap<std::int64_t, std::uint64_t> held;
      const HoldWheel::Portion portion{1 + random() % 20, ticks};
      std::vector<const Order*> taken;
      std::int64_t now_ns = 0;
      std::uint64_t id = 0;
      for (int step = 0; step < 2'000 || !held.empty(); ++step) {
        for (std::uint64_t more = step < 2'000 ? random() % 8 : 0; more > 0; --more) {
          const auto span =
              static_cast<std::uint64_t>(Duration(random() % 20 == 0 ? 2s : 5ms).count());
          const std::int64_t due_ns =
              nanoseconds_of(wheel.reached()) + static_cast<std::int64_t>(random() % span);
          wheel.hold(order_of(++id), Instant(Duration(due_ns)));
          held.emplace(due_ns, id);
        }
        now_ns = std::max(now_ns, nanoseconds_of(wheel.reached())) +
                 static_cast<std::int64_t>(random() % 1'000'000);
        const Instant limit{Duration(now_ns)};
        taken.clear();
        const bool any = wheel.take_ticks(limit, portion, taken);
        REQUIRE(any == !taken.empty());
        std::vector<std::pair<std::int64_t, std::uint64_t>> found;
        for (const Order* const order : taken) {
          found.emplace_back(nanoseconds_of(order->at), order->id.value);
        }
        std::sort(found.begin(), found.end());
        if (any) {
          REQUIRE(tick_of(Instant(Duration(found.front().first))) <= tick_of(limit));
          REQUIRE(tick_of(Instant(Duration(found.back().first))) <
                  tick_of(Instant(Duration(found.front().first))) +
                      static_cast<std::int64_t>(ticks));
        } else {
          REQUIRE(
              (held.empty() || tick_of(Instant(Duration(held.begin()->first))) > tick_of(limit)));
        }
        for (const auto& [due_ns, order] : found) {
          REQUIRE(held.begin()->first == due_ns);
          const auto [first, last] = held.equal_range(due_ns);
          const auto same = std::find_if(
              first, last, [&, wanted = order](const auto& one) { return one.second == wanted; });
          REQUIRE(same != last);
          held.erase(same);
        }
        REQUIRE((held.empty() || Instant(Duration(held.begin()->first)) >= wheel.reached()));
        REQUIRE(wheel.held() == held.size());
      }
    }
  }
}

TEST_CASE("HoldWheel: changing ticks neither loses an order nor mixes up their times") {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    HoldWheel wheel;
    std::multimap<std::int64_t, std::uint64_t> held;
    std::vector<const Order*> taken;
    std::uint64_t id = 0;
    std::int64_t now_ns = 0;
    int changes = 0;
    for (int step = 0; step < 3'000 || !held.empty(); ++step) {
      for (std::uint64_t more = step < 3'000 ? random() % 6 : 0; more > 0; --more) {
        // What ends before reached() is the caller's own business.
        const auto span =
            static_cast<std::uint64_t>(Duration(random() % 20 == 0 ? 90s : 5ms).count());
        const std::int64_t due_ns = std::max(now_ns, nanoseconds_of(wheel.reached())) +
                                    static_cast<std::int64_t>(random() % span);
        wheel.hold(order_of(++id), Instant(Duration(due_ns)));
        held.emplace(due_ns, id);
      }
      if (random() % 10 == 0) {
        const Instant reached = wheel.reached();
        wheel.change_tick(HoldWheel::kTickBits + static_cast<unsigned>(random() % 9));
        ++changes;
        REQUIRE(wheel.reached() <= reached);
        REQUIRE(wheel.reached() + wheel.tick() > reached);
        REQUIRE(wheel.held() == held.size());
      }
      now_ns = std::max(now_ns, nanoseconds_of(wheel.reached())) +
               static_cast<std::int64_t>(random() % 3'000'000);
      taken.clear();
      if (!wheel.take_ticks(Instant(Duration(now_ns)), {40, 4}, taken)) continue;
      std::vector<std::pair<std::int64_t, std::uint64_t>> found;
      for (const Order* const order : taken) {
        found.emplace_back(nanoseconds_of(order->at), order->id.value);
      }
      std::sort(found.begin(), found.end());
      std::vector<std::pair<std::int64_t, std::uint64_t>> expected;
      while (!held.empty() && Instant(Duration(held.begin()->first)) < wheel.reached()) {
        expected.emplace_back(*held.begin());
        held.erase(held.begin());
      }
      std::sort(expected.begin(), expected.end());
      REQUIRE(found == expected);
    }
    CHECK(changes > 100);
    CHECK(wheel.held() == 0);
  }
}

}  // namespace
}  // namespace double11::stages
