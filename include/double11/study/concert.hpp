#pragma once
// The concert queueing game: `people` come to a door that opens at time 0 and serves them one by
// one; each chooses when to come. Coming early means to wait, coming late to be served late. Fluid
// model of Jain, Juneja and Shimkin, "The concert queueing game: to wait or to be late", Discrete
// Event Dynamic Systems 21, 2011.

namespace double11::study {

/// All above 0. A person who waits W and is served at time s pays
/// wait_cost_per_s * W + lateness_cost_per_s * s.
struct ConcertGame {
  double people = 0;
  double rate_per_s = 0;  ///< of the door
  double wait_cost_per_s = 1;
  double lateness_cost_per_s = 1;
};

/// Arrivals spread evenly over an interval.
struct ArrivalSpread {
  double first_s = 0;  ///< negative: before the opening
  double last_s = 0;
  double arrival_rate_per_s = 0;
  double queue_at_opening = 0;
  double mean_cost = 0;
};

/// What becomes of selfish people, the only symmetric equilibrium: whoever comes pays the same, and
/// nobody gains by another time. With a, b the costs of waiting and of being late, N people and a
/// door of rate m: arrivals over [-(b/a) N/m, N/m], N b / (a + b) in the queue at the opening, and
/// everybody pays b N / m.
[[nodiscard]] ArrivalSpread concert_equilibrium(const ConcertGame& game);

/// The least total: everybody comes when his turn is, over [0, N/m], and pays b N / (2 m) on
/// average.
[[nodiscard]] ArrivalSpread concert_optimum(const ConcertGame& game);

/// How many times the optimum selfish people pay: 2, whatever the game.
[[nodiscard]] double price_of_anarchy(const ConcertGame& game);

/// What one person pays who comes at `at_s` when the others come by `spread`, first come first
/// served.
[[nodiscard]] double cost_of_coming(const ConcertGame& game, const ArrivalSpread& spread,
                                    double at_s);

/// What somebody paid who came at `came_s` and was served at `served_s`, neither of them earlier.
[[nodiscard]] double cost_of(const ConcertGame& game, double came_s, double served_s);

}  // namespace double11::study
