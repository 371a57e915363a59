#include <double11/core/ensure.hpp>
#include <double11/study/theory/gim.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace double11::study::theory {

namespace {

// 1 - sigma, the root in (0, 1) of A(rate d) = 1 - d; `rate` is that of all servers together.
double one_minus_sigma(const Law& interarrival, double rate) {
  // A is convex and starts steeper than 1 - d falls, so the difference changes sign once.
  double low = 0;
  double high = 1;
  for (int halving = 0; halving < 200; ++halving) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    (interarrival.transform(rate * middle) < 1 - middle ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Derivative of the transform, by a central difference; used only where a ratio is 0/0.
double slope(const Law& law, double s) {
  const double step = 1e-5 * s;
  return (law.transform(s + step) - law.transform(s - step)) / (2 * step);
}

}  // namespace

GeneralArrivals gimc(const Law& interarrival, double service_rate, std::int64_t servers) {
  ensure(static_cast<bool>(interarrival.transform), "the law of interarrivals has no transform");
  ensure(service_rate > 0 && servers >= 1, "GI/M/c needs a rate above zero and a server");
  const auto c = static_cast<double>(servers);
  const double arrival_rate = 1 / interarrival.mean;
  const double utilisation = arrival_rate / (c * service_rate);
  if (utilisation >= 1) return {unstable_queue(utilisation), 1, 0};

  const double d = one_minus_sigma(interarrival, c * service_rate);
  // Takacs: 1 / P(wait) - 1 as a sum over the servers. Numerator and denominator of the ratio
  // change sign at the same place (the root above), so all terms are positive.
  double sum = 0;
  double product = 1;
  for (std::int64_t j = 1; j <= servers; ++j) {
    const auto servers_j = static_cast<double>(j);
    const double transform = interarrival.transform(servers_j * service_rate);
    product *= (c - servers_j + 1) / servers_j * (1 - transform) / transform;
    const double bottom = c * d - servers_j;
    const double ratio = std::abs(bottom) > 1e-6 * c
                             ? (c * (1 - transform) - servers_j) / bottom
                             : 1 + c * service_rate * slope(interarrival, servers_j * service_rate);
    sum += product / (1 - transform) * ratio;
  }
  GeneralArrivals queue;
  queue.sigma = 1 - d;
  queue.decay_rate = c * service_rate * d;
  const double wait_probability = 1 / (1 + sum * d);
  queue.means = means_from_wait(arrival_rate, 1 / service_rate, servers, wait_probability,
                                wait_probability / queue.decay_rate);
  return queue;
}

double gimc_wait_quantile(const GeneralArrivals& queue, double share) {
  ensure(share > 0 && share < 1, "a quantile is asked for at a share between zero and one");
  if (queue.decay_rate <= 0) return std::numeric_limits<double>::infinity();
  return std::max(0.0, std::log(queue.means.wait_probability / (1 - share)) / queue.decay_rate);
}

}  // namespace double11::study::theory
