#include <double11/measure/run_record.hpp>

#include <array>
#include <cstdint>
#include <memory>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::measure {

TEST_CASE("the funnel counts the orders that took each step") {
  const scenario::Scenario scenario = scenario::small_scenario();
  const auto record = std::make_unique<RunRecord>(scenario);
  const std::array<std::int64_t, kFunnelSteps> wanted{9, 7, 5, 3, 2};
  for (std::uint32_t i = 0; i < 9; ++i) {
    Order order;
    order.id = OrderId(0, i);
    record->books.arrived(order, 1);
  }
  for (std::size_t step = 1; step < kFunnelSteps; ++step) {
    for (std::int64_t i = 0; i < wanted[step]; ++i) record->latency[step].record(i);
  }
  CHECK(funnel_of(*record) == wanted);
}

TEST_CASE("a new record is empty and its series fits the scenario") {
  const scenario::Scenario scenario = scenario::small_scenario({"duration=45s"});
  const auto record = std::make_unique<RunRecord>(scenario);
  CHECK(funnel_of(*record) == std::array<std::int64_t, kFunnelSteps>{});
  CHECK(record->series.interval() == std::chrono::seconds(1));
  CHECK(record->series.rows().size() >= 75);
  CHECK_FALSE(record->interrupted);
}

}  // namespace double11::measure
