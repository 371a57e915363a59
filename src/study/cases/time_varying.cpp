// Arrivals that change with time, and beginnings.
#include <double11/study/theory/transient.hpp>
#include <double11/study/theory/unlimited.hpp>

#include <cmath>
#include <numbers>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

// The instants at which all replications are looked at.
CaseBuilder& probe(CaseBuilder& builder, const std::vector<double>& times_s) {
  Json probes = Json::array();
  for (const double time_s : times_s) probes.push_back(text_of_seconds(time_s));
  return builder.set("/network/probes", std::move(probes));
}

Expectation at(double time_s, double value) {
  return {"in_system.at", value, Judgement::exact, 0, "queue", "", time_s};
}

void add_wave_without_queue(std::vector<ValidationCase>& cases) {
  constexpr double kPeriod = 24;
  const theory::SinusoidOccupancy truth = theory::mt_m_infinity(100, 80, kPeriod, 0.1);
  CaseBuilder builder("mtminf_wave", "Mt/M/infinity", 100, {10 * kPeriod, 40 * kPeriod, 40});
  builder.add_station(station(exponential(10), 1'000'000))
      .set("/traffic/wave", {{"amplitude", 0.8}, {"period", text_of_seconds(kPeriod)}})
      .expect("in_system.mean", truth.mean);
  // Crest and trough, to whole milliseconds.
  const double crest = 20 * kPeriod + kPeriod / 4 + std::round(truth.lag * 1e3) / 1e3;
  const double trough = crest + 4.5 * kPeriod;
  probe(builder, {crest, trough})
      .expect(at(crest, truth.peak))
      .expect(at(trough, truth.mean - truth.amplitude))
      .add_to(cases);
}

void add_filling(std::vector<ValidationCase>& cases) {
  const std::vector<double> times{1, 10, 50, 200};
  const theory::TransientQueue queue{[](double) { return 0.8; }, {}, 1, 1, 400, 0};
  CaseBuilder builder("mm1_from_empty_rho_0.8", "M/M/1, transient", 0.8, {0, 201, 10'000});
  builder.add_station(station(exponential(1)));
  probe(builder, times);
  for (const auto& point : theory::transient_queue(queue, times)) {
    builder.expect(at(point.time, point.mean_in_system));
  }
  builder.add_to(cases);
}

void add_daily_wave(std::vector<ValidationCase>& cases) {
  constexpr double kPeriod = 24;
  const theory::TransientQueue queue{
      [](double t) { return 80 + 60 * std::sin(2 * std::numbers::pi * t / kPeriod); },
      {},
      1,
      120,
      1200,
      0};
  CaseBuilder builder("mtmc_daily_wave_120", "Mt/M/c", 80, {2 * kPeriod, kPeriod, 500});
  builder.add_station(station(exponential(1), 120))
      .set("/traffic/wave", {{"amplitude", 0.75}, {"period", text_of_seconds(kPeriod)}});
  // On both sides of the peak of the number in system, 3.2 after that of the arrivals.
  const std::vector<double> times{2 * kPeriod + 6, 2 * kPeriod + 9.217, 2 * kPeriod + 12};
  probe(builder, times);
  for (const auto& point : theory::transient_queue(queue, times)) {
    builder.expect(at(point.time, point.mean_in_system));
  }
  builder.expect("in_system.mean", theory::periodic_peak(queue, kPeriod, 3).average).add_to(cases);
}

void add_spike(std::vector<ValidationCase>& cases) {
  const theory::TransientQueue queue{
      [](double t) { return t < 2 ? 400.0 : 60.0; }, {2}, 1, 100, 300, 0};
  Json limited = station(exponential(1), 100);
  limited["queue_limit"] = 200;
  CaseBuilder builder("flash_spike_100_of_300", "Mt/M/c/K", 94, {0, 20, 1'000});
  builder.add_station(limited).set_curve({{0, 400}, {2, 60}});
  const std::vector<double> times{2, 5, 20};
  const auto points = theory::transient_queue(queue, times);
  probe(builder, {2, 5})
      .expect(at(2, points[0].mean_in_system))
      .expect(at(5, points[1].mean_in_system))
      .expect("lost.count", points[2].lost)
      .add_to(cases);
}

// A hundredth of 583,000 orders per second against 400,000: rates scaled, times as they are.
void add_fluid(std::vector<ValidationCase>& cases) {
  constexpr double kScale = 0.01;
  const theory::FluidBacklog truth =
      theory::fluid_backlog(583'000 * kScale, 60, 400'000 * kScale, 150'000 * kScale);
  CaseBuilder builder("fluid_flash_backlog", "fluid limit", 3'370, {0, 130, 10});
  builder.add_station(station(constant(1 / (400'000 * kScale))))
      .set_curve({{0, 583'000 * kScale}, {60, 150'000 * kScale}});
  Expectation backlog = at(60, truth.peak_backlog);
  backlog.judgement = Judgement::approximation;
  backlog.tolerance = 0.01;
  probe(builder, {60})
      .expect(backlog)
      .expect({"wait.max", truth.longest_wait, Judgement::approximation, 0.02})
      .expect({"waiting.mean", truth.total_delay / 130, Judgement::approximation, 0.02})
      .note("the fluid has no chance in it: judged by 1 to 2 %, the size of the fluctuations")
      .add_to(cases);
}

}  // namespace

void add_time_varying_cases(std::vector<ValidationCase>& cases) {
  add_wave_without_queue(cases);
  add_filling(cases);
  add_daily_wave(cases);
  add_spike(cases);
  add_fluid(cases);
}

}  // namespace double11::study
