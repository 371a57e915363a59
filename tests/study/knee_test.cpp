#include <double11/study/knee.hpp>
#include <double11/study/theory/limited.hpp>
#include <double11/study/theory/mmc.hpp>

#include <cmath>

#include "study/published.hpp"

namespace double11::study {

TEST_CASE("power of a single server is largest at half load") {
  CHECK(knee_of_power(1) == within(1e-6, 0.5));
}

TEST_CASE("more servers have their knee at a higher load") {
  double before = 0.5;
  for (const std::int64_t servers : {2, 4, 10, 100}) {
    const double knee = knee_of_power(servers);
    CAPTURE(servers, knee);
    CHECK(knee > before);
    CHECK(knee < 1);
    const auto power = [servers](double load) {
      const double rate = load * static_cast<double>(servers);
      return rate / theory::mmc(rate, 1, servers).mean_sojourn;
    };
    CHECK(power(knee) > power(knee - 0.01));
    CHECK(power(knee) > power(knee + 0.005));
    before = knee;
  }
}

TEST_CASE("a percentile has grown by its factor at the load found") {
  // Sojourns of M/M/1 are exponential with rate mu - lambda.
  CHECK(load_where_time_grows(1, 0.99, 2) == within(1e-9, 0.5));
  CHECK(load_where_time_grows(1, 0.5, 10) == within(1e-9, 0.9));
  const double load = load_where_time_grows(10, 0.99, 2);
  CHECK(theory::mmc_sojourn_quantile(10 * load, 1, 10, 0.99) == within(1e-6, 2 * std::log(100.0)));
}

TEST_CASE("as many users as keep the servers so busy") {
  for (const double utilisation : {0.3, 0.5, 0.9, 0.99}) {
    const std::int64_t users = users_for_utilisation(utilisation, 0.1, 1, 1);
    const auto off = [utilisation](std::int64_t count) {
      return std::abs(theory::closed_mmc(count, 0.1, 1, 1).utilisation - utilisation);
    };
    CAPTURE(utilisation, users);
    CHECK(off(users) <= off(users + 1));
    if (users > 1) CHECK(off(users) <= off(users - 1));
  }
  CHECK(users_for_utilisation(0.001, 1, 1, 4) == 1);
}

}  // namespace double11::study
