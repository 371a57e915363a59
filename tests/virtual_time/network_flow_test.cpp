// Networks of several stations, closed ones and ones that change with time, against exact results.
#include <numbers>

#include "virtual_time/network_cases.hpp"

namespace double11::virtual_time {
namespace {

std::string station(const std::string& name, const std::string& mean, int servers) {
  return fmt::format(R"({{"name": "{}", "servers": {}, "service": {{"mean": "{}"}}}})", name,
                     servers, mean);
}

double network_sojourn(const NetworkRecord& record) {
  return record.sojourn.moments.mean_ns() * 1e-9;
}

Statistic probe(std::size_t i) {
  return [i](const NetworkRecord& r) { return static_cast<double>(r.stations[0].probes[i]); };
}

}  // namespace

TEST_CASE("a tandem of three M/M/1") {
  const std::string three = station("one", "1s", 1) + "," + station("two", "1.111111111s", 1) +
                            "," + station("three", "833333333ns", 1);
  check_means(network_of(three, 0.7, "20000s", {"simulate.warm_up=1000s"}), 20,
              {{"L1", 2.333333333, present(0)},
               {"L2", 3.5, present(1)},
               {"L3", 1.4, present(2)},
               {"W", 10.33333333, network_sojourn}});
}

TEST_CASE("Jackson network with payment retries") {
  const std::string three = station("front", "83333333ns", 1) + "," + station("pay", "1s", 16) +
                            "," + station("ship", "500ms", 8);
  const std::string routes =
      R"(network.routes=[{"from":"front","to":"pay"},{"from":"pay","to":"pay","share":"15%"},)"
      R"({"from":"pay","to":"ship","share":0.8}])";
  check_means(network_of(three, 10, "4000s", {routes, "simulate.warm_up=200s"}), 20,
              {{"front", 5.0, present(0)},
               {"pay", 12.26483309, present(1)},
               {"ship", 4.888176526, present(2)},
               {"W", 2.215300962, network_sojourn}});
}

TEST_CASE("closed: machine repair") {
  check_means(
      network_of(station("desk", "1s", 4), 0, "10000s",
                 {"network.population=50", "network.think.mean=10s", "simulate.warm_up=500s"}),
      20,
      {{"throughput", 3.884982329,
        [](const NetworkRecord& r) { return static_cast<double>(r.completions) / r.observed_s(); }},
       {"response", 2.87007141, network_sojourn}});
}

TEST_CASE("M/M/1 from empty: the number at given instants") {
  check_means(network_of(station("desk", "1s", 1), 0.8, "201s",
                         {R"(network.probes=["1s","10s","50s","200s"])"}),
              2000,
              {{"N(1)", 0.5515518583, probe(0)},
               {"N(10)", 2.030281564, probe(1)},
               {"N(50)", 3.405038978, probe(2)},
               {"N(200)", 3.962982277, probe(3)}});
}

TEST_CASE("M(t)/M/infinity under a wave") {
  // m(t) = lam / mu (1 + a (mu sin w t - w cos w t) mu / (mu^2 + w^2)) at its crest and after.
  const double w = 2 * std::numbers::pi / 24;
  const double swing = 800 * 0.1 / std::sqrt(0.01 + w * w);
  const double crest = 24.0 * 10 + 6 + std::atan2(w, 0.1) / w;
  const auto scenario =
      network_of(station("stay", "10s", 1'000'000), 100, "300s",
                 {"traffic.wave.amplitude=0.8", R"(traffic.wave.period="24s")",
                  fmt::format(R"(network.probes=["{:.9f}s","{:.9f}s"])", crest, crest + 12)});
  check_means(scenario, 60,
              {{"crest", 1000 + swing, probe(0)}, {"trough", 1000 - swing, probe(1)}});
}

TEST_CASE("a flash of 2 s on 100 servers and 200 places loses what theory says") {
  const auto scenario = network_of(
      R"({"name": "desk", "servers": 100, "queue_limit": 200, "service": {"mean": "1s"}})", 0,
      "20s", {R"(traffic.curve=[{"at":"0s","rate":"400/s"},{"at":"2s","rate":"60/s"}])"});
  check_means(scenario, 200, {{"lost", 316.2956637, [](const NetworkRecord& r) {
                                 return static_cast<double>(r.stations[0].blocked);
                               }}});
}

TEST_CASE("reservations: those not paid in time come back, until all are sold") {
  const auto hold = network_of(
      R"({"name": "hold", "servers": "1M", "timeout": "900s", "service": {"mean": "300s"}})", 20,
      "20000s", {R"(traffic.curve=[{"at":"0s","rate":"20/s"},{"at":"15000s","rate":"0/s"}])"});
  check_means(hold, 10, {{"P_expire", 0.04978706837, [](const NetworkRecord& r) {
                            const Flow& flow = r.stations[0].flow;
                            return static_cast<double>(flow.lost) /
                                   static_cast<double>(flow.entered - flow.inside);
                          }}});
  // A thousand units, each reserved again as soon as it is free: sold out after H_1000 / mu.
  const auto sale = network_of(
      R"({"name": "unit", "servers": 1000, "timeout": "900s", "attempts": 0, "service": {"mean": "300s"}})",
      1, "20000s",
      {"traffic.arrivals=constant", "network.arrivals_batch=1000",
       R"(traffic.curve=[{"at":"0s","rate":"1/s"},{"at":"1s","rate":"0/s"}])"});
  check_means(sale, 200,
              {{"sell-out", 2245.641258,
                [](const NetworkRecord& r) {
                  return static_cast<double>(r.sojourn.histogram.max()) * 1e-9;
                }},
               {"services", 1052.395696, [](const NetworkRecord& r) {
                  return static_cast<double>(r.stations[0].services);
                }}});
}

TEST_CASE("capacity steps and outages are exact to the nanosecond") {
  // One job of 10 s at t = 1 s; the station stops from 2 s to 5 s, then runs at half speed to 9 s.
  const auto scenario =
      network_of(R"({"name": "desk", "servers": 1, "service": {"mean": "1s"}})", 0, "60s",
                 {R"(network.trace=[{"at":"1s","service":"10s"},{"at":"1s","service":"2s"}])",
                  R"(network.slowdowns=[{"station":"desk","at":"2s","duration":"3s","factor":0},)"
                  R"({"station":"desk","at":"5s","duration":"4s","factor":0.5}])",
                  R"(network.calendar=[{"station":"desk","at":"10s","servers":2}])"});
  std::vector<std::int64_t> ends;
  NetworkOptions options;
  options.on_departure = [&](const Departure& d) { ends.push_back(d.ended_ns); };
  const NetworkRecord record = simulate_network(scenario, 0, options);
  check_laws(record);
  // First: 1 s done at 2 s, 3 s at 9 s, the other 7 s by 16 s. Second: starts at 10 s.
  CHECK(ends == std::vector<std::int64_t>{12'000'000'000, 16'000'000'000});
}

}  // namespace double11::virtual_time
