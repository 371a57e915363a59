#include <double11/study/theory/mmc.hpp>

#include <cmath>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("M/M/1 in light, heavy and very heavy traffic") {
  struct Row {
    double rho, in_system, waiting, sojourn, wait, at_least_10, sojourn_p50, sojourn_p99, wait_p50,
        wait_p90, wait_p99, wait_p999, busy_mean, busy_variance, asymptotic;
  };
  const Row rows[] = {
      {0.5, 1, 0.5, 2, 1, 0.0009765625, 1.386294361, 9.210340372, 0, 3.218875825, 7.824046011,
       12.4292162, 2, 12, 29},
      {0.9, 9, 8.1, 10, 9, 0.3486784401, 6.931471806, 46.05170186, 5.877866649, 21.97224577,
       44.9980967, 68.02394763, 10, 1900, 35901},
      {0.99, 99, 98.01, 100, 99, 0.904382075, 69.31471806, 460.5170186, 68.30968447, 229.2534757,
       459.511985, 689.7704943, 100, 1990000, 395990001},
  };
  for (const Row& row : rows) {
    CAPTURE(row.rho);
    const QueueMeans means = mm1(row.rho, 1);
    CHECK(means.mean_in_system == ten_digits(row.in_system));
    CHECK(means.mean_waiting == ten_digits(row.waiting));
    CHECK(means.mean_sojourn == ten_digits(row.sojourn));
    CHECK(means.mean_wait == ten_digits(row.wait));
    CHECK(1 - means.utilisation == ten_digits(1 - row.rho));
    CHECK(means.wait_probability == ten_digits(row.rho));
    CHECK(mm1_at_least(row.rho, 1, 10) == ten_digits(row.at_least_10));
    CHECK(mmc_sojourn_quantile(row.rho, 1, 1, 0.5) == ten_digits(row.sojourn_p50));
    CHECK(mmc_sojourn_quantile(row.rho, 1, 1, 0.99) == ten_digits(row.sojourn_p99));
    CHECK(mmc_wait_quantile(row.rho, 1, 1, 0.5) ==
          Approx(row.wait_p50).epsilon(6e-10).margin(1e-15));
    CHECK(mmc_wait_quantile(row.rho, 1, 1, 0.9) == ten_digits(row.wait_p90));
    CHECK(mmc_wait_quantile(row.rho, 1, 1, 0.99) == ten_digits(row.wait_p99));
    CHECK(mmc_wait_quantile(row.rho, 1, 1, 0.999) == ten_digits(row.wait_p999));
    CHECK(mm1_busy_period(row.rho, 1).mean == ten_digits(row.busy_mean));
    CHECK(mm1_busy_period(row.rho, 1).variance == ten_digits(row.busy_variance));
    CHECK(mm1_mean_wait_asymptotic_variance(row.rho, 1) == ten_digits(row.asymptotic));
  }
}

TEST_CASE("M/M/c from two to four thousand servers") {
  struct Row {
    double arrival_rate;
    std::int64_t servers;
    double waits, wait, waiting, sojourn, in_system, p90, p99, p999, of_waiters;
  };
  const Row rows[] = {
      {1.8, 2, 0.8526315789, 4.263157895, 7.673684211, 5.263157895, 9.473684211, 10.71578678,
       22.22871225, 33.74163771, 5},
      {3.2, 4, 0.5964324718, 0.7455405897, 2.385729887, 1.74554059, 5.585729887, 2.232244802,
       5.110476168, 7.988707535, 1.25},
      {58.88, 64, 0.4068310317, 0.07945918589, 4.678556865, 1.079459186, 63.55855687, 0.2740679215,
       0.7237915724, 1.173515223, 0.1953125},
      {243.2, 256, 0.3129255531, 0.02444730883, 5.945585509, 1.024447309, 249.1455855,
       0.08912461927, 0.2690140797, 0.4489035401, 0.078125},
      {4014.08, 4096, 0.1311178564, 0.001600559771, 6.424774966, 1.00160056, 4020.504775,
       0.003307207034, 0.03141493522, 0.05952266341, 0.01220703125},
  };
  for (const Row& row : rows) {
    CAPTURE(row.servers);
    const QueueMeans means = mmc(row.arrival_rate, 1, row.servers);
    CHECK(means.wait_probability == ten_digits(row.waits));
    CHECK(means.mean_wait == ten_digits(row.wait));
    CHECK(means.mean_waiting == ten_digits(row.waiting));
    CHECK(means.mean_sojourn == ten_digits(row.sojourn));
    CHECK(means.mean_in_system == ten_digits(row.in_system));
    CHECK(mmc_wait_quantile(row.arrival_rate, 1, row.servers, 0.9) == ten_digits(row.p90));
    CHECK(mmc_wait_quantile(row.arrival_rate, 1, row.servers, 0.99) == ten_digits(row.p99));
    CHECK(mmc_wait_quantile(row.arrival_rate, 1, row.servers, 0.999) == ten_digits(row.p999));
    CHECK(mmc_mean_wait_of_waiters(row.arrival_rate, 1, row.servers) == ten_digits(row.of_waiters));
  }
}

TEST_CASE("a million servers are as quick and as finite as one") {
  const QueueMeans means = mmc(999'000, 1, 1'000'000);
  CHECK(means.wait_probability > 0.2);  // beta = 1: Halfin and Whitt give 0.2234
  CHECK(means.wait_probability < 0.24);
  CHECK(means.mean_wait == Approx(means.wait_probability / 1000));
}

TEST_CASE("book examples of M/M/1") {
  // Gross, Shortle, Thompson, Harris, Fundamentals of Queueing Theory, 4th edition, 2.1: per hour.
  const QueueMeans salon = mm1(5, 6);
  CHECK(salon.mean_in_system == ten_digits(5));
  CHECK(salon.mean_waiting == ten_digits(4.166666667));
  CHECK(salon.mean_sojourn == ten_digits(1));
  CHECK(salon.mean_wait == ten_digits(0.8333333333));
  CHECK(1 - salon.utilisation == ten_digits(0.1666666667));
  // Ross, Introduction to Probability Models, chapter 8: minutes; a fifth more arrivals double L.
  CHECK(mm1(1.0 / 12, 1.0 / 8).mean_in_system == ten_digits(2));
  CHECK(mm1(1.0 / 12, 1.0 / 8).mean_sojourn == ten_digits(24));
  CHECK(mm1(1.2 / 12, 1.0 / 8).mean_in_system == ten_digits(4));
  CHECK(mm1(1.2 / 12, 1.0 / 8).mean_sojourn == ten_digits(40));
}

TEST_CASE("sojourns of M/M/c integrate to their mean") {
  // Rates of waiting and of service: different, nearly equal, equal.
  for (const double arrival_rate : {1.8, 1.0 + 1e-9, 1.0}) {
    double sum = 0;
    const double step = 1e-2;
    for (int i = 0; i < 20'000; ++i) {
      sum += step * mmc_sojourn_above(arrival_rate, 1, 2, step * (i + 0.5));
    }
    CHECK(sum == Approx(mmc(arrival_rate, 1, 2).mean_sojourn).epsilon(1e-4));
  }
}

TEST_CASE("overload is infinite, never undefined") {
  const QueueMeans means = mmc(3, 1, 3);
  CHECK(std::isinf(means.mean_wait));
  CHECK(means.wait_probability == 1);
  CHECK(std::isinf(mmc_wait_quantile(3, 1, 2, 0.5)));
  CHECK(std::isinf(mmc_sojourn_quantile(3, 1, 2, 0.5)));
  CHECK(std::isinf(mm1_busy_period(2, 1).mean));
  CHECK(std::isinf(mm1_relaxation_time(1, 1)));
  CHECK(mm1_relaxation_time(0.25, 2) == Approx(1 / (2 * std::pow(1 - std::sqrt(0.125), 2))));
}

}  // namespace double11::study::theory
