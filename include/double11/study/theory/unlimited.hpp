#pragma once
// Systems without a queue: infinitely many servers, and the deterministic fluid of an overload.

namespace double11::study::theory {

struct Occupancy {
  double mean = 0;
  double standard_deviation = 0;
};
/// M/G/infinity: Poisson with mean `arrival_rate` * `mean_hold`, whatever the law (Palm 1943). The
/// number of open reservations, of parcels on the road. Both >= 0.
[[nodiscard]] Occupancy mg_infinity(double arrival_rate, double mean_hold);

struct SinusoidOccupancy {
  double mean = 0;
  double amplitude = 0;
  double peak = 0;  ///< mean + amplitude
  double lag = 0;   ///< time by which the peak follows the peak of arrivals
};
/// Mt/M/infinity under lambda(t) = mean_rate + amplitude sin(2 pi t / period), long after the start
/// (Eick, Massey, Whitt 1993). 0 <= `amplitude` <= `mean_rate`; `period`, `service_rate` > 0.
[[nodiscard]] SinusoidOccupancy mt_m_infinity(double mean_rate, double amplitude, double period,
                                              double service_rate);

struct FluidBacklog {
  double peak_backlog = 0;  ///< customers, at the end of the peak
  double drain_time = 0;    ///< from the end of the peak until empty; infinite if never
  double longest_wait = 0;  ///< of who arrives at the end of the peak
  double total_delay = 0;   ///< customers times time, the area under the backlog
};
/// Fluid limit q' = lambda - capacity (Newell 1971): `peak_rate` for `peak_time` from an empty
/// start, `rate_after` later; all >= 0, `capacity` > 0 in customers per unit of time.
[[nodiscard]] FluidBacklog fluid_backlog(double peak_rate, double peak_time, double capacity,
                                         double rate_after);

struct PeriodicDepartures {
  double mean_wait = 0;
  double longest_wait = 0;
  double mean_load = 0;
  double load_standard_deviation = 0;
};
/// Trucks that leave every `period` > 0 with all that has arrived (Poisson at `arrival_rate` > 0):
/// waits are uniform over the period, loads Poisson.
[[nodiscard]] PeriodicDepartures periodic_departures(double arrival_rate, double period);

}  // namespace double11::study::theory
