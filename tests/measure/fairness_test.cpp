#include <double11/measure/books.hpp>
#include <double11/measure/fairness.hpp>

#include <chrono>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

using namespace std::chrono_literals;

Order order_at(Duration planned, Duration latency, std::uint32_t buyer, std::uint8_t units) {
  Order order;
  order.planned = Instant(planned);
  order.at = order.planned + latency;
  order.buyer = {buyer};
  order.set_lines(1);
  order.quantity[0] = units;
  return order;
}

}  // namespace

TEST_CASE("fairness: clicks by the tenth they were planned in, late ones in the last") {
  Fairness first(10s, 100);
  Fairness second(10s, 100);
  const Order early = order_at(500ms, 2s, 3, 1);
  const Order edge = order_at(1s, 4s, 3, 1);
  const Order late = order_at(12s, 1s, 3, 1);
  for (const Order& order : {early, edge, late}) first.arrived(order);
  second.arrived(early);
  second.arrived(late);
  second.withdrawn(late);
  first.dispatched(early);
  second.dispatched(early);
  second.dispatched(edge);
  first.merge(second);
  CHECK(first.tenths()[0].arrivals == 2);
  CHECK(first.tenths()[0].dispatched == 2);
  CHECK(first.tenths()[0].latency_us == 4'000'000);
  CHECK(first.tenths()[1].arrivals == 1);
  CHECK(first.tenths()[1].latency_us == 4'000'000);
  CHECK(first.tenths()[9].arrivals == 1);
  CHECK(first.tenths()[9].dispatched == 0);
}

TEST_CASE("fairness: bots are the buyers from the first one on") {
  Fairness fairness(10s, 100);
  for (const std::uint32_t buyer : {99U, 100U, 4'000'000'000U}) {
    fairness.arrived(order_at(1s, 1s, buyer, 7));
    fairness.dispatched(order_at(1s, 1s, buyer, 7));
  }
  CHECK(fairness.people().arrivals == 1);
  CHECK(fairness.people().units == 7);
  CHECK(fairness.bots().arrivals == 2);
  CHECK(fairness.bots().dispatched == 2);
  CHECK(fairness.bots().units == 14);
}

TEST_CASE("fairness: a duration of a few nanoseconds divides, too") {
  Fairness fairness(3ns, 100);
  fairness.arrived(order_at(1s, 1s, 1, 1));
  CHECK(fairness.tenths()[9].arrivals == 1);
}

TEST_CASE("books count for fairness what arrives and what is dispatched, and nothing else") {
  const auto scenario = scenario::small_scenario({"report.fairness=on"});
  Books books(scenario);
  Books other(scenario);
  const Order order = order_at(150ms, 20ms, 17, 2);
  books.arrived(order, 1);
  books.arrived(order, 1);
  books.withdrawn(order, 1);
  other.arrived(order, 1);
  books.ended(order, Outcome::sold_out);
  other.ended(order, Outcome::dispatched);
  books.merge(other);
  REQUIRE(books.fairness().has_value());
  CHECK(books.fairness()->tenths()[1].arrivals == 2);
  CHECK(books.fairness()->tenths()[1].dispatched == 1);
  CHECK(books.fairness()->people().units == 2);
  CHECK(books.by_buyer()->units_of({17}) == 2);
}

}  // namespace double11::measure
