// Promises, first parcels and days.
#include <double11/measure/delivery_books.hpp>
#include <double11/measure/fulfilment_counts.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;
using Counts = std::vector<std::int64_t>;

scenario::Scenario with_overseas() {
  return small_scenario({R"(traffic.regions=[{"name":"east","share":0.5},)"
                         R"({"name":"west","share":0.5,"overseas":"yes"}])",
                         "logistics.promise.domestic=2h", "logistics.promise.overseas=5h",
                         "logistics.starts_at=20h", "logistics.cost_far=1 yuan"});
}

using Delivery = DeliveryBooks::Delivery;

// The books of deliveries to these regions.
DeliveryBooks books_of(const scenario::Scenario& scenario,
                       const std::vector<Delivery>& deliveries) {
  DeliveryBooks books(scenario);
  books.dispatched_all(deliveries);
  return books;
}

TEST_CASE("DeliveryBooks: a promise holds up to its last instant, by region") {
  const auto scenario = with_overseas();
  const DeliveryBooks books = books_of(scenario, {{Instant(1h), Instant(3h), 0},
                                                  {Instant(1h), Instant(3h + 1ns), 0},
                                                  {Instant(1h), Instant(6h), 1},
                                                  {Instant(2h), Instant(7h + 1ns), 1}});
  CHECK(books.domestic().parcels == 2);
  CHECK(books.domestic().kept == 1);
  CHECK(books.domestic().first == Instant(3h));
  CHECK(books.overseas().parcels == 2);
  CHECK(books.overseas().kept == 1);
  CHECK(books.overseas().first == Instant(6h));
  CHECK(books.time_s().count() == 4);
  CHECK(books.time_s().max() == 5 * 3600);
}

TEST_CASE("DeliveryBooks: days end at midnight") {
  const auto scenario = with_overseas();
  const DeliveryBooks books =
      books_of(scenario, {{Instant(4h - 1ns), Instant(4h), 0}, {Instant(4h), Instant(28h), 0}});
  CHECK(books.paid().by_day() == Counts{1, 1});
  CHECK(books.delivered().by_day() == Counts{0, 1, 1});
}

TEST_CASE("DeliveryBooks: where logistics is plain, promises and no days") {
  const auto scenario = small_scenario();
  const DeliveryBooks books =
      books_of(scenario, {{Instant(0h), Instant(25h), 0}, {Instant(0h), Instant(24h), 0}});
  CHECK(books.domestic().parcels == 2);
  CHECK(books.domestic().kept == 1);
  CHECK(books.domestic().first == Instant(24h));
  CHECK(books.paid().by_day().empty());
}

TEST_CASE("DeliveryBooks: parts that are merged are the books of the whole") {
  const auto scenario = with_overseas();
  std::vector<Delivery> all;
  std::vector<Delivery> some;
  std::vector<Delivery> others;
  std::mt19937_64 random(2);
  for (int i = 0; i < 500; ++i) {
    const auto within = [&](int hours) {
      return Duration(static_cast<std::int64_t>(
          random() % static_cast<std::uint64_t>(Duration(hours * 1h).count())));
    };
    const Instant paid = Instant(within(60));
    all.push_back({paid, paid + within(9), static_cast<std::uint32_t>(random() % 2)});
    (random() % 3 == 0 ? some : others).push_back(all.back());
  }
  const DeliveryBooks whole = books_of(scenario, all);
  DeliveryBooks merged = books_of(scenario, some);
  merged.merge(books_of(scenario, others));
  CHECK(merged.domestic().kept == whole.domestic().kept);
  CHECK(merged.overseas().parcels == whole.overseas().parcels);
  CHECK(merged.domestic().first == whole.domestic().first);
  CHECK(std::ranges::equal(merged.time_s().cells(), whole.time_s().cells()));
  CHECK(merged.paid().by_day() == whole.paid().by_day());
  CHECK(merged.delivered().by_day() == whole.delivered().by_day());
}

TEST_CASE("FulfilmentCounts: parts add up, whichever of them has carriers or stock") {
  FulfilmentCounts one;
  one.labour = {100};
  one.carriers = {{1, 2, 3}};
  one.handed.add(Instant(0h));
  FulfilmentCounts other;
  other.transport = {20};
  other.transfers = {3};
  other.ahead = {4};
  other.returns = {5};
  other.carriers = {{10, 20, 30}, {5, 0, 0}};
  other.units_left = {7, 8};
  other.handed.add(Instant(25h));
  one += other;
  one += FulfilmentCounts();
  CHECK(one.cost() == MoneyFen{132});
  REQUIRE(one.carriers.size() == 2);
  CHECK(one.carriers[0].parcels == 11);
  CHECK(one.carriers[0].after_cut_off == 22);
  CHECK(one.carriers[0].over_capacity == 33);
  CHECK(one.carriers[1].parcels == 5);
  CHECK(one.units_left == std::vector<std::int32_t>{7, 8});
  CHECK(one.handed.by_day() == Counts{1, 1});
}

}  // namespace
}  // namespace double11::measure
