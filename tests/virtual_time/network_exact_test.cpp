// Single stations against exact results of queueing theory.
#include "virtual_time/network_cases.hpp"

namespace double11::virtual_time {
namespace {

std::string desk(const std::string& more) {
  return R"({"name": "desk", "service": {"mean": "1s"})" + (more.empty() ? "" : ", " + more) + "}";
}

const std::vector<std::string> kSettled{"simulate.warm_up=1000s"};

}  // namespace

TEST_CASE("Kiefer-Wolfowitz: two servers, ten given jobs") {
  const std::vector<int> arrivals{0, 1, 2, 3, 3, 4, 10, 10, 10, 11};
  const std::vector<int> services{5, 3, 7, 2, 2, 1, 4, 4, 4, 1};
  std::string trace;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    trace += fmt::format(R"({}{{"at": "{}s", "service": "{}s"}})", i == 0 ? "" : ",", arrivals[i],
                         services[i]);
  }
  const auto scenario =
      network_of(desk(R"("servers": 2)"), 0, "1min", {"network.trace=[" + trace + "]"});
  std::vector<std::int64_t> departures(10);
  std::vector<std::int64_t> waits(10);
  NetworkOptions options;
  options.on_departure = [&](const Departure& d) {
    departures[d.job] = d.ended_ns / 1'000'000'000;
    waits[d.job] = (d.started_ns - d.arrived_ns) / 1'000'000'000;
  };
  const NetworkRecord record = simulate_network(scenario, 0, options);
  check_laws(record);
  CHECK(departures == std::vector<std::int64_t>{5, 4, 11, 7, 9, 10, 14, 15, 18, 16});
  CHECK(waits == std::vector<std::int64_t>{0, 0, 2, 2, 4, 5, 0, 1, 4, 4});
}

TEST_CASE("M/M/1 and M/M/4") {
  check_means(network_of(desk(""), 0.5, "20000s", kSettled), 20,
              {{"L", 1.0, present()},
               {"Lq", 0.5, waiting()},
               {"Wq", 1.0, wait()},
               {"W", 2.0, sojourn()},
               {"P0", 0.5, share_of_time(&StationRecord::empty_ns)}});
  check_means(network_of(desk(R"("servers": 4)"), 3.2, "10000s", kSettled), 20,
              {{"P_wait", 0.5964324718, per_arrival(&StationRecord::waited)},
               {"all busy", 0.5964324718, share_of_time(&StationRecord::all_busy_ns)},
               {"Wq", 0.7455405897, wait()},
               {"busy", 3.2, busy()}});
}

TEST_CASE("Erlang B does not feel the law of service") {
  for (const char* const service :
       {R"({"mean": "1s"})", R"({"distribution": "constant", "mean": "1s"})",
        R"({"distribution": "lognormal_mean", "mean": "1s", "sigma": 1})"}) {
    CAPTURE(service);
    const std::string station = fmt::format(
        R"({{"name": "lines", "servers": 10, "queue_limit": 0, "service": {}}})", service);
    check_means(network_of(station, 5, "4000s", kSettled), 20,
                {{"P_block", 0.01838457034, per_arrival(&StationRecord::blocked)},
                 {"carried", 4.908077148, busy()}});
  }
}

TEST_CASE("Erlang A, and patience of a fixed length") {
  check_means(
      network_of(
          desk(R"("servers": 8, "patience": {"distribution": "exponential", "mean": "500ms"})"), 10,
          "5000s", kSettled),
      20,
      {{"P_abandon", 0.2665381378, per_arrival(&StationRecord::abandoned)},
       {"Lq", 1.332690689, waiting()},
       {"E_wait_all", 0.1332690689,
        [](const NetworkRecord& r) { return r.stations[0].wait_all.moments.mean_ns() * 1e-9; }}});
  check_means(network_of(desk(R"("patience": {"distribution": "constant", "mean": "5s"})"), 1.2,
                         "10000s", kSettled),
              20,
              {{"P_abandon", 0.2238554219, per_arrival(&StationRecord::abandoned)},
               {"E_wait_all", 3.178072297, [](const NetworkRecord& r) {
                  return r.stations[0].wait_all.moments.mean_ns() * 1e-9;
                }}});
}

TEST_CASE("Pollaczek and Khinchine: M/G/1 by law of service") {
  const auto service = [](const std::string& law) {
    return fmt::format(R"({{"name": "desk", "service": {{{}}}}})", law);
  };
  check_means(network_of(service(R"("distribution": "constant", "mean": "1s")"), 0.5, "20000s"), 20,
              {{"Wq", 0.5, wait()}});
  check_means(network_of(service(R"("distribution": "erlang", "mean": "1s", "shape": 4)"), 0.9,
                         "40000s", kSettled),
              20, {{"Wq", 5.625, wait()}});
  check_means(network_of(service(R"("distribution": "uniform", "least": "0s", "most": "2s")"), 0.7,
                         "20000s", kSettled),
              20, {{"Wq", 1.555555556, wait()}});
  check_means(network_of(service(R"("distribution": "lognormal_mean", "mean": "1s", "sigma": 0.5)"),
                         0.8, "20000s", kSettled),
              20, {{"Wq", 2.568050833, wait()}});
  check_means(network_of(service(R"("distribution": "hyperexponential", "mean": "1s", "scv": 4)"),
                         0.5, "20000s", kSettled),
              20, {{"Wq", 2.5, wait()}});
}

TEST_CASE("GI/M/1: Erlang gaps") {
  check_means(
      network_of(desk(""), 0.8, "20000s",
                 {"traffic.arrivals=erlang", "traffic.arrivals_shape=2", "simulate.warm_up=1000s"}),
      20,
      {{"Wq", 2.843979767, wait()}, {"P_wait", 0.7398529491, per_arrival(&StationRecord::waited)}});
}

TEST_CASE("MMPP arrivals have the mean rate of the curve and more variance") {
  const auto scenario = network_of(desk(R"("servers": 1000)"), 10, "2000s",
                                   {"traffic.arrivals=mmpp", "traffic.mmpp.high_factor=3"});
  check_means(scenario, 30, {{"rate", 20000.0, [](const NetworkRecord& r) {
                                return static_cast<double>(r.stations[0].arrivals);
                              }}});
}

TEST_CASE("classes: preemptive and head-of-line priorities") {
  const std::vector<std::string> two{
      R"(network.classes=[{"name":"fast","share":0.375,"priority":0},{"name":"slow","share":0.625,"priority":1}])",
      "simulate.warm_up=1000s"};
  const auto of_class = [](std::size_t i) {
    return [i](const NetworkRecord& r) { return r.classes[i].sojourn.moments.mean_ns() * 1e-9; };
  };
  check_means(network_of(desk(R"("discipline": "preemptive")"), 0.8, "20000s", two), 20,
              {{"fast", 1.428571429, of_class(0)}, {"slow", 7.142857143, of_class(1)}});
  // Cobham: W = 1 + W0 / ((1 - s_before)(1 - s)), W0 = 0.8.
  check_means(network_of(desk(R"("discipline": "priority")"), 0.8, "20000s", two), 20,
              {{"fast", 1 + 0.8 / 0.7, of_class(0)}, {"slow", 1 + 0.8 / (0.7 * 0.2), of_class(1)}});
}

TEST_CASE("processor sharing: insensitive, and proportional to size") {
  check_means(network_of(desk(R"("discipline": "sharing")"), 0.8, "20000s", kSettled), 20,
              {{"W", 5.0, sojourn()}, {"busy", 0.8, busy()}});
  const std::string station =
      R"({"name": "desk", "discipline": "sharing", "service": {"distribution": "constant", "mean": "1s"}})";
  check_means(network_of(station, 0.8, "20000s", kSettled), 20, {{"W", 5.0, sojourn()}});
}

TEST_CASE("lifo has the mean of fifo") {
  check_means(network_of(desk(R"("discipline": "lifo")"), 0.7, "20000s", kSettled), 20,
              {{"W", 1 / 0.3, sojourn()}});
}

TEST_CASE("breakdowns with preemptive resume") {
  check_means(network_of(desk(R"("breakdown": {"up": "100s", "down": "10s"})"), 0.7, "60000s",
                         {"simulate.warm_up=5000s"}),
              20,
              // Avi-Itzhak and Naor: lam / (mu A - lam) (1 + mu f / (f + r)^2), A = r / (f + r).
              {{"L", 0.7 / (0.1 / 0.11 - 0.7) * (1 + 0.01 / (0.11 * 0.11)), present()}});
}

TEST_CASE("bulk service, batch arrivals and trucks") {
  check_means(
      network_of(desk(R"("batch_most": 10)"), 8, "20000s", kSettled), 20,
      {{"Lq", 23.25889249, waiting()}, {"P_idle", 0.005101384207, [](const NetworkRecord& r) {
                                          return 1 - r.mean_of(r.stations[0].busy_ns);
                                        }}});
  check_means(network_of(desk(""), 0.09, "100000s",
                         {"network.arrivals_batch=10", "simulate.warm_up=5000s"}),
              20, {{"L", 49.5, present()}});
  const std::string dock =
      R"({"name": "dock", "servers": "1M", "departure_period": "30s", "service": {"distribution": "constant", "mean": "0s"}})";
  check_means(network_of(dock, 100, "600s"), 20, {{"wait", 15.0, sojourn()}});
}

TEST_CASE("blocked jobs that retry") {
  check_means(
      network_of(
          desk(
              R"("servers": 4, "queue_limit": 0, "retrial": {"delay": {"distribution": "exponential", "mean": "2s"}})"),
          3, "10000s", kSettled),
      20,
      {{"P_all_busy", 0.4163279555, share_of_time(&StationRecord::all_busy_ns)},
       {"orbit", 5.607475922,
        [](const NetworkRecord& r) { return r.mean_of(r.stations[0].orbit_ns); }}});
  check_means(
      network_of(
          desk(
              R"("servers": 10, "queue_limit": 0, "retrial": {"delay": {"distribution": "exponential", "mean": "1s"}, "persistence": 0.8})"),
          12, "3000s", kSettled),
      20,
      {{"lost", 0.2080649262, per_arrival(&StationRecord::blocked)},
       {"busy", 9.503220885, busy()}});
}

TEST_CASE("token bucket") {
  const auto bucket = [](int burst) {
    return fmt::format(
        R"({{"name": "gate", "servers": 1000, "tokens": {{"rate": "1/s", "burst": {}}}, "service": {{"mean": "1ms"}}}})",
        burst);
  };
  check_means(network_of(bucket(1), 1, "20000s"), 20,
              {{"refused", 0.5, per_arrival(&StationRecord::no_token)}});
  check_means(network_of(bucket(10), 1, "50000s", kSettled), 20,
              {{"refused", 0.05084745763, per_arrival(&StationRecord::no_token)}});
}

TEST_CASE("failed services are repeated up to the limit") {
  check_means(network_of(desk(R"("servers": 1000, "failure_probability": 0.3, "attempts": 3)"), 20,
                         "1000s"),
              20, {{"lost", 0.027, [](const NetworkRecord& r) {
                      const Flow& flow = r.stations[0].flow;
                      return static_cast<double>(flow.lost) /
                             static_cast<double>(flow.lost + flow.completed);
                    }}});
}

TEST_CASE("fork and join, split and merge") {
  check_means(network_of(desk(R"("branches": 2)"), 0.5, "20000s", kSettled), 20,
              {{"response", 2.875, sojourn()}});
  check_means(network_of(desk(R"("tasks": 4)"), 0.25, "40000s", kSettled), 20,
              {{"W", 3.586956522, sojourn()}});
}

}  // namespace double11::virtual_time
