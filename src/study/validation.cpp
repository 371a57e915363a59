#include <double11/core/ensure.hpp>
#include <double11/scenario/load.hpp>
#include <double11/study/validation.hpp>
#include <double11/virtual_time/simulate.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

#include "study/measured.hpp"

namespace double11::study {

namespace {

// What no table shows more of.
constexpr double kLargestDeviation = 30;

// Distance beyond what the expectation allows, with its sign; 0 within.
double excess(const Expectation& expectation, double simulated) {
  // Sums of different order differ by roundings.
  const double allowed = (expectation.tolerance + 1e-12) * std::abs(expectation.value);
  const double off = simulated - expectation.value;
  if (expectation.judgement != Judgement::upper_bound && off < -allowed) return off + allowed;
  if (expectation.judgement != Judgement::lower_bound && off > allowed) return off - allowed;
  return 0;
}

// The standard normal deviation that is as improbable as `t` with so many degrees of freedom.
double normal_deviation(double t, double freedom) {
  namespace math = boost::math;
  const double tail = math::cdf(math::complement(math::students_t(freedom), std::abs(t)));
  if (tail < 1e-190) return std::copysign(kLargestDeviation, t);
  const double deviation = math::quantile(math::complement(math::normal(), tail));
  return std::copysign(std::min(deviation, kLargestDeviation), t);
}

using IsStopped = std::function<bool()>;

// What one replication of a case comes to.
struct Sample {
  std::vector<double> values;  // by expectation
  std::uint64_t events = 0;
  bool laws_held = true;
};

Sample sample_of(const ValidationCase& one, const virtual_time::NetworkRecord& record) {
  Sample sample{{}, record.events, record.flow.residual() == 0};
  for (const virtual_time::StationRecord& station : record.stations) {
    sample.laws_held &= station.flow.residual() == 0 && station.little_residual() == 0;
  }
  for (const Expectation& expectation : one.expectations) {
    sample.values.push_back(measured(expectation, record));
  }
  return sample;
}

Sample sample_of(const ValidationCase& one, const measure::RunRecord& record,
                 const scenario::Scenario& scenario) {
  const measure::OrderSet& arrived = record.books.arrivals();
  Sample sample{
      {}, static_cast<std::uint64_t>(arrived.count), arrived == record.books.all_outcomes()};
  for (const Expectation& expectation : one.expectations) {
    sample.values.push_back(measured(expectation, record, scenario));
  }
  return sample;
}

// Calls `work` with 0 to count - 1, on so many threads, and hands on what one of them throws.
void share_out(std::size_t count, std::uint32_t workers,
               const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto take_part = [&] {
    try {
      for (std::size_t i = 0; (i = next.fetch_add(1)) < count;) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 1; i < workers && i < count; ++i) others.emplace_back(take_part);
    take_part();
  }
  if (failure) std::rethrow_exception(failure);
}

std::vector<Sample> replicate(const ValidationCase& one, const scenario::Scenario& scenario,
                              std::uint32_t workers, const IsStopped& is_stopped) {
  std::vector<Sample> samples(static_cast<std::size_t>(scenario.simulate.replications));
  if (scenario::is_network(scenario)) {
    const virtual_time::NetworkSimulator simulator(scenario);
    share_out(samples.size(), workers, [&](std::size_t i) {
      if (!is_stopped()) samples[i] = sample_of(one, simulator.run(i));
    });
  } else {
    share_out(samples.size(), workers, [&](std::size_t i) {
      if (is_stopped()) return;
      const auto own = virtual_time::replication_of(scenario, static_cast<std::int64_t>(i));
      samples[i] = sample_of(one, virtual_time::simulate(own, {}), own);
    });
  }
  return samples;
}

// Nothing when it was stopped.
std::optional<CaseFindings> simulate(const ValidationCase& one, std::uint32_t workers,
                                     const IsStopped& is_stopped) {
  const scenario::Loaded loaded = scenario::parse(one.scenario, one.name);
  ensure(loaded.scenario.has_value(), "a validation case is a scenario without problems");
  const std::vector<Sample> samples = replicate(one, *loaded.scenario, workers, is_stopped);
  if (is_stopped()) return std::nullopt;
  CaseFindings findings{one.name, one.family, {}, 0, true};
  for (const Sample& sample : samples) {
    findings.events += sample.events;
    findings.laws_held &= sample.laws_held;
  }
  for (std::size_t k = 0; k < one.expectations.size(); ++k) {
    std::vector<double> values;
    values.reserve(samples.size());
    for (const Sample& sample : samples) values.push_back(sample.values[k]);
    findings.findings.push_back(judge(one.expectations[k], values));
  }
  return findings;
}

std::string label_of(const Expectation& expectation) {
  std::string label = expectation.metric;
  if (expectation.station.empty())
    label += " (network)";
  else if (expectation.station != "queue")
    label += " (" + expectation.station + ")";
  if (!expectation.job_class.empty()) label += " of " + expectation.job_class;
  if (expectation.at_s > 0) label += fmt::format(" {:g}s", expectation.at_s);
  return label;
}

const char* sign_of(Judgement judgement) {
  switch (judgement) {
    case Judgement::exact:
      return "";
    case Judgement::approximation:
      return "~";
    case Judgement::lower_bound:
      return ">=";
    case Judgement::upper_bound:
      return "<=";
  }
  return "";
}

}  // namespace

Finding judge(const Expectation& expectation, std::span<const double> samples) {
  ensure(!samples.empty(), "a figure has been measured");
  const auto count = static_cast<double>(samples.size());
  Finding finding{expectation, 0, 0, 0, false};
  for (const double sample : samples) finding.simulated += sample / count;
  double squares = 0;
  for (const double sample : samples) squares += std::pow(sample - finding.simulated, 2);
  if (count > 1) finding.standard_error = std::sqrt(squares / (count - 1) / count);
  const double beyond = excess(expectation, finding.simulated);
  if (std::abs(beyond) > 0) {
    finding.deviation = finding.standard_error > 0
                            ? normal_deviation(beyond / finding.standard_error, count - 1)
                            : std::copysign(kLargestDeviation, beyond);
  }
  finding.passed = std::abs(finding.deviation) <= kDeviationLimit;
  return finding;
}

bool CaseFindings::passed() const {
  return laws_held && std::all_of(findings.begin(), findings.end(),
                                  [](const Finding& finding) { return finding.passed; });
}

bool Validation::passed() const {
  return std::all_of(cases.begin(), cases.end(),
                     [](const CaseFindings& findings) { return findings.passed(); });
}

Validation validate(std::span<const ValidationCase> cases, std::uint32_t workers,
                    const ValidationProgress& on_progress, const std::atomic<bool>* stop) {
  Validation validation;
  const auto is_stopped = [stop] {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
  };
  for (const ValidationCase& one : cases) {
    std::optional<CaseFindings> findings = simulate(one, workers, is_stopped);
    if (!findings) {
      validation.stopped = true;
      break;
    }
    validation.cases.push_back(*std::move(findings));
    if (on_progress) on_progress(validation.cases.back(), validation.cases.size(), cases.size());
  }
  return validation;
}

std::string text_of(const CaseFindings& findings) {
  std::string text = fmt::format("{}  {}\n", findings.name, findings.family);
  for (const Finding& finding : findings.findings) {
    text += fmt::format("  {:<36} {:>2}{:<11.6g} {:<11.6g} {:>6.2f}  {}\n",
                        label_of(finding.expectation), sign_of(finding.expectation.judgement),
                        finding.expectation.value, finding.simulated, finding.deviation,
                        finding.passed ? "ok" : "FAILED");
  }
  if (!findings.laws_held) text += "  counts or Little's law do not add up: FAILED\n";
  return text;
}

std::string text_of(const Validation& validation) {
  std::string text = fmt::format("{:<38} {:<13} {:<11} {:>6}  {}\n", "case and metric",
                                 "  expected", "simulated", "z", "verdict");
  std::size_t failed = 0;
  std::size_t figures = 0;
  for (const CaseFindings& findings : validation.cases) {
    text += text_of(findings);
    figures += findings.findings.size();
    if (!findings.passed()) ++failed;
  }
  if (!validation.cases.empty()) {
    text +=
        fmt::format("{} cases, {} figures: {}\n", validation.cases.size(), figures,
                    failed == 0 ? "all as theory says" : fmt::format("{} cases FAILED", failed));
  }
  if (validation.stopped) text += "INTERRUPTED: the other cases were not simulated\n";
  return text;
}

}  // namespace double11::study
