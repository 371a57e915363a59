#include <double11/core/quantile_laws.hpp>

#include <cmath>

#include <boost/math/distributions/gamma.hpp>

namespace double11 {

QuantileTable exponential_table(double mean) {
  return QuantileTable([mean](double, double from_above) { return -std::log(from_above) * mean; });
}

QuantileTable gamma_table(double mean, double shape) {
  const boost::math::gamma_distribution<> law(shape, mean / shape);
  // By the end that is nearer.
  return QuantileTable([&law](double p, double from_above) {
    return p < 0.5 ? quantile(law, p) : quantile(boost::math::complement(law, from_above));
  });
}

QuantileTable hyperexponential_table(double mean, double scv) {
  // Balanced means: each of the two contributes half of the mean.
  const double share = 0.5 * (1 + std::sqrt((scv - 1) / (scv + 1)));
  const double quick = mean / (2 * share);
  const double slow = mean / (2 * (1 - share));
  return QuantileTable([=](double, double from_above) {
    // Bisection on P(X > x) = share e^(-x/quick) + (1 - share) e^(-x/slow); from the two sides
    // that the mixture cannot leave.
    double low = 0;
    double high = -std::log(from_above) * slow;
    for (int step = 0; step < 80; ++step) {
      const double middle = 0.5 * (low + high);
      const double above =
          share * std::exp(-middle / quick) + (1 - share) * std::exp(-middle / slow);
      (above > from_above ? low : high) = middle;
    }
    return 0.5 * (low + high);
  });
}

}  // namespace double11
