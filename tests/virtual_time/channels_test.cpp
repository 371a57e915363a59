// Several payment channels against theory: thinned Poisson arrivals are Poisson, so each channel
// without room to wait is a loss system of its own.
#include <double11/virtual_time/simulate.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::virtual_time {
namespace {

// Erlang 1917: B(k) = a B(k-1) / (k + a B(k-1)).
double loss_of(double load, int servers) {
  double blocked = 1;
  for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked;
}

// How many standard errors the mean of independent values is away from `expected`.
double z_of(const std::vector<double>& values, double expected) {
  double sum = 0;
  double squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  const auto n = static_cast<double>(values.size());
  const double mean = sum / n;
  return (mean - expected) / std::sqrt((squares / n - mean * mean) / (n - 1));
}

TEST_CASE("channels: each loses what Erlang's formula says, whatever the law of its latency") {
  std::array<std::vector<double>, 2> lost;
  for (int seed = 1; seed <= 30; ++seed) {
    const auto scenario = scenario::small_scenario(
        {"payment={}", "duration=20s", "traffic.curve[0].rate=2k/s",
         R"(payment.channels=[{"name":"a","share":0.7,"servers":30,"queue_limit":0,)"
         R"("latency":{"mean":"20ms"}},{"name":"b","share":0.3,"servers":14,"queue_limit":0,)"
         R"("latency":{"distribution":"constant","mean":"20ms"}}])",
         "seed=" + std::to_string(seed)});
    const measure::RunRecord record = simulate(scenario, {});
    for (std::size_t i = 0; i < 2; ++i) {
      const measure::ChannelCounts& counts = record.payments.channels[i];
      lost[i].push_back(static_cast<double>(counts.refused) /
                        static_cast<double>(counts.refused + counts.started));
    }
  }
  // Loads of 1,400/s and 600/s times 20 ms.
  CHECK(std::abs(z_of(lost[0], loss_of(28, 30))) < 3.5);
  CHECK(std::abs(z_of(lost[1], loss_of(12, 14))) < 3.5);
}

TEST_CASE("channels: any number of workers simulates the same") {
  const auto scenario = scenario::small_scenario(
      {"payment={}", "traffic.curve[0].rate=50k/s", "payment.attempts=3",
       "payment.retry_elsewhere=on", "payment.retry_delay=3ms",
       R"(payment.channels=[{"name":"a","share":0.7,"servers":600,"latency":{"mean":"20ms"},)"
       R"("decline_probability":0.4,"breaker":"on"},{"name":"b","share":0.3,"servers":400,)"
       R"("latency":{"mean":"30ms"},"timeout":"50ms","breaker":"on"}])",
       R"(payment.breaker={"window":30,"open_time":"40ms"})"});
  const measure::RunRecord one = simulate(scenario, {});
  CHECK(one.payments.channels[0].opened > 0);
  for (const std::uint32_t workers : {2U, 3U}) {
    SimulateOptions options;
    options.workers = workers;
    const measure::RunRecord many = simulate(scenario, options);
    CHECK(many.fingerprints == one.fingerprints);
    CHECK(many.payments.unrouted == one.payments.unrouted);
  }
}

}  // namespace
}  // namespace double11::virtual_time
