#include <double11/core/ensure.hpp>
#include <double11/study/theory/fork_join.hpp>
#include <double11/study/theory/mg1.hpp>

#include <limits>

namespace double11::study::theory {

double harmonic(std::int64_t n) {
  double sum = 0;
  for (std::int64_t i = n; i >= 1; --i) sum += 1 / static_cast<double>(i);
  return sum;
}

double fork_join_2(double arrival_rate, double service_rate) {
  ensure(arrival_rate > 0 && service_rate > 0, "fork and join need rates above zero");
  if (arrival_rate >= service_rate) return std::numeric_limits<double>::infinity();
  return (12 - arrival_rate / service_rate) / (8 * (service_rate - arrival_rate));
}

ForkJoin fork_join(double arrival_rate, double service_rate, std::int64_t branches) {
  ensure(branches >= 2, "a fork has two branches");
  const double of_two = fork_join_2(arrival_rate, service_rate);
  const double sum = harmonic(branches);
  const double ratio = sum / harmonic(2);
  ForkJoin response;
  response.lower_bound = sum / service_rate;
  if (arrival_rate >= service_rate) {
    response.approximation = response.upper_bound = of_two;
    return response;
  }
  response.approximation = (ratio + 4.0 / 11 * (1 - ratio) * arrival_rate / service_rate) * of_two;
  response.upper_bound = sum / (service_rate - arrival_rate);
  return response;
}

QueueMeans split_merge(double arrival_rate, double service_rate, std::int64_t branches) {
  return mg1(arrival_rate, largest_exponential_law(branches, service_rate));
}

double mean_of_largest(std::int64_t count, double rate) {
  ensure(count >= 1 && rate > 0, "the largest of something needs a member and a rate");
  return harmonic(count) / rate;
}

}  // namespace double11::study::theory
