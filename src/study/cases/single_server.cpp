// One server, first come first served: M/M/1, M/G/1, GI/M/1, the bounds of GI/G/1.
#include <double11/study/theory/bounds.hpp>
#include <double11/study/theory/gim.hpp>
#include <double11/study/theory/kiefer_wolfowitz.hpp>
#include <double11/study/theory/mdc.hpp>
#include <double11/study/theory/mg1.hpp>
#include <double11/study/theory/mmc.hpp>

#include <algorithm>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

void add_mm1(std::vector<ValidationCase>& cases, const std::string& name, double arrival_rate,
             double service_rate, double jobs) {
  CaseBuilder builder(name, "M/M/1", arrival_rate, steady(arrival_rate, service_rate, 1, jobs));
  builder.add_station(station(exponential(1 / service_rate)))
      .expect_means(theory::mm1(arrival_rate, service_rate))
      .expect("busy.mean", arrival_rate / service_rate);
  const auto wait = [&](double share) {
    return theory::mmc_wait_quantile(arrival_rate, service_rate, 1, share);
  };
  const auto sojourn = [&](double share) {
    return theory::mmc_sojourn_quantile(arrival_rate, service_rate, 1, share);
  };
  if (arrival_rate < 0.95 * service_rate) {
    const theory::BusyPeriod busy = theory::mm1_busy_period(arrival_rate, service_rate);
    builder.expect("busy_period.mean", busy.mean)
        .expect("busy_period.variance", busy.variance)
        .expect_percentile("wait.p90", wait(0.9))
        .expect_percentile("wait.p99", wait(0.99))
        .expect_percentile("wait.p999", wait(0.999))
        .expect_percentile("sojourn.p50", sojourn(0.5))
        .expect_percentile("sojourn.p99", sojourn(0.99));
  } else {
    builder.note("means only: a replication holds too few independent stretches for percentiles");
  }
  builder.add_to(cases);
}

void add_mg1(std::vector<ValidationCase>& cases, const std::string& name, double arrival_rate,
             const Json& service, const theory::Law& truth, double jobs) {
  CaseBuilder builder(name, "M/G/1", arrival_rate,
                      steady(arrival_rate, 1 / truth.mean, 1, jobs, 1 + truth.scv()));
  builder.add_station(station(service)).expect_means(theory::mg1(arrival_rate, truth));
  // A sample variance needs the fifth moment of service to be tame.
  if (truth.scv() < 2) {
    builder.expect("wait.variance", theory::mg1_wait_variance(arrival_rate, truth));
  }
  builder.add_to(cases);
}

void add_pareto(std::vector<ValidationCase>& cases) {
  CaseBuilder builder("mpareto1_alpha_2.5_rho_0.5", "M/G/1, heavy tail", 0.5,
                      {100'000, 2'000'000, 10});
  const theory::QueueMeans means = theory::mg1(0.5, theory::pareto_law(2.5, 1));
  builder.add_station(station(law("pareto", 1, "shape", 2.5))).expect("wait.share", 0.5);
  for (const auto& [metric, value] :
       {std::pair{"wait.mean", means.mean_wait}, {"in_system.mean", means.mean_in_system}}) {
    builder.expect({metric, value, Judgement::exact, 0.05});
  }
  builder
      .note(
          "the wait has no variance, so its mean converges as n^(-1/3) and no normal law bounds "
          "the "
          "error: judged by 5 % on top of the observed spread, not by chance alone")
      .add_to(cases);
}

void add_md1_law(std::vector<ValidationCase>& cases) {
  const theory::DeterministicServers queue(0.8, 1, 1);
  CaseBuilder builder("md1_wait_law_rho_0.8", "M/D/1", 0.8, steady(0.8, 1, 1, 5e6));
  builder.add_station(station(constant(1)))
      .expect_percentile("wait.p50", queue.wait_quantile(0.5))
      .expect_percentile("wait.p90", queue.wait_quantile(0.9))
      .expect_percentile("wait.p99", queue.wait_quantile(0.99))
      .expect_percentile("wait.p999", queue.wait_quantile(0.999))
      .expect("wait.share", queue.means().wait_probability)
      .add_to(cases);
}

void add_erlang_arrivals(std::vector<ValidationCase>& cases) {
  const theory::GeneralArrivals queue = theory::gimc(theory::erlang_law(2, 1.25), 1, 1);
  CaseBuilder builder("e2m1_rho_0.8", "GI/M/1", 0.8, steady(0.8, 1, 1, 1e7));
  builder.add_station(station(exponential(1)))
      .set("/traffic/arrivals", "erlang")
      .set("/traffic/arrivals_shape", 2)
      .expect_means(queue.means)
      .expect_percentile("wait.p99", theory::gimc_wait_quantile(queue, 0.99))
      .add_to(cases);
}

// Poisson and bursty arrivals against Kingman's bound and the heavy-traffic formula.
void add_kingman(std::vector<ValidationCase>& cases) {
  CaseBuilder poisson("gg1_kingman_ca_1_cs_1_rho_0.9", "GI/G/1, bound", 0.9,
                      steady(0.9, 1, 1, 5e6));
  poisson.add_station(station(exponential(1)))
      .expect({"wait.mean", theory::kingman_bound(0.9, 1, 1, 1), Judgement::upper_bound})
      .expect("wait.mean", theory::heavy_traffic_wait(0.9, 1, 1, 1))
      .note("with Poisson arrivals the heavy-traffic formula is exact")
      .add_to(cases);

  const theory::Law gaps = theory::balanced_hyperexponential_law(4, 1.25);
  CaseBuilder bursty("gg1_kingman_ca_4_cs_1_rho_0.8", "GI/G/1, bound", 0.8,
                     steady(0.8, 1, 1, 1e7, 4));
  bursty.add_station(station(exponential(1)))
      .set("/traffic/arrivals", "hyperexponential")
      .set("/traffic/arrivals_scv", 4)
      .expect({"wait.mean", theory::kingman_bound(0.8, 1, 4, 1), Judgement::upper_bound})
      .expect(
          {"wait.mean", theory::heavy_traffic_wait(0.8, 1, 4, 1), Judgement::approximation, 0.2})
      .expect("wait.mean", theory::gimc(gaps, 1, 1).means.mean_wait)
      .add_to(cases);
}

// Ten customers on whole seconds: every wait is known.
void add_trace(std::vector<ValidationCase>& cases) {
  const std::vector<std::int64_t> arrivals{0, 1, 2, 3, 3, 4, 10, 10, 10, 11};
  const std::vector<std::int64_t> services{5, 3, 7, 2, 2, 1, 4, 4, 4, 1};
  Json trace = Json::array();
  double wait = 0;
  double sojourn = 0;
  double longest = 0;
  const auto customers = theory::kiefer_wolfowitz(arrivals, services, 2);
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    trace.push_back({{"at", text_of_seconds(static_cast<double>(arrivals[k]))},
                     {"service", text_of_seconds(static_cast<double>(services[k]))}});
    wait += static_cast<double>(customers[k].wait) / 10;
    sojourn += static_cast<double>(customers[k].departure - arrivals[k]) / 10;
    longest = std::max(longest, static_cast<double>(customers[k].wait));
  }
  CaseBuilder builder("kiefer_wolfowitz_trace", "G/G/2, deterministic", 0, {0, 20, 1});
  builder.add_station(station(constant(1), 2))
      .set("/network/trace", std::move(trace))
      .expect({"wait.mean", wait, Judgement::exact, 1e-12})
      .expect({"sojourn.mean", sojourn, Judgement::exact, 1e-12})
      .expect({"wait.max", longest, Judgement::exact, 1e-12})
      .note("nothing is random: equal but for rounding")
      .add_to(cases);
}

}  // namespace

void add_single_server_cases(std::vector<ValidationCase>& cases) {
  add_mm1(cases, "mm1_rho_0.5", 0.5, 1, 5e6);
  add_mm1(cases, "mm1_rho_0.9", 0.9, 1, 1e7);
  add_mm1(cases, "mm1_rho_0.99", 0.99, 1, 2e7);
  // Gross, Shortle, Thompson, Harris, Fundamentals of Queueing Theory, 4th edition, 2.1: 5 and 6
  // per hour, here per second; Ross, Introduction to Probability Models, chapter 8: every 12
  // minutes, 8 minutes, here seconds.
  add_mm1(cases, "book_gross_harris_salon", 5, 6, 5e6);
  add_mm1(cases, "book_ross_12_8", 1.0 / 12, 1.0 / 8, 5e6);
  add_mm1(cases, "book_ross_a_fifth_more", 1.2 / 12, 1.0 / 8, 5e6);
  add_mg1(cases, "md1_rho_0.5", 0.5, constant(1), theory::deterministic_law(1), 5e6);
  add_mg1(cases, "md1_rho_0.9", 0.9, constant(1), theory::deterministic_law(1), 1e7);
  add_md1_law(cases);
  add_mg1(cases, "mg1_lognormal_0.5_rho_0.8", 0.8, law("lognormal_mean", 1, "sigma", 0.5),
          theory::lognormal_law(0.5, 1), 5e6);
  add_mg1(cases, "mg1_lognormal_1.5_rho_0.8", 0.8, law("lognormal_mean", 1, "sigma", 1.5),
          theory::lognormal_law(1.5, 1), 2e7);
  add_mg1(cases, "mg1_erlang_4_rho_0.9", 0.9, law("erlang", 1, "shape", 4),
          theory::erlang_law(4, 1), 1e7);
  add_mg1(cases, "mg1_uniform_rho_0.7", 0.7, uniform(0, 2), theory::uniform_law(0, 2), 5e6);
  add_pareto(cases);
  add_erlang_arrivals(cases);
  add_kingman(cases);
  add_trace(cases);
}

}  // namespace double11::study
