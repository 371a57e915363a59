// Jobs that are turned away: Erlang B for every law, M/M/c/K, token buckets, retrials.
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/limited.hpp>
#include <double11/study/theory/mdc.hpp>
#include <double11/study/theory/retrial.hpp>

#include <fmt/format.h>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

void add_erlang_b(std::vector<ValidationCase>& cases, const std::string& law_name,
                  const Json& service, double load, std::int64_t servers, double jobs) {
  CaseBuilder builder(fmt::format("erlang_b_{}_load_{}_{}", servers, load, law_name),
                      "M/G/c/c, insensitive", load, {100, jobs / load / 10, 10});
  Json trunks = station(service, servers);
  trunks["queue_limit"] = 0;
  const double blocked = theory::erlang_b(servers, load);
  builder.add_station(trunks)
      .expect("blocked.share", blocked)
      .expect("busy.mean", load * (1 - blocked))
      .expect("throughput", load * (1 - blocked))
      .add_to(cases);
}

void add_mmck(std::vector<ValidationCase>& cases, double rate, std::int64_t servers,
              std::int64_t capacity, double jobs) {
  const theory::LimitedQueue queue = theory::mmck(rate, 1, servers, capacity);
  // The queue has filled up after capacity / rate at the latest, or relaxed like M/M/c before.
  CaseBuilder builder(fmt::format("mmck_rate_{}_{}_of_{}", rate, servers, capacity), "M/M/c/K",
                      rate, {1'000, jobs / rate / 10, 10});
  Json limited = station(exponential(1), servers);
  limited["queue_limit"] = capacity - servers;
  builder.add_station(limited)
      .expect("blocked.share", queue.blocked)
      .expect("in_system.mean", queue.mean_in_system)
      .expect("waiting.mean", queue.mean_waiting)
      .expect("throughput", queue.throughput)
      .expect("sojourn.mean", queue.mean_sojourn)
      .expect("wait.mean", queue.mean_wait);
  // Where all but nobody is served at once the share has no spread to be judged by.
  if (queue.wait_probability < 0.999) builder.expect("wait.share", queue.wait_probability);
  builder.add_to(cases);
}

void add_token_bucket(std::vector<ValidationCase>& cases, double rate, std::int64_t burst) {
  CaseBuilder builder(fmt::format("token_bucket_rate_{}_burst_{}", rate, burst),
                      "token bucket, M/D/1/K", rate, {20'000, 5e6 / rate / 10, 10});
  Json gate = station(constant(0));
  gate["tokens"] = {{"rate", "1/s"}, {"burst", burst}};
  const double refused = theory::md1k_loss(rate, burst);
  builder.add_station(gate)
      .expect("refused.share", refused)
      .expect("throughput", rate * (1 - refused))
      .add_to(cases);
}

void add_retrials(std::vector<ValidationCase>& cases, double rate, std::int64_t servers,
                  double retry_rate, double persistence) {
  const theory::Retrials truth = theory::mmcc_retrial(rate, 1, servers, retry_rate, persistence);
  CaseBuilder builder(fmt::format("retrial_rate_{}_{}_persistence_{}", rate, servers, persistence),
                      "M/M/c/c, retrials", rate, {1'000, 5e6 / rate / 10, 10});
  Json desk = station(exponential(1), servers);
  desk["queue_limit"] = 0;
  desk["retrial"] = {{"delay", exponential(1 / retry_rate)}, {"persistence", persistence}};
  builder.add_station(desk)
      .expect("all_busy.share", truth.all_busy)
      .expect("orbit.mean", truth.mean_orbit)
      .expect("busy.mean", truth.busy_servers)
      .visits(1 + truth.mean_orbit * retry_rate / rate);
  if (persistence < 1) builder.expect("lost.share", truth.lost);
  builder.add_to(cases);
}

}  // namespace

void add_loss_cases(std::vector<ValidationCase>& cases) {
  add_erlang_b(cases, "exponential", exponential(1), 5, 10, 5e6);
  add_erlang_b(cases, "lognormal", law("lognormal_mean", 1, "sigma", 1), 15, 20, 5e6);
  add_erlang_b(cases, "constant", constant(1), 100, 100, 5e6);
  add_erlang_b(cases, "erlang", law("erlang", 1, "shape", 3), 1200, 1000, 5e6);
  // The printed tables: ten trunks carry 4.461 erlangs at one percent loss.
  add_erlang_b(cases, "uniform", uniform(0, 2), theory::erlang_b_load(10, 0.01), 10, 5e6);
  add_mmck(cases, 0.8, 1, 10, 5e6);
  add_mmck(cases, 2, 1, 10, 5e6);
  add_mmck(cases, 3, 4, 8, 5e6);
  add_mmck(cases, 14.4, 16, 64, 1e7);
  add_mmck(cases, 300, 256, 1024, 5e6);
  add_token_bucket(cases, 1, 1);
  add_token_bucket(cases, 1, 10);
  add_token_bucket(cases, 0.95, 50);
  add_retrials(cases, 3, 4, 0.5, 1);
  add_retrials(cases, 12, 10, 1, 0.8);
}

}  // namespace double11::study
