#include <double11/report/result.hpp>

#include <string>
#include <string_view>

namespace double11::report {

Result conclude(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  Result result{scenario, record, audit(scenario, record), {}, {}, this_machine()};
  result.verdict = judge(scenario, record, result.audit);
  Missed missed;
  const std::string target = target_metric(scenario, record.runtime) + " ";
  for (const Check& check : result.verdict.checks) {
    if (check.holds) continue;
    const auto is_about = [&](std::string_view metric) {
      return check.expression.rfind(metric, 0) == 0;
    };
    missed.any = true;
    missed.target = missed.target || (scenario.target.rate_per_s > 0 && is_about(target));
    missed.latency = missed.latency || is_about("latency.");
    missed.parcels =
        missed.parcels || is_about("promise.") || is_about("first_parcel.") || is_about("backlog.");
  }
  result.bottleneck = find_bottleneck(scenario, record, scenario.target.rate_per_s, missed);
  return result;
}

}  // namespace double11::report
