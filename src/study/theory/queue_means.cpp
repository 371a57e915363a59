#include <double11/study/theory/queue_means.hpp>

#include "study/theory/infinite.hpp"

namespace double11::study::theory {

QueueMeans means_from_wait(double arrival_rate, double mean_service, std::int64_t servers,
                           double wait_probability, double mean_wait) {
  QueueMeans means;
  means.utilisation = arrival_rate * mean_service / static_cast<double>(servers);
  means.wait_probability = wait_probability;
  means.mean_wait = mean_wait;
  means.mean_sojourn = mean_wait + mean_service;
  means.mean_waiting = arrival_rate * means.mean_wait;
  means.mean_in_system = arrival_rate * means.mean_sojourn;
  return means;
}

QueueMeans unstable_queue(double utilisation) {
  return {utilisation, 1, kInfinite, kInfinite, kInfinite, kInfinite};
}

}  // namespace double11::study::theory
