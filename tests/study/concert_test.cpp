#include <double11/study/concert.hpp>

#include "study/published.hpp"

namespace double11::study {
namespace {

constexpr ConcertGame kGame{
    .people = 1000, .rate_per_s = 10, .wait_cost_per_s = 2, .lateness_cost_per_s = 1};

}  // namespace

TEST_CASE("the equilibrium of the concert game has its published form") {
  const ArrivalSpread spread = concert_equilibrium(kGame);
  CHECK(spread.first_s == Approx(-50));
  CHECK(spread.last_s == Approx(100));
  CHECK(spread.arrival_rate_per_s == Approx(20.0 / 3));
  CHECK(spread.arrival_rate_per_s * (spread.last_s - spread.first_s) == Approx(kGame.people));
  CHECK(spread.queue_at_opening == Approx(1000.0 / 3));
  CHECK(spread.queue_at_opening == Approx(spread.arrival_rate_per_s * -spread.first_s));
  CHECK(spread.mean_cost == Approx(100));
}

TEST_CASE("in the equilibrium nobody gains by coming at another time") {
  const ArrivalSpread spread = concert_equilibrium(kGame);
  for (const double at_s : {-50.0, -49.0, -10.0, 0.0, 3.0, 60.0, 100.0}) {
    CAPTURE(at_s);
    CHECK(cost_of_coming(kGame, spread, at_s) == Approx(spread.mean_cost));
  }
  for (const double at_s : {-51.0, -200.0, 101.0, 500.0}) {
    CAPTURE(at_s);
    CHECK(cost_of_coming(kGame, spread, at_s) > spread.mean_cost);
  }
}

TEST_CASE("in the optimum nobody waits, and it would pay to come early") {
  const ArrivalSpread spread = concert_optimum(kGame);
  double sum = 0;
  for (int i = 0; i < 1000; ++i) sum += cost_of_coming(kGame, spread, (i + 0.5) / 10);
  CHECK(sum / 1000 == Approx(spread.mean_cost));
  CHECK(cost_of_coming(kGame, spread, 80) == Approx(80));
  CHECK(cost_of_coming(kGame, spread, 0) == Approx(0));
}

TEST_CASE("the price of anarchy is 2 whatever the costs") {
  CHECK(price_of_anarchy(kGame) == Approx(2));
  CHECK(price_of_anarchy({5, 100, 1, 30}) == Approx(2));
  CHECK(price_of_anarchy({1e6, 0.5, 17, 0.1}) == Approx(2));
  CHECK(cost_of(kGame, -10, 20) == Approx(2 * 30 + 20));
}

}  // namespace double11::study
