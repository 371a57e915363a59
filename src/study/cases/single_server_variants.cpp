// One server that shares, interrupts, serves in bulk or breaks down.
#include <double11/study/theory/bulk_service.hpp>
#include <double11/study/theory/mg1.hpp>

#include <tuple>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

void add_sharing(std::vector<ValidationCase>& cases) {
  Json lognormal = station(law("lognormal_mean", 1, "sigma", 1));
  lognormal["discipline"] = "sharing";
  CaseBuilder any_law("mg1_sharing_rho_0.8", "M/G/1, processor sharing", 0.8,
                      steady(0.8, 1, 1, 1e7, 3));
  any_law.add_station(lognormal)
      .expect("sojourn.mean", theory::mg1_sharing_sojourn(0.8, 1, 1))
      .expect("in_system.mean", 0.8 * theory::mg1_sharing_sojourn(0.8, 1, 1))
      .add_to(cases);

  // Three sizes as three classes; their mean is one second.
  Json fixed = station(constant(1));
  fixed["discipline"] = "sharing";
  CaseBuilder sizes("mg1_sharing_by_size_rho_0.8", "M/G/1, processor sharing", 0.8,
                    steady(0.8, 1, 1, 1e7, 2));
  Json classes = Json::array();
  for (const auto& [name, share, size] :
       {std::tuple{"half", 0.6, 0.5}, {"one", 0.3, 1.0}, {"four", 0.1, 4.0}}) {
    classes.push_back({{"name", name}, {"share", share}, {"service_factor", size}});
    sizes.expect({"sojourn.mean", theory::mg1_sharing_sojourn(0.8, 1, size), Judgement::exact, 0,
                  "queue", name});
  }
  sizes.add_station(fixed).set("/network/classes", std::move(classes)).add_to(cases);
}

// Two classes of equal service, 0.3 and 0.5 per second.
CaseBuilder two_classes(const std::string& name, const std::string& family,
                        const std::string& discipline) {
  Json server = station(exponential(1));
  server["discipline"] = discipline;
  CaseBuilder builder(name, family, 0.8, steady(0.8, 1, 1, 1e7));
  builder.add_station(server).set(
      "/network/classes", Json::array({{{"name", "first"}, {"share", 0.375}, {"priority", 0}},
                                       {{"name", "second"}, {"share", 0.625}, {"priority", 1}}}));
  return builder;
}

void add_priorities(std::vector<ValidationCase>& cases) {
  const theory::PriorityClass classes[] = {{0.3, theory::exponential_law(1)},
                                           {0.5, theory::exponential_law(1)}};
  const auto sojourns = theory::mg1_preemptive_sojourns(classes);
  const auto waits = theory::mg1_priority_waits(classes);
  two_classes("mm1_preemptive_2_classes", "M/M/1, preemptive resume", "preemptive")
      .expect({"sojourn.mean", sojourns[0], Judgement::exact, 0, "queue", "first"})
      .expect({"sojourn.mean", sojourns[1], Judgement::exact, 0, "queue", "second"})
      .add_to(cases);
  two_classes("mm1_priority_2_classes", "M/M/1, priorities", "priority")
      .expect({"sojourn.mean", waits[0] + 1, Judgement::exact, 0, "queue", "first"})
      .expect({"sojourn.mean", waits[1] + 1, Judgement::exact, 0, "queue", "second"})
      .add_to(cases);
}

void add_batches(std::vector<ValidationCase>& cases) {
  const theory::QueueMeans means = theory::batch_arrivals_mm1(0.09, 10, 1);
  CaseBuilder bursts("mxm1_batch_10_rho_0.9", "M^X/M/1", 0.09, {40'000, 3'000'000, 10});
  bursts.add_station(station(exponential(1)))
      .set("/network/arrivals_batch", 10)
      .visits(10)
      .expect_means(means)
      .add_to(cases);

  const theory::BulkService waves = theory::bulk_service(8, 1, 10);
  Json picker = station(exponential(1));
  picker["batch_most"] = 10;
  CaseBuilder bulk("bulk_up_to_10_rate_8", "M/M^[1,b]/1", 8, {1'000, 125'000, 10});
  bulk.add_station(picker)
      .expect("wait.mean", waves.mean_wait)
      .expect("waiting.mean", waves.mean_waiting)
      .expect("busy.mean", 1 - waves.idle_probability)
      .add_to(cases);
}

void add_breakdowns(std::vector<ValidationCase>& cases) {
  Json server = station(exponential(1));
  server["breakdown"] = {{"up", "1000s"}, {"down", "100s"}};
  const theory::QueueMeans means = theory::mm1_with_breakdowns(0.7, 1, 0.001, 0.01);
  CaseBuilder builder("mm1_breakdowns_rate_0.7", "M/M/1, breakdowns", 0.7, {20'000, 1'400'000, 10});
  builder.add_station(server)
      .expect("in_system.mean", means.mean_in_system)
      .expect("sojourn.mean", means.mean_sojourn)
      .add_to(cases);
}

}  // namespace

void add_single_server_variants(std::vector<ValidationCase>& cases) {
  add_sharing(cases);
  add_priorities(cases);
  add_batches(cases);
  add_breakdowns(cases);
}

}  // namespace double11::study
