#include <double11/core/ensure.hpp>
#include <double11/core/units.hpp>
#include <double11/report/metrics.hpp>
#include <double11/report/verdict.hpp>
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>

namespace double11::report {
namespace {

struct StatusText {
  std::string_view name;
  int exit_code;
};
constexpr std::array<StatusText, 5> kStatus{
    {{"PASS", 0}, {"MISSED", 3}, {"VIOLATED", 4}, {"INVALID", 5}, {"INTERRUPTED", 130}}};

Check check(std::string_view expression, const scenario::Scenario& scenario,
            const measure::RunRecord& record, const Audit& audit) {
  const auto parsed = scenario::parse_threshold(expression);
  const auto* const threshold = std::get_if<scenario::Threshold>(&parsed);
  ensure(threshold != nullptr, "thresholds are checked when a scenario is loaded");
  const double value = value_of(threshold->metric, scenario, record, audit);
  return {threshold->text, text_of(threshold->metric.unit, value), value, holds(*threshold, value)};
}

std::vector<std::string> find_doubts(const scenario::Scenario& scenario,
                                     const measure::RunRecord& record) {
  std::vector<std::string> doubts;
  if (record.runtime == measure::Runtime::pace_real) {
    const Duration lag(record.generator_lag.quantile(0.99));
    if (lag > scenario.run.generator_lag_limit) {
      doubts.push_back(fmt::format(
          "arrivals were released late: generator lag p99 {}, allowed {} "
          "(run.generator_lag_limit). The machine cannot offer this traffic on time: give it free "
          "cores, or lower traffic.scale",
          short_duration(lag), text_of_duration(scenario.run.generator_lag_limit)));
    }
  }
  if (record.steered) {
    doubts.emplace_back("it was paused, or its speed set by hand: rates are those of the hand");
  }
  if (record.books.arrivals().count == 0) {
    doubts.push_back("no order arrived: the curve or the duration is too small");
  }
  return doubts;
}

}  // namespace

std::string_view name_of(Status status) {
  return kStatus[static_cast<std::size_t>(status)].name;
}
Status status_of(const Verdict& verdict, bool laws_hold, bool interrupted) {
  if (!laws_hold) return Status::violated;
  if (interrupted) return Status::interrupted;
  if (!verdict.doubts.empty()) return Status::invalid;
  const bool all_hold = std::all_of(verdict.checks.begin(), verdict.checks.end(),
                                    [](const Check& one) { return one.holds; });
  return all_hold ? Status::pass : Status::missed;
}

int exit_code_of(Status status) {
  return kStatus[static_cast<std::size_t>(status)].exit_code;
}

std::string target_metric(const scenario::Scenario& scenario, measure::Runtime runtime) {
  return fmt::format("{}.rate.{}", double11::name_of(scenario.target.of),
                     runtime == measure::Runtime::pace_max ? "machine" : "peak");
}

Verdict judge(const scenario::Scenario& scenario, const measure::RunRecord& record,
              const Audit& audit) {
  Verdict verdict;
  if (scenario.target.rate_per_s > 0) {
    verdict.checks.push_back(check(fmt::format("{} >= {}", target_metric(scenario, record.runtime),
                                               text_of_rate(scenario.target.rate_per_s)),
                                   scenario, record, audit));
  }
  for (const std::string& threshold : scenario.thresholds) {
    verdict.checks.push_back(check(threshold, scenario, record, audit));
  }
  verdict.doubts = find_doubts(scenario, record);
  verdict.status = status_of(verdict, audit.violations == 0, record.interrupted);
  return verdict;
}

}  // namespace double11::report
