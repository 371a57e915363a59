// With stages large enough, what orders were lost to.
#include <double11/report/result.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "report/records.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

using scenario::Scenario;
using scenario::small_scenario;

Bottleneck blame_of(const std::vector<std::string>& settings) {
  const Scenario sale = small_scenario(settings);
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  return conclude(sale, record).bottleneck;
}

TEST_CASE("losses: orders lost while payment was down are the fault's") {
  const Bottleneck blame =
      blame_of({"inventory.reservation_ttl=300ms", "payment.timeout=250ms",
                R"(faults=[{"at":"500ms","duration":"10min","of":"payment","factor":0}])"});
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  CHECK(contains(blame.reason, "were lost while payment was down from 500ms on"));
  // Shorter than what is left of the sale.
  CHECK(blame.setting == "faults[0].duration=250ms");
}

TEST_CASE("losses: a fault that costs little is not to blame") {
  const Bottleneck blame =
      blame_of({"catalogue.stock=1", "catalogue.hot.stock=1",
                R"(faults=[{"at":"500ms","duration":"1ms","of":"payment","factor":0}])"});
  INFO(blame.reason);
  CHECK(blame.blamed == "inventory");
  CHECK(contains(blame.setting, "stock="));
}

TEST_CASE("losses: of a missed target the largest, however small, and no stage with room") {
  const Bottleneck blame =
      blame_of({"target.rate=2k/s", "target.of=dispatched", "traffic.arrivals=constant",
                R"(payment.latency={"distribution":"constant","mean":"20ms"})",
                "payment.decline_probability=1.9%"});
  INFO(blame.reason);
  CHECK(contains(blame.reason, "were declined"));
  CHECK(contains(blame.setting, "payment.decline_probability="));
}

}  // namespace
}  // namespace double11::report
