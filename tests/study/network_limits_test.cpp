// Limits of networks of queues that are known exactly: what the search finds is what Erlang's
// formulas say.
#include <double11/report/network_verdict.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/study/capacity.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/mmc.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catch.hpp"

namespace double11::study {
namespace {

constexpr double kMeanService = 0.3;
constexpr double kRate = 20;
constexpr double kLoad = kRate * kMeanService;

// Servers of exponential services that take 300 ms, 20 jobs/s.
std::string tills(const std::string& threshold, const std::string& more) {
  return fmt::format(
      R"({{"name": "tills", "duration": "2h", "simulate": {{"warm_up": "1min"}},
           "thresholds": ["{}"], "traffic": {{"curve": [{{"at": "0s", "rate": "20/s"}}]}},
           "network": {{"stations": [{{"name": "till", "servers": 6 {},
             "service": {{"distribution": "exponential", "mean": "300ms"}}}}]}}}})",
      threshold, more);
}

Trial trial_of(const std::string& text, const std::string& key) {
  return [=](double value, std::int64_t seed) {
    const auto loaded = scenario::parse(text, "tills", {fmt::format("{}={}", key, value)});
    if (!loaded.scenario) return Answer::refused;
    const scenario::Scenario network = scenario::scaled(*loaded.scenario);
    const auto record = virtual_time::simulate_network(network, static_cast<std::uint64_t>(seed));
    return report::judge(network, record).status == report::Status::pass ? Answer::pass
                                                                         : Answer::fail;
  };
}

Capacity fewest_servers(const std::string& text) {
  CapacityOptions options;
  options.start = 6;
  options.least.value = 1;
  options.whole = true;
  return find_capacity(options, trial_of(text, "network.stations[till].servers"));
}

double mean_wait(std::int64_t servers) {
  return theory::mmc(kRate, 1 / kMeanService, servers).mean_wait;
}

// Between the two, so that sampling error does not decide.
std::int64_t between_ns(double a_s, double b_s) {
  return std::llround(std::sqrt(a_s * b_s) * 1e9);
}

// The load per second at which the mean wait is `wanted_s`.
double rate_of_wait(double wanted_s, std::int64_t servers) {
  const double service_rate = 1 / kMeanService;
  double low = 0.01;
  double high = static_cast<double>(servers) * service_rate;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (theory::mmc(middle, service_rate, servers).mean_wait < wanted_s ? low : high) = middle;
  }
  return low;
}

}  // namespace

TEST_CASE("the fewest servers for a mean wait are those of Erlang C") {
  for (const std::int64_t servers : {8, 9, 11}) {
    const std::int64_t wanted_ns = between_ns(mean_wait(servers - 1), mean_wait(servers));
    CAPTURE(servers, wanted_ns);
    const Capacity found =
        fewest_servers(tills(fmt::format("stations[till].wait.mean < {}ns", wanted_ns), ""));
    CHECK(found.ending == Ending::found);
    CHECK(found.limit == Limit::lowest);
    CHECK(found.passes == static_cast<double>(servers));
    CHECK(found.fails == static_cast<double>(servers - 1));
  }
}

TEST_CASE("the fewest servers for a share of lost calls are those of Erlang B") {
  for (const double loss : {0.1, 0.01}) {
    CAPTURE(loss);
    // The loss wanted lies between those of two numbers of servers.
    const std::int64_t servers = theory::servers_for_loss(kLoad, loss);
    const double wanted =
        std::sqrt(theory::erlang_b(servers, kLoad) * theory::erlang_b(servers - 1, kLoad));
    REQUIRE(theory::servers_for_loss(kLoad, wanted) == servers);
    const Capacity found =
        fewest_servers(tills(fmt::format("lost.share < {:.6f}", wanted), R"(, "queue_limit": 0)"));
    CHECK(found.passes == static_cast<double>(servers));
    CHECK(found.fails == static_cast<double>(servers - 1));
  }
}

TEST_CASE("the highest rate for a mean wait is that of Erlang C, between what passes and fails") {
  // With 13 seeds the median of their limits is in the range with 99.98 % probability.
  CapacityOptions options;
  options.tolerance = 0.002;
  options.confirm = 12;
  options.limit = Limit::highest;
  for (const double wanted_s : {0.02, 0.1}) {
    CAPTURE(wanted_s);
    const std::string text =
        tills(fmt::format("stations[till].wait.mean < {}ms", wanted_s * 1e3), "");
    const Capacity found = find_capacity(options, trial_of(text, "traffic.scale"));
    const double exact = rate_of_wait(wanted_s, 6) / kRate;
    CHECK(found.ending == Ending::found);
    CHECK(found.limit == Limit::highest);
    REQUIRE(found.passes.has_value());
    REQUIRE(found.fails.has_value());
    CHECK(*found.passes <= exact);
    CHECK(*found.fails >= exact);
    // Not by being so wide that anything would do.
    CHECK(*found.fails / *found.passes < 1.05);
  }
}

TEST_CASE("servers that are never idle complete as many jobs as they can serve") {
  // Completions of full servers are a Poisson process: each count against its own mean, by z.
  std::vector<double> scores;
  for (const std::int64_t servers : {1, 2, 3, 5}) {
    const auto loaded = scenario::parse(tills("busy.share > 99.9%", ""), "tills",
                                        {fmt::format("network.stations[0].servers={}", servers)});
    REQUIRE(loaded.scenario.has_value());
    for (std::uint64_t round = 0; round < 5; ++round) {
      const auto record = virtual_time::simulate_network(*loaded.scenario, round);
      CHECK(report::judge(*loaded.scenario, record).status == report::Status::pass);
      const auto throughput = scenario::find_network_metric("throughput.rate.mean");
      const double completed =
          report::value_of(*throughput, *loaded.scenario, record) * record.observed_s();
      const double expected = static_cast<double>(servers) / kMeanService * record.observed_s();
      scores.push_back((completed - expected) / std::sqrt(expected));
      CHECK(std::abs(scores.back()) < 4);
    }
  }
  double sum = 0;
  for (const double score : scores) sum += score * score;
  // The chi-squared law of 20 degrees has 0.999 of itself within these.
  CHECK(sum > 5.4);
  CHECK(sum < 46.8);
}

}  // namespace double11::study
