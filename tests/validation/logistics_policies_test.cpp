// Where stock lies before the sale, on the shipped scenario in an hour instead of a day: the better
// the forecast, the sooner the parcels are there.
#include <double11/report/audit.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::virtual_time {
namespace {

struct Delivery {
  std::int64_t parcels;
  double mean_s;
  double promise_share;
  double cost_per_parcel;
  measure::FulfilmentCounts counts;
};

Delivery delivered(std::vector<std::string> settings) {
  settings.insert(settings.end(), {"duration=1h", "logistics.starts_at=10h",
                                   R"(traffic.curve=[{"at":"0s","rate":"25/s"}])"});
  const scenario::Loaded loaded =
      scenario::load(DOUBLE11_SOURCE_DIR "/scenarios/logistics-policies.json", settings);
  for (const scenario::Problem& problem : loaded.problems) UNSCOPED_INFO(text_of(problem));
  REQUIRE(loaded.scenario.has_value());
  SimulateOptions options;
  options.workers = 1;
  const measure::RunRecord record = simulate(*loaded.scenario, options);
  CHECK(report::audit(*loaded.scenario, record).violations == 0);
  const auto parcels = static_cast<double>(record.parcels.parcels);
  const measure::PromiseCounts& domestic = record.delivery.domestic();
  return {record.parcels.parcels, record.delivery.time_s().mean(),
          static_cast<double>(domestic.kept) / static_cast<double>(domestic.parcels),
          static_cast<double>(record.fulfilment.cost().fen) / parcels, record.fulfilment};
}

// That two shares of about `n` differ by more than chance.
void check_above(double more, double less, std::int64_t n) {
  const double mean = (more + less) / 2;
  const double sd = std::sqrt(2 * mean * (1 - mean) / static_cast<double>(n));
  INFO(more << " and " << less << ", standard deviation of the difference " << sd);
  CHECK(more - less > 4 * sd);
}

}  // namespace

TEST_CASE("logistics policies: perfect beats forecast beats uniform beats central") {
  for (const std::string seed : {"11", "12"}) {
    INFO("seed " << seed);
    const auto with = [&](const std::string& policy) {
      return delivered({"seed=" + seed, "logistics.stock.policy=" + policy});
    };
    const Delivery none = with("none");
    const std::vector<Delivery> falling{with("perfect"), with("forecast"), with("uniform"),
                                        with("central")};
    CHECK(none.mean_s < falling[0].mean_s);
    for (std::size_t i = 1; i < falling.size(); ++i) {
      INFO("policy " << i);
      CHECK(falling[i - 1].parcels == falling[i].parcels);
      CHECK(falling[i - 1].mean_s < falling[i].mean_s);
      CHECK(falling[i - 1].cost_per_parcel < falling[i].cost_per_parcel);
      check_above(falling[i - 1].promise_share, falling[i].promise_share, falling[i].parcels);
    }
  }
}

TEST_CASE("logistics policies: a worse forecast is slower and dearer") {
  double before_s = 0;
  double before_cost = 0;
  for (const std::string error : {"0", "0.2", "0.5", "1"}) {
    INFO("forecast error " << error);
    const Delivery delivery = delivered({"logistics.stock.forecast_error=" + error});
    CHECK(delivery.mean_s > before_s);
    CHECK(delivery.cost_per_parcel > before_cost);
    before_s = delivery.mean_s;
    before_cost = delivery.cost_per_parcel;
  }
}

TEST_CASE("logistics policies: shipping ahead is faster, and costs what went the wrong way") {
  const Delivery usual = delivered({});
  const Delivery ahead =
      delivered({"logistics.anticipatory.share=30%", "logistics.anticipatory.last_mile=12min"});
  const Delivery blind =
      delivered({"logistics.anticipatory.share=30%", "logistics.anticipatory.last_mile=12min",
                 "logistics.stock.forecast_error=1"});
  CHECK(usual.counts.ahead_parcels == 0);
  CHECK(ahead.mean_s < usual.mean_s);
  CHECK(ahead.cost_per_parcel > usual.cost_per_parcel);
  CHECK(blind.counts.returns > ahead.counts.returns);
  CHECK(blind.counts.ahead_parcels < ahead.counts.ahead_parcels);
}

// The published case: three times the productivity, 70 % less labour cost.
TEST_CASE("logistics policies: robots instead of people pick as fast for 30 % of the labour") {
  const Delivery people = delivered({R"(logistics.shifts=[{"people":18}])"});
  const Delivery robots = delivered({R"(logistics.shifts=[{"robots":6}])"});
  CHECK(people.mean_s == robots.mean_s);
  // Each warehouse pays whole fen.
  CHECK(static_cast<double>(robots.counts.labour.fen) ==
        Approx(0.3 * static_cast<double>(people.counts.labour.fen)).margin(5));
}

}  // namespace double11::virtual_time
