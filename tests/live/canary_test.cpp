// Canaries: every planted bug breaks the law that is meant to catch it, and is named.
#include <double11/live/canary.hpp>
#include <double11/live/run.hpp>

#include <cstdint>
#include <string>
#include <thread>

#include "catch.hpp"
#include "live/hand_driven.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11::live {
namespace {

using scenario::small_scenario;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Positions in Audit::laws, in the order of the design.
constexpr std::size_t kOutcomeLaw = 0;
constexpr std::size_t kStockLaw = 1;
constexpr std::size_t kReservationLaw = 2;
constexpr std::size_t kMoneyLaw = 3;
constexpr std::size_t kParcelLaw = 4;
constexpr std::size_t kPaidLaw = 5;
constexpr std::size_t kUnitLaw = 6;
constexpr std::size_t kAnswerLaw = 7;
constexpr std::size_t kPatienceLaw = 9;

template <typename Check>
void plant(Canary canary, Check check) {
  for (const std::string placement : {"sharded", "staged"}) {
    for (const std::uint32_t workers : {1U, 2U, 4U}) {
      INFO(placement << ", " << workers << " workers");
      const auto scenario = small_scenario({"run.placement=" + placement});
      const measure::RunRecord record = drive_to_end(scenario, workers, workers, canary);
      const report::Audit audit = report::audit(scenario, record);
      REQUIRE(audit.violations > 0);
      check(record, audit);
    }
  }
}

TEST_CASE("canary: a lost order is missed and named") {
  plant(Canary::lost_order, [](const measure::RunRecord& record, const report::Audit& audit) {
    const measure::OrderSet& arrived = record.books.arrivals();
    const measure::OrderSet ended = record.books.all_outcomes();
    REQUIRE(arrived.count == ended.count + 1);
    const report::Law& law = audit.laws[kOutcomeLaw];
    INFO(law.offender);
    CHECK(law.violations == 1);
    CHECK(contains(law.offender, std::to_string(arrived.id_sum - ended.id_sum)));
    // Its stock is reserved for good.
    CHECK(audit.laws[kStockLaw].violations > 0);
    CHECK(audit.laws[kReservationLaw].violations == 1);
    CHECK(audit.laws[kMoneyLaw].violations == 0);
    CHECK(record.still_in_flight == 1);
  });
}

TEST_CASE("canary: a second parcel is missed and named") {
  plant(Canary::double_dispatch, [](const measure::RunRecord& record, const report::Audit& audit) {
    const measure::OrderSet& dispatched = record.books.outcomes(Outcome::dispatched);
    REQUIRE(record.parcels.parcels == dispatched.count + 1);
    const report::Law& law = audit.laws[kParcelLaw];
    INFO(law.offender);
    CHECK(law.violations == 1);
    CHECK(contains(law.offender, std::to_string(record.parcels.id_sum - dispatched.id_sum)));
    CHECK(audit.violations == 1);
  });
}

TEST_CASE("canary: stock that does not go back is missed and named") {
  plant(Canary::leaked_reservation,
        [](const measure::RunRecord& record, const report::Audit& audit) {
          const report::Law& law = audit.laws[kStockLaw];
          CHECK(law.violations > 0);
          CHECK(contains(law.offender, "SKU"));
          CHECK(audit.laws[kReservationLaw].violations == 1);
          CHECK(audit.laws[kOutcomeLaw].violations == 0);
          CHECK(record.still_in_flight == 0);
        });
}

TEST_CASE("canary: a fen too much is missed") {
  plant(Canary::wrong_amount, [](const measure::RunRecord&, const report::Audit& audit) {
    CHECK(audit.violations == 1);
    CHECK(audit.laws[kMoneyLaw].violations == 1);
  });
}

TEST_CASE("canary: a paid order that is sent home is missed") {
  plant(Canary::stranded_payment, [](const measure::RunRecord& record, const report::Audit& audit) {
    CHECK(audit.laws[kPaidLaw].violations == 1);
    CHECK(audit.laws[kAnswerLaw].violations == 1);
    CHECK(audit.laws[kMoneyLaw].violations ==
          (record.payments.captured - record.books.turnover()).fen);
    CHECK(audit.laws[kOutcomeLaw].violations == 0);
  });
}

TEST_CASE("canary: a single unit that does not go back is missed") {
  plant(Canary::lost_unit, [](const measure::RunRecord&, const report::Audit& audit) {
    CHECK(audit.violations == 2);
    CHECK(audit.laws[kUnitLaw].violations == 1);
    CHECK(audit.laws[kStockLaw].violations == 1);
  });
}

TEST_CASE("canary: an outcome in the wrong column is missed") {
  plant(Canary::misfiled_outcome, [](const measure::RunRecord&, const report::Audit& audit) {
    CHECK(audit.violations == 1);
    CHECK(audit.laws[kAnswerLaw].violations == 1);
  });
}

TEST_CASE("canary: a buyer without patience in the wrong column is missed") {
  const auto scenario = small_scenario(
      {"payment.servers=30", R"(payment.patience={"distribution":"constant","mean":"9ms"})"});
  const measure::RunRecord record = drive_to_end(scenario, 2, 1, Canary::misfiled_patience);
  const report::Audit audit = report::audit(scenario, record);
  CHECK(audit.violations == 1);
  CHECK(audit.laws[kPatienceLaw].violations == 1);
}

TEST_CASE("canary: an oversold unit is missed and named, whatever sells it") {
  for (const std::string& strategy : kSafeStrategies) {
    INFO(strategy);
    const auto scenario =
        small_scenario({"inventory.strategy=" + strategy, "catalogue.hot.skus=1",
                        "catalogue.hot.share=0.9", "catalogue.hot.stock=300", "traffic.basket=[1]",
                        "traffic.quantity_max=1", "payment.decline_probability=0"});
    const measure::RunRecord record = drive_to_end(scenario, 3, 1, Canary::oversold_unit);
    const report::Audit audit = report::audit(scenario, record);
    const report::Law& law = audit.laws[kStockLaw];
    CHECK(law.violations == 1);
    CHECK(contains(law.offender, "SKU 0: initial 300, available 0, sold 301: 1 units oversold"));
    CHECK(audit.laws[kUnitLaw].violations == 1);
    CHECK(audit.laws[kOutcomeLaw].violations == 0);
  }
}

TEST_CASE("canary: threads plant one of them, too") {
  for (const Canary canary :
       {Canary::lost_order, Canary::double_dispatch, Canary::leaked_reservation}) {
    INFO(kCanaryNames[static_cast<std::size_t>(canary)]);
    const auto scenario = small_scenario({"run.workers=3"});
    RunOptions options;
    options.canary = canary;
    const measure::RunRecord record = run(scenario, options);
    CHECK(report::audit(scenario, record).violations > 0);
    CHECK(record.books.arrivals().count - record.books.all_outcomes().count ==
          (canary == Canary::lost_order ? 1 : 0));
  }
}

TEST_CASE("canary: names lead to canaries and nothing else does") {
  for (std::size_t i = 0; i < kCanaryNames.size(); ++i) {
    REQUIRE(canary_of(kCanaryNames[i]) == static_cast<Canary>(i));
  }
  CHECK_FALSE(canary_of("").has_value());
  CHECK_FALSE(canary_of("lost").has_value());
}

// Threads must meet between a read and a write of the same word for this. Four lines of the hot
// item per order make that likely; a machine whose cores are busy may need more than one try.
TEST_CASE("unsafe inventory: the audit catches it and names the hot item") {
  if (std::thread::hardware_concurrency() < 2) {
    WARN("one core: threads hardly ever meet between a read and a write");
    return;
  }
  const auto loaded =
      scenario::load(DOUBLE11_SOURCE_DIR "/scenarios/hot-item.json",
                     {"inventory.strategy=unsafe", "traffic.scale=2", "catalogue.hot.stock=10M",
                      "catalogue.hot.share=1", "traffic.basket=[0,0,0,1]", "run.workers=2"});
  REQUIRE(loaded.scenario.has_value());
  bool caught = false;
  for (int attempt = 0; attempt < 60 && !caught; ++attempt) {
    const measure::RunRecord record = run(*loaded.scenario);
    const report::Audit audit = report::audit(*loaded.scenario, record);
    const report::Law& law = audit.laws[kStockLaw];
    INFO(law.offender);
    caught = law.violations > 0;
    if (caught) CHECK(contains(law.offender, "SKU 0:"));
    CHECK(audit.laws[kOutcomeLaw].violations == 0);
    CHECK(record.books.arrivals().count > 900'000);
  }
  CHECK(caught);
}

}  // namespace
}  // namespace double11::live
