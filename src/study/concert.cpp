#include <double11/core/ensure.hpp>
#include <double11/study/concert.hpp>

#include <algorithm>

namespace double11::study {
namespace {

void check(const ConcertGame& game) {
  ensure(game.people > 0 && game.rate_per_s > 0 && game.wait_cost_per_s > 0 &&
             game.lateness_cost_per_s > 0,
         "a concert needs people, a door, and costs above 0");
}

}  // namespace

ArrivalSpread concert_equilibrium(const ConcertGame& game) {
  check(game);
  const double all_s = game.people / game.rate_per_s;
  const double first_s = -game.lateness_cost_per_s / game.wait_cost_per_s * all_s;
  const double costs = game.wait_cost_per_s + game.lateness_cost_per_s;
  return {.first_s = first_s,
          .last_s = all_s,
          .arrival_rate_per_s = game.rate_per_s * game.wait_cost_per_s / costs,
          .queue_at_opening = game.people * game.lateness_cost_per_s / costs,
          .mean_cost = game.lateness_cost_per_s * all_s};
}

ArrivalSpread concert_optimum(const ConcertGame& game) {
  check(game);
  const double all_s = game.people / game.rate_per_s;
  return {.first_s = 0,
          .last_s = all_s,
          .arrival_rate_per_s = game.rate_per_s,
          .queue_at_opening = 0,
          .mean_cost = game.lateness_cost_per_s * all_s / 2};
}

double price_of_anarchy(const ConcertGame& game) {
  return concert_equilibrium(game).mean_cost / concert_optimum(game).mean_cost;
}

double cost_of_coming(const ConcertGame& game, const ArrivalSpread& spread, double at_s) {
  check(game);
  const double length_s = std::clamp(at_s, spread.first_s, spread.last_s) - spread.first_s;
  const double before_him = spread.arrival_rate_per_s * length_s;
  const double served_s = std::max({0.0, at_s, before_him / game.rate_per_s});
  return cost_of(game, at_s, served_s);
}

double cost_of(const ConcertGame& game, double came_s, double served_s) {
  return game.wait_cost_per_s * (served_s - came_s) + game.lateness_cost_per_s * served_s;
}

}  // namespace double11::study
