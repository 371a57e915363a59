#include <double11/measure/books.hpp>
#include <double11/measure/money_series.hpp>
#include <double11/scenario/catalogue.hpp>

#include <chrono>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {

using namespace std::chrono_literals;

TEST_CASE("money over time: sums up to an instant, evenly within an interval") {
  MoneySeries series(1s, 10s, 5s);
  MoneySeries other(1s, 10s, 5s);
  series.add(Instant(500ms), {100});
  other.add(Instant(999ms), {20});
  other.add(Instant(3s), {1'000});
  series.add(Instant(10min), {7});
  series.merge(other);
  CHECK(series.fen_until(Instant(0s)) == 0);
  CHECK(series.fen_until(Instant(500ms)) == 60);
  CHECK(series.fen_until(Instant(1s)) == 120);
  CHECK(series.fen_until(Instant(3s)) == 120);
  CHECK(series.fen_until(Instant(3'250ms)) == 370);
  CHECK(series.fen_until(Instant(4s)) == 1'120);
  CHECK(series.fen_until(Instant(1h)) == 1'127);
}

TEST_CASE("money over time: books put catalogue prices where orders were dispatched") {
  const auto scenario = scenario::small_scenario(
      {R"(published=[{"at":"500ms","what":"turnover","value":"5k yuan"}])"});
  Books books(scenario);
  Order order;
  order.set_lines(2);
  order.sku = {SkuId{3}, SkuId{400}};
  order.quantity = {2, 1, 0, 0};
  order.amount_fen = 1;  // claims do not matter
  order.at = Instant(200ms);
  books.ended(order, Outcome::declined);
  books.ended(order, Outcome::dispatched);
  REQUIRE(books.turnover_over_time().has_value());
  CHECK(books.turnover_over_time()->fen_until(Instant(200ms)) == 0);
  CHECK(books.turnover_over_time()->fen_until(Instant(300ms)) ==
        static_cast<double>(books.turnover().fen));
  CHECK(books.turnover().fen == 2 * scenario::price_of(scenario.catalogue, {3}).fen +
                                    scenario::price_of(scenario.catalogue, {400}).fen);
}

}  // namespace double11::measure
