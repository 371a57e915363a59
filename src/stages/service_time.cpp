#include <double11/stages/service_time.hpp>

#include <cmath>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/weibull.hpp>

namespace double11::stages {
namespace {

// A law of Boost.Math, by the end that is nearer.
template <typename Law>
QuantileTable tabulated(const Law& law) {
  return QuantileTable([&law](double p, double from_above) {
    return p < 0.5 ? quantile(law, p) : quantile(boost::math::complement(law, from_above));
  });
}

}  // namespace

QuantileTable hyperexponential(double mean, double scv) {
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

QuantileTable gamma(double mean, double shape) {
  return tabulated(boost::math::gamma_distribution<>(shape, mean / shape));
}

QuantileTable service_time(const scenario::RandomDuration& duration) {
  using scenario::Distribution;
  const auto mean = static_cast<double>(duration.mean.count());
  const double shape = duration.shape;
  switch (duration.distribution) {
    case Distribution::constant:
      return QuantileTable([mean](double, double) { return mean; });
    case Distribution::exponential:
      return QuantileTable(
          [mean](double, double from_above) { return -std::log(from_above) * mean; });
    case Distribution::lognormal: {
      const auto p50 = static_cast<double>(duration.p50.count());
      const auto p99 = static_cast<double>(duration.p99.count());
      const double sigma = std::log(p99 / p50) / boost::math::quantile(boost::math::normal(), 0.99);
      return tabulated(boost::math::lognormal(std::log(p50), sigma));
    }
    case Distribution::lognormal_mean: {
      const double sigma = duration.sigma;
      if (sigma == 0) return QuantileTable([mean](double, double) { return mean; });
      return tabulated(boost::math::lognormal(std::log(mean) - 0.5 * sigma * sigma, sigma));
    }
    case Distribution::uniform: {
      const auto least = static_cast<double>(duration.least.count());
      const auto most = static_cast<double>(duration.most.count());
      return QuantileTable([=](double p, double) { return least + p * (most - least); });
    }
    case Distribution::erlang:
    case Distribution::gamma:
      return gamma(mean, shape);
    case Distribution::weibull:
      return tabulated(boost::math::weibull(shape, mean / std::tgamma(1 + 1 / shape)));
    case Distribution::pareto: {
      const double least = mean * (shape - 1) / shape;
      return QuantileTable(
          [=](double, double from_above) { return least * std::pow(from_above, -1 / shape); });
    }
    case Distribution::hyperexponential:
      return hyperexponential(mean, duration.scv);
    case Distribution::empirical:
    case Distribution::none:
      break;
  }
  return QuantileTable([](double, double) { return 0.0; });
}

}  // namespace double11::stages
