#pragma once
// One server, Poisson arrivals, any law of service. `arrival_rate` > 0.

#include <double11/study/theory/law.hpp>
#include <double11/study/theory/queue_means.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace double11::study::theory {

/// First come first served (Pollaczek 1930, Khinchine 1932). Infinite means when the second moment
/// of service is.
[[nodiscard]] QueueMeans mg1(double arrival_rate, const Law& service);

/// Variance of the wait: lambda E S^3 / (3 (1 - rho)) + Wq^2 (Takacs 1962). Infinite when the
/// third moment is: then sample means converge more slowly than 1/sqrt(n).
[[nodiscard]] double mg1_wait_variance(double arrival_rate, const Law& service);

/// Processor sharing: a service of length `size` >= 0 takes size / (1 - rho) on average, whatever
/// the law (Sakata, Noguchi, Oizumi 1971). `mean_service` > 0.
[[nodiscard]] double mg1_sharing_sojourn(double arrival_rate, double mean_service, double size);

/// Batches of exactly `batch` >= 1 customers arrive at `batch_rate`, served one by one at
/// `service_rate`: M^X/M/1, L = rho (1 + b) / (2 (1 - rho)) (Gross and Harris, 3.1). The
/// wait_probability is left at 0: not given.
[[nodiscard]] QueueMeans batch_arrivals_mm1(double batch_rate, std::int64_t batch,
                                            double service_rate);

/// M/M/1 whose server fails at `failure_rate`, also while idle, and is repaired at `repair_rate`;
/// an interrupted service resumes (Avi-Itzhak and Naor 1963, model A):
/// L = lambda / (mu A - lambda) (1 + mu f / (f + r)^2), availability A = r / (f + r).
/// utilisation is lambda / (mu A); wait figures are left at 0: a repair may split a service.
[[nodiscard]] QueueMeans mm1_with_breakdowns(double arrival_rate, double service_rate,
                                             double failure_rate, double repair_rate);

struct PriorityClass {
  double arrival_rate = 0;
  Law service;
};
/// Mean waits before service by class, the first most urgent, none interrupted (Cobham 1954).
[[nodiscard]] std::vector<double> mg1_priority_waits(std::span<const PriorityClass> classes);
/// Mean sojourns by class when a more urgent customer interrupts, work resumes where it stopped
/// (Conway, Maxwell, Miller 1967).
[[nodiscard]] std::vector<double> mg1_preemptive_sojourns(std::span<const PriorityClass> classes);

/// The same for c servers and one exponential law for all classes: waits without interruption
/// (Davis 1966; Kella and Yechiali 1985), sojourns with it (classes 1 to k see an M/M/c of their
/// own, so the k-th is a difference of two).
[[nodiscard]] std::vector<double> mmc_priority_waits(std::span<const double> arrival_rates,
                                                     double service_rate, std::int64_t servers);
[[nodiscard]] std::vector<double> mmc_preemptive_sojourns(std::span<const double> arrival_rates,
                                                          double service_rate,
                                                          std::int64_t servers);

}  // namespace double11::study::theory
