#include <double11/study/theory/bounds.hpp>
#include <double11/study/theory/gim.hpp>
#include <double11/study/theory/mmc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("E2/M/1") {
  const GeneralArrivals queue = gimc(erlang_law(2, 1.25), 1, 1);
  CHECK(queue.sigma == ten_digits(0.7398529491));
  CHECK(queue.means.mean_wait == ten_digits(2.843979767));
  CHECK(queue.means.mean_sojourn == ten_digits(3.843979767));
  CHECK(queue.means.wait_probability == ten_digits(0.7398529491));
  CHECK(gimc_wait_quantile(queue, 0.99) == ten_digits(16.54397519));
}

TEST_CASE("D/M/4") {
  const GeneralArrivals queue = gimc(deterministic_law(1 / 3.6), 1, 4);
  CHECK(queue.means.mean_wait == within(1e-8, 0.8611782677));
  CHECK(queue.means.wait_probability == within(1e-8, 0.6651746697));
}

TEST_CASE("GI/M/c with exponential interarrivals is M/M/c") {
  for (const std::int64_t servers : {1, 2, 4, 64, 1000}) {
    const double rate = 0.95 * static_cast<double>(servers);
    const GeneralArrivals queue = gimc(exponential_law(1 / rate), 1, servers);
    CHECK(queue.means.wait_probability ==
          Approx(mmc(rate, 1, servers).wait_probability).epsilon(1e-8));
    CHECK(queue.means.mean_wait == Approx(mmc(rate, 1, servers).mean_wait).epsilon(1e-8));
  }
  // c (1 - sigma) = 1 exactly: the closed form is 0/0 there.
  CHECK(gimc(exponential_law(1), 1, 2).means.wait_probability ==
        Approx(mmc(1, 1, 2).wait_probability).epsilon(1e-8));
}

TEST_CASE("H2/M/3 by its own Markov chain") {
  // States (customers, branch of the next interarrival), solved by plain iteration.
  const ExponentialBranch branches[] = {{0.2, 2.0}, {0.8, 0.25}};  // mean 0.6
  const GeneralArrivals queue = gimc(hyperexponential_law(branches), 1, 3);
  constexpr std::size_t kStates = 120;
  std::vector<double> p(2 * kStates, 1.0 / (2 * kStates));
  for (int sweep = 0; sweep < 20'000; ++sweep) {
    std::vector<double> next(p.size(), 0.0);
    for (std::size_t n = 0; n < kStates; ++n) {
      for (std::size_t b = 0; b < 2; ++b) {
        const double here = p[2 * n + b];
        const double arrive = 1 / branches[b].mean / 8;
        const double serve = static_cast<double>(std::min<std::size_t>(n, 3)) / 8;
        const std::size_t up = std::min(n + 1, kStates - 1);
        for (std::size_t a = 0; a < 2; ++a)
          next[2 * up + a] += here * arrive * branches[a].probability;
        if (n > 0) next[2 * (n - 1) + b] += here * serve;
        next[2 * n + b] += here * (1 - arrive - serve);
      }
    }
    p = std::move(next);
  }
  double waiting = 0;
  for (std::size_t n = 3; n < kStates; ++n) {
    waiting += static_cast<double>(n - 3) * (p[2 * n] + p[2 * n + 1]);
  }
  CHECK(queue.means.mean_waiting == Approx(waiting).epsilon(1e-7));
}

TEST_CASE("bounds and approximations") {
  CHECK(kingman_bound(0.9, 1, 1, 1) == ten_digits(10.05555556));
  CHECK(heavy_traffic_wait(0.9, 1, 1, 1) == ten_digits(9));
  CHECK(kingman_bound(0.8, 1, 4, 1) == ten_digits(14.5));
  CHECK(heavy_traffic_wait(0.8, 1, 4, 1) == ten_digits(10));
  CHECK(allen_cunneen_wait(0.9, 1, 2, 1, 0.25) == ten_digits(2.664473684));
  CHECK(allen_cunneen_wait(0.95, 1, 64, 2, 1) == ten_digits(0.2756301243));
  CHECK(std::isinf(kingman_bound(1, 1, 1, 1)));
  // The exact GI/M/1 lies below the bound.
  const Law bursty = balanced_hyperexponential_law(4, 1.25);
  CHECK(gimc(bursty, 1, 1).means.mean_wait < kingman_bound(0.8, 1, 4, 1));
}

TEST_CASE("overload is infinite") {
  const GeneralArrivals queue = gimc(deterministic_law(0.5), 1, 2);
  CHECK(std::isinf(queue.means.mean_wait));
  CHECK(std::isinf(gimc_wait_quantile(queue, 0.5)));
}

}  // namespace double11::study::theory
