#include <double11/report/result.hpp>

namespace double11::report {

Result conclude(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  Result result{scenario, record, audit(scenario, record), {}, {}, this_machine()};
  result.verdict = judge(scenario, record, result.audit);
  result.bottleneck = find_bottleneck(scenario, record, scenario.target.rate_per_s);
  return result;
}

}  // namespace double11::report
