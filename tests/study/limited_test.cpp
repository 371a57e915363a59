#include <double11/study/theory/birth_death.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/limited.hpp>
#include <double11/study/theory/mmc.hpp>

#include <cmath>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("M/M/c/K from one server to 256, light to overloaded") {
  struct Row {
    double arrival_rate;
    std::int64_t servers, capacity;
    double blocked, in_system, waiting, throughput, sojourn, wait, waits, idle;
  };
  const Row rows[] = {
      {0.8, 1, 10, 0.02349285758, 2.966314266, 2.185108553, 0.7812057139, 3.797097504, 2.797097504,
       0.7759419501, 0.2187942861},
      {2, 1, 10, 0.5002442599, 9.005373718, 8.005862237, 0.9995114802, 9.009775171, 8.009775171,
       0.9990224829, 0.0004885197851},
      {3, 4, 8, 0.04583848588, 3.500827901, 0.638343359, 2.862484542, 1.223003251, 0.223003251,
       0.4151656269, 0.04292511161},
      {14.4, 16, 64, 0.0003775316276, 19.5376659, 5.143102353, 14.39456354, 1.357294776,
       0.3572947757, 0.5898000033, 3.63188934e-07},
      {300, 256, 1024, 0.1466666667, 1018.181818, 762.1818182, 256, 3.977272727, 2.977272727, 1,
       1.137247497e-181},
  };
  for (const Row& row : rows) {
    CAPTURE(row.arrival_rate);
    const LimitedQueue queue = mmck(row.arrival_rate, 1, row.servers, row.capacity);
    CHECK(queue.blocked == ten_digits(row.blocked));
    CHECK(queue.mean_in_system == ten_digits(row.in_system));
    CHECK(queue.mean_waiting == ten_digits(row.waiting));
    CHECK(queue.throughput == ten_digits(row.throughput));
    CHECK(queue.mean_sojourn == ten_digits(row.sojourn));
    CHECK(queue.mean_wait == ten_digits(row.wait));
    CHECK(queue.wait_probability == ten_digits(row.waits));
    CHECK(queue.idle_probability == ten_digits(row.idle));
    CHECK(row.arrival_rate * (1 - queue.blocked) == Approx(queue.throughput).epsilon(1e-12));
  }
}

TEST_CASE("without waiting room it is Erlang B, with endless room Erlang C") {
  CHECK(mmck(1200, 1, 1000, 1000).blocked == Approx(erlang_b(1000, 1200)).epsilon(1e-12));
  CHECK(mmck(1200, 1, 1000, 1000).wait_probability == 0);
  CHECK(mmck(3.2, 1, 4, 5000).mean_wait == Approx(mmc(3.2, 1, 4).mean_wait).epsilon(1e-12));
}

TEST_CASE("Erlang A, to two hundred thousand waiting") {
  struct Row {
    double arrival_rate;
    std::int64_t servers;
    double abandon_rate, waits, abandoned, waiting, wait, busy;
  };
  const Row rows[] = {
      {48, 50, 0.5, 0.4677740686, 0.03091224916, 2.96757592, 0.06182449832, 46.51621204},
      {110, 100, 0.5, 0.9291161258, 0.09461833225, 20.8160331, 0.1892366645, 99.59198345},
      {10, 8, 2, 0.6816978159, 0.2665381378, 1.332690689, 0.1332690689, 7.334618622},
      {5000, 1000, 0.02, 1, 0.8, 200'000, 40, 1000},
  };
  for (const Row& row : rows) {
    CAPTURE(row.arrival_rate);
    const LimitedQueue queue = erlang_a(row.arrival_rate, 1, row.servers, row.abandon_rate);
    CHECK(queue.wait_probability == ten_digits(row.waits));
    CHECK(queue.abandoned == ten_digits(row.abandoned));
    CHECK(queue.mean_waiting == ten_digits(row.waiting));
    CHECK(queue.mean_wait == ten_digits(row.wait));
    CHECK(queue.busy_servers == ten_digits(row.busy));
    CHECK(queue.throughput == ten_digits(row.busy));
    CHECK(queue.utilisation == ten_digits(row.busy / static_cast<double>(row.servers)));
  }
}

TEST_CASE("a patience of fixed length") {
  const LimitedQueue one = mmc_fixed_patience(1.2, 1, 1, 5);
  CHECK(one.wait_probability == ten_digits(0.9313734937));
  CHECK(one.abandoned == ten_digits(0.2238554219));
  CHECK(one.mean_wait == ten_digits(3.178072297));
  CHECK(one.throughput == ten_digits(0.9313734937));
  const LimitedQueue many = mmc_fixed_patience(110, 1, 100, 0.3);
  CHECK(many.wait_probability == ten_digits(0.9707910793));
  CHECK(many.abandoned == ten_digits(0.09243754766));
  CHECK(many.mean_wait == ten_digits(0.2172085541));
  CHECK(many.throughput == ten_digits(99.83186976));
}

TEST_CASE("fixed patience at its limits") {
  // Endless patience is M/M/c; a load of exactly one is no special case; huge overload stays
  // finite.
  CHECK(mmc_fixed_patience(3.2, 1, 4, 1e4).mean_wait ==
        Approx(mmc(3.2, 1, 4).mean_wait).epsilon(1e-10));
  const double below = mmc_fixed_patience(4 - 1e-9, 1, 4, 2).mean_wait;
  const double above = mmc_fixed_patience(4 + 1e-9, 1, 4, 2).mean_wait;
  CHECK(mmc_fixed_patience(4, 1, 4, 2).mean_wait == Approx((below + above) / 2).epsilon(1e-9));
  const LimitedQueue flood = mmc_fixed_patience(1e5, 1, 1000, 100);
  CHECK(flood.abandoned == Approx(0.99).epsilon(1e-9));
  CHECK(flood.mean_wait == Approx(100).epsilon(1e-4));
  // No patience at all: who cannot start at once leaves.
  CHECK(mmc_fixed_patience(5, 1, 4, 1e-9).abandoned == Approx(erlang_b(4, 5)).epsilon(1e-7));
}

TEST_CASE("closed systems of fifty and of a thousand users") {
  struct Row {
    std::int64_t users;
    double think;
    std::int64_t servers;
    double throughput, response, in_system, utilisation;
  };
  for (const Row& row : {Row{50, 10, 4, 3.884982329, 2.87007141, 11.15017671, 0.9712455822},
                         {1000, 30, 32, 31.47256458, 1.773705555, 55.82306261, 0.9835176431}}) {
    CAPTURE(row.users);
    const LimitedQueue queue = closed_mmc(row.users, 1 / row.think, 1, row.servers);
    CHECK(queue.throughput == ten_digits(row.throughput));
    CHECK(queue.mean_sojourn == ten_digits(row.response));
    CHECK(queue.mean_in_system == ten_digits(row.in_system));
    CHECK(queue.utilisation == ten_digits(row.utilisation));
    CHECK(static_cast<double>(row.users) / queue.throughput - row.think ==
          Approx(queue.mean_sojourn).epsilon(1e-10));
  }
  CHECK(closed_mmc(3, 1, 1, 3).mean_wait == 0);
}

TEST_CASE("a birth-death law sums to one where weights span a thousand decades") {
  const auto law = birth_death_law([](std::int64_t) { return 1e3; },
                                   [](std::int64_t n) { return n < 500 ? 1.0 : 1e9; }, 1000);
  double sum = 0;
  for (const double p : law) sum += p;
  CHECK(sum == Approx(1).epsilon(1e-12));
  CHECK(law[499] == Approx(1).epsilon(2e-3));
}

}  // namespace double11::study::theory
