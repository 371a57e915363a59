// Ten times the load for two seconds: who is too many is shed, memory stays what it was, and a
// second later all is as before.
#include <double11/virtual_time/simulate.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "memory/counted.hpp"
#include "scenarios.hpp"

namespace double11::memory {
namespace {

using namespace std::chrono_literals;
using scenario::small_scenario;

// 1,000 servers of 50 ms carry 20k/s; 10k/s come, and from second 3 to 5 `at_peak`.
scenario::Scenario sale(const std::string& at_peak) {
  return small_scenario({"duration=10s",
                         R"(traffic.curve=[{"at":"0s","rate":"10k/s"},{"at":"3s","rate":")" +
                             at_peak + R"("},{"at":"5s","rate":"10k/s"}])",
                         "catalogue.stock=1M", "catalogue.hot.stock=10M",
                         "admission.in_flight_limit=2000", "admission.queue_limit=1000",
                         "payment.servers=1000", "payment.decline_probability=0",
                         R"(payment.latency={"distribution":"exponential","mean":"50ms"})"});
}

struct Measured {
  measure::RunRecord record;
  std::int64_t bytes;
};

Measured simulated(const scenario::Scenario& scenario) {
  const std::int64_t before = bytes_held();
  restart_peak();
  measure::RunRecord record = virtual_time::simulate(scenario, {2, {}, nullptr});
  return {std::move(record), bytes_held_most() - before};
}

Measured run_live(const scenario::Scenario& scenario) {
  const std::int64_t before = bytes_held();
  restart_peak();
  measure::RunRecord record = live::drive_to_end(scenario, 2, 1);
  return {std::move(record), bytes_held_most() - before};
}

double count_between(const measure::Series& series, Funnel step, Duration from, Duration to) {
  return series.count_until(step, Instant(to)) - series.count_until(step, Instant(from));
}

void require_withstood(const scenario::Scenario& scenario, const Measured& nominal,
                       const Measured& overload) {
  live::require_clean(scenario, overload.record);
  // 200k come in two seconds of which the servers carry 40k; 3,000 more wait at the end of it.
  const auto shed = static_cast<double>(overload.record.books.outcomes(Outcome::shed).count);
  INFO(shed << " shed");
  CHECK(shed > 200'000 - 40'000 - 3'000 - 5 * std::sqrt(200'000));
  CHECK(shed < 200'000 - 40'000 + 5 * std::sqrt(200'000));
  CHECK(nominal.record.books.outcomes(Outcome::shed).count == 0);
  INFO(nominal.bytes << " bytes, under overload " << overload.bytes);
  CHECK(static_cast<double>(overload.bytes) < 1.2 * static_cast<double>(nominal.bytes));
  // From a second after it on everybody is served as if nothing had been.
  const measure::Series& series = overload.record.series;
  const double came = count_between(series, Funnel::offered, 6s, 9s);
  const double paid = count_between(series, Funnel::paid, 6s, 9s);
  CHECK(std::abs(paid - came) < 5 * std::sqrt(2 * 10'000 * 0.05));
}

}  // namespace

TEST_CASE("ten times the load is shed, in virtual time") {
  const auto scenario = sale("100k/s");
  require_withstood(scenario, simulated(sale("10k/s")), simulated(scenario));
}

TEST_CASE("ten times the load is shed, live") {
  const auto scenario = sale("100k/s");
  require_withstood(scenario, run_live(sale("10k/s")), run_live(scenario));
}

}  // namespace double11::memory
