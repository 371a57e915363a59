#include <double11/core/ensure.hpp>
#include <double11/study/knee.hpp>
#include <double11/study/theory/limited.hpp>
#include <double11/study/theory/mmc.hpp>

#include <cmath>

namespace double11::study {
namespace {

constexpr int kKneeHalvings = 60;

// Shares of a server's time; the mean service is the unit of time.
double arrival_rate_of(double load, std::int64_t servers) {
  return load * static_cast<double>(servers);
}

double power(double load, std::int64_t servers) {
  const double rate = arrival_rate_of(load, servers);
  return rate / theory::mmc(rate, 1, servers).mean_sojourn;
}

}  // namespace

double knee_of_power(std::int64_t servers) {
  ensure(servers >= 1, "a knee needs a server");
  // Power has one maximum, so a third of the range without it can be left out at each step.
  double low = 0;
  double high = 1;
  for (int step = 0; step < 2 * kKneeHalvings; ++step) {
    const double third = (high - low) / 3;
    if (power(low + third, servers) < power(high - third, servers)) {
      low += third;
    } else {
      high -= third;
    }
  }
  return (low + high) / 2;
}

double load_where_time_grows(std::int64_t servers, double share, double factor) {
  ensure(servers >= 1 && share > 0 && share < 1 && factor > 1,
         "time grows by a factor above 1 at a share of requests");
  const double wanted = factor * -std::log(1 - share);  // of an exponential service alone
  double low = 0;
  double high = 1;
  for (int halving = 0; halving < kKneeHalvings; ++halving) {
    const double middle = (low + high) / 2;
    const double time =
        theory::mmc_sojourn_quantile(arrival_rate_of(middle, servers), 1, servers, share);
    (time < wanted ? low : high) = middle;
  }
  return low;
}

std::int64_t users_for_utilisation(double utilisation, double think_rate, double service_rate,
                                   std::int64_t servers) {
  ensure(utilisation > 0 && utilisation < 1, "users keep servers busy for a share of the time");
  const auto busy = [&](std::int64_t users) {
    return theory::closed_mmc(users, think_rate, service_rate, servers).utilisation;
  };
  std::int64_t high = 1;
  while (busy(high) < utilisation) high *= 2;
  std::int64_t low = high / 2;  // below the utilisation, or nobody
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (busy(middle) < utilisation ? low : high) = middle;
  }
  const bool fewer_is_closer = low >= 1 && utilisation - busy(low) < busy(high) - utilisation;
  return fewer_is_closer ? low : high;
}

}  // namespace double11::study
