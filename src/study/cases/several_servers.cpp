// Several servers with endless queues: M/M/c, M/D/c, GI/M/c, approximations of GI/G/c.
#include <double11/study/theory/bounds.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/gim.hpp>
#include <double11/study/theory/mdc.hpp>
#include <double11/study/theory/mmc.hpp>

#include <fmt/format.h>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

void add_mmc(std::vector<ValidationCase>& cases, double rho, std::int64_t servers, double jobs) {
  const double rate = rho * static_cast<double>(servers);
  CaseBuilder builder(fmt::format("mmc_{}_rho_{}", servers, rho), "M/M/c", rate,
                      steady(rate, 1, servers, jobs));
  builder.add_station(station(exponential(1), servers))
      .expect_means(theory::mmc(rate, 1, servers))
      .expect("busy.mean", rate);
  for (const auto& [metric, share] : {std::pair{"wait.p90", 0.9}, {"wait.p99", 0.99}}) {
    builder.expect_percentile(metric, theory::mmc_wait_quantile(rate, 1, servers, share));
  }
  builder.add_to(cases);
}

// The fewest servers at which at most a fifth waits.
void add_staffing(std::vector<ValidationCase>& cases, double load, double jobs) {
  const std::int64_t servers = theory::servers_for_wait(load, 0.2);
  CaseBuilder builder(fmt::format("staffing_load_{}", load), "M/M/c, square-root staffing", load,
                      steady(load, 1, servers, jobs));
  builder.add_station(station(exponential(1), servers))
      .expect("wait.share", theory::erlang_c(servers, load))
      .expect({"wait.share", 0.2, Judgement::upper_bound})
      .add_to(cases);
}

void add_mdc(std::vector<ValidationCase>& cases, double rho, std::int64_t servers, double jobs) {
  const double rate = rho * static_cast<double>(servers);
  const theory::DeterministicServers queue(rate, 1, servers);
  // With equal services the beginning echoes from service to service.
  Window window = steady(rate, 1, servers, jobs);
  window.warm_up_s += 100;
  CaseBuilder builder(fmt::format("mdc_{}_rho_{}", servers, rho), "M/D/c", rate, window);
  builder.add_station(station(constant(1), servers))
      .expect_means(queue.means())
      .expect_percentile("wait.p99", queue.wait_quantile(0.99))
      .add_to(cases);
}

void add_even_arrivals(std::vector<ValidationCase>& cases) {
  const theory::GeneralArrivals queue = theory::gimc(theory::deterministic_law(1 / 3.6), 1, 4);
  CaseBuilder builder("dmc_4_rho_0.9", "GI/M/c", 3.6, steady(3.6, 1, 4, 1e7));
  builder.add_station(station(exponential(1), 4))
      .set("/traffic/arrivals", "constant")
      .expect_means(queue.means)
      .expect_percentile("wait.p99", theory::gimc_wait_quantile(queue, 0.99))
      .add_to(cases);
}

void add_allen_cunneen(std::vector<ValidationCase>& cases) {
  CaseBuilder even("ggc_allen_cunneen_2_rho_0.9", "GI/G/c, approximation", 1.8,
                   steady(1.8, 1, 2, 1e7));
  even.add_station(station(law("erlang", 1, "shape", 4), 2))
      .expect({"wait.mean", theory::allen_cunneen_wait(0.9, 1, 2, 1, 0.25),
               Judgement::approximation, 0.05})
      .add_to(cases);

  const double rate = 0.95 * 64;
  const theory::Law gaps = theory::balanced_hyperexponential_law(2, 1 / rate);
  CaseBuilder bursty("ggc_allen_cunneen_64_rho_0.95", "GI/G/c, approximation", rate,
                     steady(rate, 1, 64, 1e7, 2));
  bursty.add_station(station(exponential(1), 64))
      .set("/traffic/arrivals", "hyperexponential")
      .set("/traffic/arrivals_scv", 2)
      .expect({"wait.mean", theory::allen_cunneen_wait(0.95, 1, 64, 2, 1), Judgement::approximation,
               0.25})
      .expect("wait.mean", theory::gimc(gaps, 1, 64).means.mean_wait)
      .add_to(cases);
}

}  // namespace

void add_several_server_cases(std::vector<ValidationCase>& cases) {
  add_mmc(cases, 0.9, 2, 1e7);
  add_mmc(cases, 0.8, 4, 5e6);
  add_mmc(cases, 0.92, 64, 1e7);
  add_mmc(cases, 0.95, 256, 5e6);
  add_mmc(cases, 0.98, 4096, 1e7);
  for (const auto& [load, jobs] :
       {std::pair{10.0, 5e6}, {100.0, 5e6}, {1'000.0, 5e6}, {10'000.0, 1e7}}) {
    add_staffing(cases, load, jobs);
  }
  add_mdc(cases, 0.9, 4, 1e7);
  add_mdc(cases, 0.95, 64, 5e6);
  add_even_arrivals(cases);
  add_allen_cunneen(cases);
}

}  // namespace double11::study
