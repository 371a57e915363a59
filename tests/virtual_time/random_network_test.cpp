// Random small networks of every feature: nothing is lost, Little's law holds exactly, runs repeat.
#include <chrono>
#include <random>

#include "virtual_time/network_cases.hpp"

namespace double11::virtual_time {
namespace {

using Random = std::mt19937_64;

std::string pick(Random& random, const std::vector<std::string>& words) {
  return words[random() % words.size()];
}

std::string law(Random& random, const std::string& mean) {
  const std::string which = pick(random, {"", R"("distribution": "constant", )",
                                          R"("distribution": "weibull", "shape": 0.7, )",
                                          R"("distribution": "gamma", "shape": 1.5, )"});
  return fmt::format(R"({{{}"mean": "{}"}})", which, mean);
}

std::string random_station(Random& random, const std::string& name) {
  const bool fork = random() % 6 == 0;
  std::string text = fmt::format(R"({{"name": "{}", "servers": {}, "service": {})", name,
                                 1 + random() % 4, law(random, pick(random, {"1s", "100ms"})));
  const std::string discipline =
      pick(random, {"fifo", "fifo", "lifo", "priority", "preemptive", "sharing"});
  text += fmt::format(R"(, "discipline": "{}")", discipline);
  const auto maybe = [&](bool allowed, const std::string& more) {
    if (allowed && random() % 3 == 0) text += ", " + more;
  };
  maybe(fork, R"("branches": 3)");
  maybe(true, R"("tasks": 2)");
  maybe(true, R"("departure_period": "3s")");
  maybe(true, R"("breakdown": {"up": "20s", "down": "2s"})");
  maybe(true, R"("tokens": {"rate": "2/s", "burst": 5})");
  if (!fork) {
    const bool plain = discipline != "sharing" && discipline != "preemptive";
    maybe(true, R"("queue_limit": 3)");
    maybe(plain, R"("patience": {"distribution": "exponential", "mean": "2s"})");
    maybe(true,
          R"("retrial": {"delay": {"distribution": "exponential", "mean": "1s"}, "attempts": 3})");
    const std::size_t before = text.size();
    maybe(true, R"("failure_probability": 0.2, "attempts": 3)");
    maybe(plain, R"("timeout": "2s")");
    maybe(true, R"("retry_delay": "500ms")");
    if (text.size() == before) maybe(discipline == "fifo", R"("batch_most": 4)");
  }
  return text + "}";
}

scenario::Scenario random_network(Random& random) {
  const std::size_t count = 1 + random() % 4;
  std::string stations;
  std::string routes;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("s{}", i);
    stations += (i == 0 ? "" : ",") + random_station(random, name);
    for (std::size_t j = 0; j < count; ++j) {
      routes += fmt::format(R"({}{{"from": "{}", "to": "s{}", "share": {}}})",
                            routes.empty() ? "" : ",", name, j, 0.8 / static_cast<double>(count));
    }
  }
  std::vector<std::string> overrides{
      fmt::format("seed={}", random() % 1000),
      R"(network.classes=[{"name":"a","share":0.5,"priority":2},{"name":"b","share":0.5,"service_factor":2}])"};
  if (random() % 2 == 0) overrides.push_back("network.routes=[" + routes + "]");
  if (random() % 3 == 0) overrides.emplace_back("network.population=7");
  if (random() % 2 == 0) overrides.emplace_back("simulate.warm_up=33s");
  if (random() % 2 == 0) {
    overrides.emplace_back(
        R"(network.slowdowns=[{"station":"s0","at":"10s","duration":"5s","factor":0.3}])");
    overrides.emplace_back(
        R"(network.calendar=[{"station":"s0","at":"20s","servers":0},{"station":"s0","at":"40s","servers":3}])");
  }
  return network_of(stations, 2, "200s", overrides);
}

}  // namespace

TEST_CASE("random networks: conservation, Little's law to the nanosecond, the same twice") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const auto scenario = random_network(random);
    const NetworkRecord first = simulate_network(scenario, 0);
    check_laws(first);
    REQUIRE(first.flow.entered > 0);
    std::int64_t services = 0;
    for (const StationRecord& station : first.stations) services += station.services;
    REQUIRE(services > 0);
    double by_series = 0;
    for (const double mean : first.stations[0].series) by_series += mean;
    if (first.warm_up.count() == 0) {
      const double interval = seconds_of(first.series_interval);
      REQUIRE(by_series * interval / seconds_of(first.end) ==
              Approx(first.mean_of(first.stations[0].present_ns)));
    }
    const NetworkRecord again = simulate_network(scenario, 0);
    REQUIRE(first.fingerprint() == again.fingerprint());
    REQUIRE(first.events == again.events);
    REQUIRE(first.fingerprint() != simulate_network(scenario, 1).fingerprint());
  }
}

TEST_CASE("another station does not change the draws of this one") {
  std::vector<std::int64_t> services[2];
  for (const int with : {0, 1}) {
    const auto scenario = network_of(
        std::string(R"({"name": "a", "servers": 100, "service": {"mean": "1s"}})") +
            (with == 1 ? R"(,{"name": "b", "servers": 100, "service": {"mean": "1s"}})" : ""),
        10, "20s");
    NetworkOptions options;
    options.on_departure = [&](const Departure& d) {
      if (d.station == 0) services[with].push_back(d.service_ns);
    };
    static_cast<void>(simulate_network(scenario, 0, options));
  }
  CHECK(services[0] == services[1]);
}

TEST_CASE("the stop hook ends a simulation early, with books in order") {
  const auto scenario =
      network_of(R"({"name": "a", "servers": 100, "service": {"mean": "1s"}})", 10'000, "1h");
  NetworkOptions options;
  options.stop = [] { return true; };
  const NetworkRecord record = simulate_network(scenario, 0, options);
  CHECK(record.stopped);
  CHECK(record.events < 200'000);
  check_laws(record);
}

TEST_CASE("a simulation that is stopped ends where it was, even within its warm-up") {
  using namespace std::chrono_literals;
  const auto scenario = network_of(R"({"name": "a", "servers": 100, "service": {"mean": "1s"}})",
                                   10'000, "1h", {"simulate.warm_up=30min"});
  for (const bool recursion : {true, false}) {
    NetworkOptions options;
    options.stop = [] { return true; };
    options.recursion = recursion;
    const NetworkRecord record = simulate_network(scenario, 0, options);
    CHECK(record.stopped);
    CHECK(record.end > 0s);
    CHECK(record.end < 1min);
    CHECK(record.stations[0].arrivals == 0);
    check_laws(record);
  }
}

}  // namespace double11::virtual_time
