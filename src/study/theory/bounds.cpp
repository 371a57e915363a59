#include <double11/core/ensure.hpp>
#include <double11/study/theory/bounds.hpp>
#include <double11/study/theory/erlang.hpp>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

namespace {

void ensure_parameters(double utilisation, double mean_service, double arrival_scv,
                       double service_scv) {
  ensure(utilisation > 0 && mean_service > 0 && arrival_scv >= 0 && service_scv >= 0,
         "a queue has a load, a mean service and variations that are not negative");
}

}  // namespace

double kingman_bound(double utilisation, double mean_service, double arrival_scv,
                     double service_scv) {
  ensure_parameters(utilisation, mean_service, arrival_scv, service_scv);
  if (utilisation >= 1) return kInfinite;
  const double mean_interarrival = mean_service / utilisation;
  const double variances = arrival_scv * mean_interarrival * mean_interarrival +
                           service_scv * mean_service * mean_service;
  return variances / (2 * mean_interarrival * (1 - utilisation));
}

double heavy_traffic_wait(double utilisation, double mean_service, double arrival_scv,
                          double service_scv) {
  return allen_cunneen_wait(utilisation, mean_service, 1, arrival_scv, service_scv);
}

double allen_cunneen_wait(double utilisation, double mean_service, std::int64_t servers,
                          double arrival_scv, double service_scv) {
  ensure_parameters(utilisation, mean_service, arrival_scv, service_scv);
  if (utilisation >= 1) return kInfinite;
  const auto c = static_cast<double>(servers);
  return erlang_c(servers, utilisation * c) * mean_service / (c * (1 - utilisation)) *
         (arrival_scv + service_scv) / 2;
}

}  // namespace double11::study::theory
