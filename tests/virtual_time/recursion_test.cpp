// The recursion against the general engine: the same to the last bit.
#include <algorithm>
#include <random>
#include <tuple>

#include "virtual_time/network_cases.hpp"

namespace double11::virtual_time {
namespace {

using Line = std::tuple<std::uint32_t, std::uint64_t, std::int64_t, std::int64_t, std::int64_t>;

std::vector<Line> lines_of(const scenario::Scenario& scenario, bool recursion,
                           NetworkRecord& record) {
  std::vector<Line> lines;
  NetworkOptions options;
  options.recursion = recursion;
  options.on_departure = [&](const Departure& d) {
    lines.emplace_back(d.station, d.job, d.arrived_ns, d.started_ns, d.ended_ns);
  };
  record = simulate_network(scenario, 3, options);
  std::sort(lines.begin(), lines.end());
  return lines;
}

void check_same(const Times& a, const Times& b) {
  CHECK(a.moments.count == b.moments.count);
  CHECK(a.moments.sum == b.moments.sum);
  CHECK(a.moments.squares == b.moments.squares);
  CHECK(std::equal(a.histogram.cells().begin(), a.histogram.cells().end(),
                   b.histogram.cells().begin()));
}

void check_same(const Moments& a, const Moments& b) {
  CHECK(a.count == b.count);
  CHECK(a.sum == b.sum);
  CHECK(a.squares == b.squares);
}

void check_same(const StationRecord& a, const StationRecord& b) {
  CHECK(a.flow.entered == b.flow.entered);
  CHECK(a.flow.inside == b.flow.inside);
  CHECK(a.flow.lost == b.flow.lost);
  CHECK(a.arrivals == b.arrivals);
  CHECK(a.completions == b.completions);
  CHECK(a.failed == b.failed);
  CHECK(a.retries == b.retries);
  CHECK(a.services == b.services);
  CHECK(a.waited == b.waited);
  CHECK(a.present_ns == b.present_ns);
  CHECK(a.waiting_ns == b.waiting_ns);
  CHECK(a.busy_ns == b.busy_ns);
  CHECK(a.orbit_ns == b.orbit_ns);
  CHECK(a.empty_ns == b.empty_ns);
  CHECK(a.all_busy_ns == b.all_busy_ns);
  CHECK(a.visits_ns == b.visits_ns);
  CHECK(a.fingerprints == b.fingerprints);
  CHECK(a.series == b.series);
  check_same(a.wait_served, b.wait_served);
  check_same(a.wait_all, b.wait_all);
  check_same(a.sojourn, b.sojourn);
  check_same(a.busy_period, b.busy_period);
  check_same(a.arrival_gap, b.arrival_gap);
}

}  // namespace

TEST_CASE("golden fingerprint of a network, on every compiler") {
  const auto scenario = network_of(
      R"({"name": "a", "servers": 40, "service": {"mean": "300ms"}},
         {"name": "b", "servers": 200, "failure_probability": "20%", "attempts": 3,
          "service": {"distribution": "lognormal", "p50": "1s", "p99": "9s"},
          "retry_delay": "100ms", "retry_backoff": 2, "retry_jitter": 0.5})",
      100, "200s");
  for (const bool recursion : {true, false}) {
    NetworkOptions options;
    options.recursion = recursion;
    CHECK(simulate_network(scenario, 1, options).fingerprint() == 0xc0bf45eeadcf558b);
  }
}

TEST_CASE("recursion and events agree to the last bit on random tandems") {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    std::string stations;
    const std::size_t count = 1 + random() % 4;
    for (std::size_t i = 0; i < count; ++i) {
      // Coarse constant times make many events fall on one instant.
      const char* const laws[]{R"("distribution": "constant", "mean": "50ms")", R"("mean": "80ms")",
                               R"("distribution": "lognormal", "p50": "20ms", "p99": "2s")"};
      // Each second station fails now and then, with repeats at once, or later, or without end.
      const char* const repeats[]{
          "",
          "",
          "",
          R"(, "failure_probability": "10%", "attempts": 3)",
          R"(, "failure_probability": "30%", "attempts": 2, "retry_delay": "70ms")",
          R"(, "failure_probability": "20%", "attempts": 0, "retry_delay": "50ms", "timeout": "9s")"};
      const std::uint64_t servers[]{1 + random() % 9, 1 + random() % 9, 1 + random() % 2000};
      stations += fmt::format(R"({}{{"name": "s{}", "servers": {}, "service": {{{}}}{}}})",
                              i == 0 ? "" : ",", i, servers[random() % 3], laws[random() % 3],
                              repeats[random() % 6]);
    }
    std::vector<std::string> overrides{fmt::format("seed={}", random() % 100)};
    if (random() % 2 == 0) overrides.emplace_back("traffic.arrivals=constant");
    if (random() % 2 == 0) overrides.emplace_back("simulate.warm_up=20s");
    if (random() % 2 == 0) overrides.emplace_back("simulate.until=80s");
    const auto scenario =
        network_of(stations, 20 + static_cast<double>(random() % 60), "100s", overrides);
    NetworkRecord fast;
    NetworkRecord general;
    REQUIRE(lines_of(scenario, true, fast) == lines_of(scenario, false, general));
    check_laws(fast);
    check_laws(general);
    CHECK(fast.fingerprint() == general.fingerprint());
    CHECK(fast.flow.completed == general.flow.completed);
    CHECK(fast.flow.lost == general.flow.lost);
    CHECK(fast.completions == general.completions);
    check_same(fast.sojourn, general.sojourn);
    check_same(fast.classes[0].sojourn, general.classes[0].sojourn);
    for (std::size_t i = 0; i < count; ++i) check_same(fast.stations[i], general.stations[i]);
    // Without a hook less is done for each job, with the same result.
    const NetworkRecord bare = simulate_network(scenario, 3);
    for (std::size_t i = 0; i < count; ++i) check_same(bare.stations[i], general.stations[i]);
    check_same(bare.sojourn, general.sojourn);
  }
}

}  // namespace double11::virtual_time
