#pragma once
// Bounds and approximations, kept apart from what is exact. scv is the squared coefficient of
// variation, of interarrival times (`arrival_scv`) or service times (`service_scv`), >= 0.
// `utilisation` > 0; all are infinite from 1 on.

#include <cstdint>

namespace double11::study::theory {

/// Upper BOUND of the mean wait of GI/G/1 (Kingman 1962):
/// lambda (Var A + Var S) / (2 (1 - rho)).
[[nodiscard]] double kingman_bound(double utilisation, double mean_service, double arrival_scv,
                                   double service_scv);

/// APPROXIMATION of the mean wait of GI/G/1 in heavy traffic (Kingman 1961):
/// rho / (1 - rho) (ca2 + cs2) / 2 services. Exact for M/G/1.
[[nodiscard]] double heavy_traffic_wait(double utilisation, double mean_service, double arrival_scv,
                                        double service_scv);

/// APPROXIMATION of the mean wait of GI/G/c (Allen and Cunneen; Allen 1990):
/// that of M/M/c times (ca2 + cs2) / 2.
[[nodiscard]] double allen_cunneen_wait(double utilisation, double mean_service,
                                        std::int64_t servers, double arrival_scv,
                                        double service_scv);

}  // namespace double11::study::theory
