// Placement: every stage has workers, every shard one owner.
#include <double11/live/placement.hpp>

#include <set>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

std::vector<std::uint32_t> workers_of(const Placement& placement, Stage stage) {
  return placement.workers_of(stage);
}

using Workers = std::vector<std::uint32_t>;

TEST_CASE("Placement: every stage has shards and each shard one worker") {
  const std::string kind = GENERATE(std::string("sharded"), std::string("staged"));
  const auto scenario = small_scenario({"run.placement=" + kind});
  for (std::uint32_t workers = 1; workers <= 9; ++workers) {
    INFO(kind << ", " << workers << " workers");
    const Placement placement(scenario, workers);
    CHECK(placement.workers() == workers);
    std::set<std::uint32_t> used;
    for (const Stage stage : kAllStages) {
      const Workers& of = placement.workers_of(stage);
      REQUIRE_FALSE(of.empty());
      REQUIRE(placement.shards(stage) == of.size());
      REQUIRE(std::set<std::uint32_t>(of.begin(), of.end()).size() == of.size());
      std::uint32_t owners = 0;
      for (std::uint32_t worker = 0; worker < workers; ++worker) {
        const int shard = placement.shard_of(stage, worker);
        if (shard < 0) continue;
        ++owners;
        REQUIRE(of[static_cast<std::size_t>(shard)] == worker);
        used.insert(worker);
      }
      REQUIRE(owners == of.size());
    }
    CHECK(used.size() == workers);  // nobody is idle
  }
}

TEST_CASE("Placement: sharded gives every stage to every worker") {
  const Placement placement(small_scenario({"run.placement=sharded"}), 3);
  for (const Stage stage : kAllStages) CHECK(workers_of(placement, stage) == Workers{0, 1, 2});
}

TEST_CASE("Placement: staged divides the stages as drawn in the header") {
  const auto scenario = small_scenario({"run.placement=staged"});
  const Placement two(scenario, 2);
  CHECK(workers_of(two, Stage::admission) == Workers{0});
  CHECK(workers_of(two, Stage::inventory) == Workers{0});
  CHECK(workers_of(two, Stage::payment) == Workers{1});
  CHECK(workers_of(two, Stage::logistics) == Workers{1});
  const Placement four(scenario, 4);
  for (std::uint32_t i = 0; i < 4; ++i) CHECK(workers_of(four, kAllStages[i]) == Workers{i});
}

TEST_CASE("Placement: staged gives spare workers to the dearest stage first") {
  const auto scenario = small_scenario({"run.placement=staged"});
  const auto shards = [&](std::uint32_t workers) {
    const Placement placement(scenario, workers);
    return std::vector<std::uint32_t>{
        placement.shards(Stage::admission), placement.shards(Stage::inventory),
        placement.shards(Stage::payment), placement.shards(Stage::logistics)};
  };
  CHECK(shards(5) == Workers{1, 2, 1, 1});
  CHECK(shards(6) == Workers{2, 2, 1, 1});
  CHECK(shards(7) == Workers{2, 2, 2, 1});
  CHECK(shards(8) == Workers{2, 2, 2, 2});
  CHECK(shards(9) == Workers{2, 3, 2, 2});
}

TEST_CASE("Placement: a station with few servers stays one queue") {
  for (const std::string kind : {"sharded", "staged"}) {
    const auto shards = [&](const std::string& servers) {
      const auto scenario = small_scenario({"run.placement=" + kind, "payment.servers=" + servers});
      return Placement(scenario, 12).shards(Stage::payment);
    };
    INFO(kind);
    CHECK(shards("1") == 1);
    CHECK(shards("100") == 1);
    CHECK(shards("130") == 2);
    CHECK(shards("100000") == (kind == "sharded" ? 12U : 3U));
  }
}

TEST_CASE("Placement: 256 workers") {
  for (const std::string kind : {"sharded", "staged"}) {
    const Placement placement(small_scenario({"run.placement=" + kind}), 256);
    std::size_t owned = 0;
    for (const Stage stage : kAllStages) owned += placement.workers_of(stage).size();
    CHECK(owned >= 256);
  }
}

}  // namespace
}  // namespace double11::live
