// Jobs that give up, and users who wait for an answer before they ask again.
#include <double11/study/theory/limited.hpp>

#include <fmt/format.h>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

void expect_impatience(CaseBuilder& builder, const theory::LimitedQueue& queue) {
  builder.expect("abandoned.share", queue.abandoned)
      .expect("waiting.mean", queue.mean_waiting)
      .expect("throughput", queue.throughput)
      .expect("busy.mean", queue.busy_servers);
  // Where everybody waits the share has no spread to be judged by.
  if (queue.wait_probability < 0.999) builder.expect("wait.share", queue.wait_probability);
}

void add_erlang_a(std::vector<ValidationCase>& cases, double rate, std::int64_t servers,
                  double abandon_rate, const Window& window) {
  const theory::LimitedQueue queue = theory::erlang_a(rate, 1, servers, abandon_rate);
  Json desk = station(exponential(1), servers);
  desk["patience"] = exponential(1 / abandon_rate);
  CaseBuilder builder(fmt::format("erlang_a_rate_{}_{}", rate, servers), "M/M/c+M", rate, window);
  builder.add_station(desk);
  expect_impatience(builder, queue);
  builder.add_to(cases);
}

void add_fixed_patience(std::vector<ValidationCase>& cases, double rate, std::int64_t servers,
                        double patience, const Window& window) {
  Json desk = station(exponential(1), servers);
  desk["patience"] = constant(patience);
  CaseBuilder builder(fmt::format("fixed_patience_rate_{}_{}", rate, servers), "M/M/c+D", rate,
                      window);
  builder.add_station(desk);
  expect_impatience(builder, theory::mmc_fixed_patience(rate, 1, servers, patience));
  builder.add_to(cases);
}

void add_closed(std::vector<ValidationCase>& cases, std::int64_t users, double think_s,
                std::int64_t servers, const Window& window) {
  const theory::LimitedQueue queue = theory::closed_mmc(users, 1 / think_s, 1, servers);
  CaseBuilder builder(fmt::format("closed_{}_users_{}", users, servers), "M/M/c//N",
                      queue.throughput, window);
  builder.add_station(station(exponential(1), servers))
      .set_curve({{0, 0}})
      .set("/network/population", users)
      .set("/network/think", exponential(think_s))
      .expect("throughput", queue.throughput)
      .expect("sojourn.mean", queue.mean_sojourn)
      .expect("in_system.mean", queue.mean_in_system)
      .expect("busy.mean", queue.busy_servers)
      .add_to(cases);
}

}  // namespace

void add_impatience_cases(std::vector<ValidationCase>& cases) {
  add_erlang_a(cases, 48, 50, 0.5, {100, 10'000, 10});
  add_erlang_a(cases, 110, 100, 0.5, {100, 5'000, 10});
  add_erlang_a(cases, 10, 8, 2, {100, 50'000, 10});
  // The queue of 200,000 fills up with a time constant of 50 s: exp(-14) of it is still missing.
  add_erlang_a(cases, 5000, 1000, 0.02, {700, 500, 4});
  add_fixed_patience(cases, 1.2, 1, 5, {1'000, 500'000, 10});
  add_fixed_patience(cases, 110, 100, 0.3, {100, 5'000, 10});
  add_closed(cases, 50, 10, 4, {500, 100'000, 10});
  add_closed(cases, 1000, 30, 32, {2'000, 20'000, 10});
}

}  // namespace double11::study
