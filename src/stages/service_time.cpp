#include <double11/stages/service_time.hpp>

#include <cmath>

#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>

namespace double11::stages {

QuantileTable service_time(const scenario::RandomDuration& duration) {
  using scenario::Distribution;
  switch (duration.distribution) {
    case Distribution::constant: {
      const auto value = static_cast<double>(duration.mean.count());
      return QuantileTable([value](double, double) { return value; });
    }
    case Distribution::exponential: {
      const auto mean = static_cast<double>(duration.mean.count());
      return QuantileTable(
          [mean](double, double from_above) { return -std::log(from_above) * mean; });
    }
    case Distribution::lognormal:
      break;
  }
  const auto p50 = static_cast<double>(duration.p50.count());
  const auto p99 = static_cast<double>(duration.p99.count());
  const double sigma = std::log(p99 / p50) / boost::math::quantile(boost::math::normal(), 0.99);
  const boost::math::lognormal distribution(std::log(p50), sigma);
  return QuantileTable([&](double p, double from_above) {
    return p < 0.5 ? quantile(distribution, p)
                   : quantile(boost::math::complement(distribution, from_above));
  });
}

}  // namespace double11::stages
