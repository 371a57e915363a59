#include <double11/core/quantile_laws.hpp>
#include <double11/stages/service_time.hpp>

#include <cmath>

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

QuantileTable service_time(const scenario::RandomDuration& duration) {
  using scenario::Distribution;
  const auto mean = static_cast<double>(duration.mean.count());
  const double shape = duration.shape;
  switch (duration.distribution) {
    case Distribution::constant:
      return QuantileTable([mean](double, double) { return mean; });
    case Distribution::exponential:
      return exponential_table(mean);
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
      return gamma_table(mean, shape);
    case Distribution::weibull:
      return tabulated(boost::math::weibull(shape, mean / std::tgamma(1 + 1 / shape)));
    case Distribution::pareto: {
      const double least = mean * (shape - 1) / shape;
      return QuantileTable(
          [=](double, double from_above) { return least * std::pow(from_above, -1 / shape); });
    }
    case Distribution::hyperexponential:
      return hyperexponential_table(mean, duration.scv);
    case Distribution::empirical:
    case Distribution::none:
      break;
  }
  return QuantileTable([](double, double) { return 0.0; });
}

}  // namespace double11::stages
