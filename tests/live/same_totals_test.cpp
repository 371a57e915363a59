// The same scenario is the same sale, on any number of threads and under either placement.
#include <double11/live/run.hpp>

#include <cstdint>
#include <string>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

TEST_CASE("same totals: order stream and outcomes on 1, 2 and 4 threads, both placements") {
  const auto reference_scenario = small_scenario({"run.workers=1", "payment.timeout=60ms"});
  const measure::RunRecord reference = run(reference_scenario);
  require_clean(reference_scenario, reference);
  REQUIRE(reference.books.stream_print() != 0);
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::string& strategy : kSafeStrategies) {
      for (const std::string workers : {"1", "2", "4"}) {
        INFO(placement << ", " << strategy << ", " << workers << " workers");
        const auto scenario =
            small_scenario({"run.placement=" + placement, "inventory.strategy=" + strategy,
                            "run.workers=" + workers, "payment.timeout=60ms"});
        const measure::RunRecord record = run(scenario);
        require_clean(scenario, record);
        CHECK(record.books.stream_print() == reference.books.stream_print());
        CHECK(totals_of(record) == totals_of(reference));
        CHECK(record.books.turnover() == reference.books.turnover());
        CHECK(record.available == reference.available);
        CHECK(record.workers == std::stoll(workers));
        CHECK(record.wall > Duration(0));
        CHECK_FALSE(record.interrupted);
      }
    }
  }
}

TEST_CASE("same totals: another seed is another order stream") {
  const measure::RunRecord one = drive_to_end(small_scenario({"seed=1"}), 1, 1);
  const measure::RunRecord other = drive_to_end(small_scenario({"seed=2"}), 1, 1);
  CHECK(one.books.stream_print() != other.books.stream_print());
}

TEST_CASE("same totals: a setting of a later stage leaves the shoppers alone") {
  const measure::RunRecord one = drive_to_end(small_scenario(), 1, 1);
  const measure::RunRecord other =
      drive_to_end(small_scenario({"payment.servers=3", "payment.queue_limit=5"}), 1, 1);
  CHECK(one.books.stream_print() == other.books.stream_print());
  CHECK(totals_of(one) != totals_of(other));
}

}  // namespace
}  // namespace double11::live
