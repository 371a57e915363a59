// Several stations, and stations with as many servers as jobs.
#include <double11/study/theory/fork_join.hpp>
#include <double11/study/theory/network.hpp>
#include <double11/study/theory/unlimited.hpp>

#include <fmt/format.h>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

// More servers than there are ever jobs.
constexpr std::int64_t kUnlimited = 1'000'000;

void add_tandem(std::vector<ValidationCase>& cases) {
  const double rates[] = {1, 0.9, 1.2};
  const theory::Tandem truth = theory::tandem_mm1(0.7, rates);
  CaseBuilder builder("tandem_mm1_x3", "tandem of M/M/1", 0.7, {5'000, 400'000, 10});
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string name = fmt::format("stage {}", i + 1);
    // What leaves a station comes to the next one as a Poisson stream (Burke).
    builder.add_station(station(exponential(1 / rates[i]), 1, name))
        .expect_means(truth.nodes[i], name)
        .expect({"arrival_gap.scv", 1, Judgement::exact, 0, name});
  }
  builder.expect({"sojourn.mean", truth.mean_sojourn, Judgement::exact, 0, ""})
      .expect({"in_system.mean", truth.mean_in_system, Judgement::exact, 0, ""})
      .expect({"sojourn.variance", truth.sojourn_variance, Judgement::exact, 0, ""})
      .add_to(cases);
}

// 15 % of the payments are tried again at once, 5 % of them give up.
void add_payment_retry(std::vector<ValidationCase>& cases) {
  const theory::NetworkNode nodes[] = {
      {10, 12, 1, {0, 1}}, {0, 1, 16, {0, 0.15, 0.8}}, {0, 2, 8, {}}};
  const std::string names[] = {"checkout", "payment", "shipping"};
  const theory::OpenNetwork truth = theory::jackson_network(nodes);
  CaseBuilder builder("jackson_payment_retry", "Jackson network", 10, {500, 50'000, 10});
  Json routes = Json::array();
  for (std::size_t i = 0; i < 3; ++i) {
    builder.add_station(station(exponential(1 / nodes[i].service_rate), nodes[i].servers, names[i]))
        .expect({"in_system.mean", truth.nodes[i].mean_in_system, Judgement::exact, 0, names[i]})
        .expect({"throughput", truth.arrival_rates[i], Judgement::exact, 0, names[i]});
    for (std::size_t j = 0; j < nodes[i].next.size(); ++j) {
      if (nodes[i].next[j] <= 0) continue;
      routes.push_back({{"from", names[i]}, {"to", names[j]}, {"share", nodes[i].next[j]}});
    }
  }
  builder.set("/network/routes", std::move(routes))
      .expect({"in_system.mean", truth.mean_in_system, Judgement::exact, 0, ""})
      .expect({"sojourn.mean", truth.mean_sojourn, Judgement::exact, 0, ""})
      .add_to(cases);
}

void add_unlimited(std::vector<ValidationCase>& cases) {
  const theory::Occupancy truth = theory::mg_infinity(1000, 900);
  // A uniform hold has forgotten the beginning after its longest value.
  CaseBuilder builder("mginf_reservations", "M/G/infinity", 1000, {1'800, 1'800, 4});
  builder.add_station(station(uniform(0, 1'800), kUnlimited))
      .expect("in_system.mean", truth.mean)
      .add_to(cases);
}

void add_fork_join(std::vector<ValidationCase>& cases, double rho, std::int64_t branches) {
  Json forked = station(exponential(1));
  forked["branches"] = branches;
  CaseBuilder builder(fmt::format("fork_join_{}_rho_{}", branches, rho), "fork-join of M/M/1", rho,
                      steady(rho, 1, 1, 1e7 / static_cast<double>(branches)));
  builder.add_station(forked).visits(static_cast<double>(branches));
  if (branches == 2) {
    builder.expect("sojourn.mean", theory::fork_join_2(rho, 1));
  } else {
    const theory::ForkJoin truth = theory::fork_join(rho, 1, branches);
    builder.expect({"sojourn.mean", truth.approximation, Judgement::approximation, 0.05})
        .expect({"sojourn.mean", truth.lower_bound, Judgement::lower_bound})
        .expect({"sojourn.mean", truth.upper_bound, Judgement::upper_bound});
  }
  builder.add_to(cases);
}

void add_split_merge(std::vector<ValidationCase>& cases) {
  Json merged = station(exponential(1));
  merged["tasks"] = 4;
  CaseBuilder builder("split_merge_4_rate_0.25", "split-merge", 0.25, {2'000, 2'000'000, 10});
  builder.add_station(merged).expect_means(theory::split_merge(0.25, 1, 4)).add_to(cases);
}

// Orders of several parcels, each on its way without waiting.
void add_parcels(std::vector<ValidationCase>& cases, std::int64_t parcels) {
  Json way = station(exponential(1), kUnlimited);
  way["tasks"] = parcels;
  CaseBuilder builder(fmt::format("parcels_{}", parcels), "largest of n exponentials", 10,
                      {50, 5'000, 10});
  builder.add_station(way)
      .expect("sojourn.mean", theory::mean_of_largest(parcels, 1))
      .add_to(cases);
}

void add_trucks(std::vector<ValidationCase>& cases) {
  const theory::PeriodicDepartures truth = theory::periodic_departures(100, 30);
  Json dock = station(constant(0), kUnlimited);
  dock["departure_period"] = "30s";
  CaseBuilder builder("trucks_every_30s", "periodic departures", 100, {300, 3'000, 10});
  // A millisecond before they leave nearly the whole load is there.
  const double before_s = 3'299.999;
  builder.add_station(dock)
      .set("/network/probes", Json::array({text_of_seconds(before_s)}))
      .expect("sojourn.mean", truth.mean_wait)
      .expect({"sojourn.max", truth.longest_wait, Judgement::upper_bound, 1e-9})
      .expect({"in_system.at", truth.mean_load * (29.999 / 30), Judgement::exact, 0, "queue", "",
               before_s})
      .add_to(cases);
}

}  // namespace

void add_network_cases(std::vector<ValidationCase>& cases) {
  add_tandem(cases);
  add_payment_retry(cases);
  add_unlimited(cases);
  add_fork_join(cases, 0.5, 2);
  add_fork_join(cases, 0.9, 2);
  add_fork_join(cases, 0.8, 16);
  add_split_merge(cases);
  for (const std::int64_t parcels : {2, 5, 10, 100}) add_parcels(cases, parcels);
  add_trucks(cases);
}

}  // namespace double11::study
