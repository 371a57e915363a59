#include <double11/study/theory/mdc.hpp>
#include <double11/study/theory/mg1.hpp>

#include <cmath>
#include <numeric>
#include <utility>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("M/D/1: Erlang's law of the wait") {
  const DeterministicServers queue(0.8, 1, 1);
  const double times[] = {0, 0.5, 1, 2, 5, 10, 20};
  std::vector<double> waits;
  for (const double t : times) waits.push_back(queue.wait_at_most(t));
  check_each(waits, {0.2, 0.2983649395, 0.4451081857, 0.6345199363, 0.8995027618, 0.9883428917,
                     0.9998431564});
  CHECK(queue.means().mean_wait == Approx(mg1(0.8, deterministic_law(1)).mean_wait).epsilon(1e-12));
}

TEST_CASE("M/D/1: the tail decays where Erlang's series has lost its digits") {
  // Beyond a few services P(wait > t) falls by exp(-x), x the root of 0.8 (e^x - 1) = x.
  const DeterministicServers queue(0.8, 1, 1);
  double x = 0.5;
  for (int step = 0; step < 50; ++step) x -= (0.8 * std::expm1(x) - x) / (0.8 * std::exp(x) - 1);
  for (const double t : {20.0, 25.0, 30.0}) {
    const double ratio = (1 - queue.wait_at_most(t + 1)) / (1 - queue.wait_at_most(t));
    CHECK(ratio == Approx(std::exp(-x)).epsilon(1e-6));
  }
  CHECK(queue.wait_at_most(1e6) == Approx(1).epsilon(1e-13));
}

TEST_CASE("M/D/c: Crommelin's chain for 4 and 64 servers") {
  const DeterministicServers four(3.6, 1, 4);
  CHECK(four.means().mean_waiting == within(1e-8, 3.599877188));
  CHECK(four.means().mean_wait == within(1e-8, 0.9999658857));
  CHECK(four.means().wait_probability == within(1e-8, 0.7754365863));
  const DeterministicServers many(60.8, 1, 64);
  CHECK(many.means().mean_waiting == within(1e-8, 5.822119801));
  CHECK(many.means().mean_wait == within(1e-8, 0.09575854935));
  CHECK(many.means().wait_probability == within(1e-8, 0.5585278903));
}

TEST_CASE("M/D/c: law, mean, wait and quantile tell one story") {
  for (const auto& [rate, servers] :
       {std::pair{0.3, std::int64_t{1}}, {3.6, 4}, {60.8, 64}, {40.0, 64}, {588.0, 600}}) {
    CAPTURE(rate, servers);
    const DeterministicServers queue(rate / 2, 2, servers);  // services of two units
    const auto& law = queue.in_system();
    double mean = 0;
    for (std::size_t n = 0; n < law.size(); ++n) mean += static_cast<double>(n) * law[n];
    CHECK(std::accumulate(law.begin(), law.end(), 0.0) == Approx(1).epsilon(1e-12));
    CHECK(mean == Approx(queue.means().mean_in_system).epsilon(1e-10));
    CHECK(1 - queue.wait_at_most(0) ==
          Approx(queue.means().wait_probability).epsilon(1e-9).margin(1e-13));
    const double p99 = queue.wait_quantile(0.99);
    if (p99 > 0) CHECK(queue.wait_at_most(p99) == Approx(0.99).epsilon(1e-10));
    // The wait integrates to its mean.
    double sum = 0;
    const double step = 2e-3;
    for (double t = step / 2; t < 40; t += step) sum += step * (1 - queue.wait_at_most(t));
    CHECK(sum == Approx(queue.means().mean_wait).epsilon(1e-4).margin(1e-9));
    if (servers > 4) break;  // the integral of the larger ones says no more
  }
}

TEST_CASE("M/D/c: Crommelin's equations hold state by state") {
  const DeterministicServers queue(3.6, 1, 4);
  const auto& p = queue.in_system();
  double begin = 0;  // at most four in the system: all of them leave within a service
  for (std::size_t n = 0; n <= 4; ++n) begin += p[n];
  for (std::size_t n = 0; n < 20; ++n) {
    const auto poisson = [](double k) {
      return std::exp(k * std::log(3.6) - 3.6 - std::lgamma(k + 1));
    };
    double next = begin * poisson(static_cast<double>(n));
    for (std::size_t k = 1; k <= n; ++k) next += p[k + 4] * poisson(static_cast<double>(n - k));
    CHECK(p[n] == Approx(next).epsilon(1e-11));
  }
}

TEST_CASE("a token bucket is M/D/1/K") {
  CHECK(md1k_loss(1, 1) == ten_digits(0.5));
  CHECK(md1k_loss(1, 10) == ten_digits(0.05084745763));
  CHECK(1 - md1k_loss(1, 10) == ten_digits(0.9491525424));
  CHECK(md1k_loss(0.95, 50) == ten_digits(0.0003328474082));
  CHECK(0.95 * (1 - md1k_loss(0.95, 50)) == ten_digits(0.949683795));
  for (const double load : {0.1, 1.0, 7.0}) {
    CHECK(md1k_loss(load, 1) == Approx(load / (1 + load)).epsilon(1e-12));
  }
  CHECK(md1k_loss(2, 2000) == Approx(0.5).epsilon(1e-12));  // weights beyond the range of double
}

}  // namespace double11::study::theory
