#include <double11/report/result.hpp>

namespace double11::report {

Result conclude(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  Result result{scenario, record, audit(scenario, record), {}, {}, this_machine()};
  result.verdict = judge(scenario, record, result.audit);
  Missed missed;
  for (const Check& check : result.verdict.checks) {
    missed.any = missed.any || !check.holds;
    missed.latency = missed.latency || (!check.holds && check.expression.rfind("latency.", 0) == 0);
  }
  result.bottleneck = find_bottleneck(scenario, record, scenario.target.rate_per_s, missed);
  return result;
}

}  // namespace double11::report
