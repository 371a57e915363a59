// The reference table of overload controls (overload_table.hpp), by a whole sale: a payment channel
// with one server is what can do 1000 a second, and the door has the controls.
#include "validation/overload_table.hpp"

#include <double11/report/audit.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::virtual_time {
namespace {

using Settings = std::vector<std::string>;
using overload::kFirstSeed;
using overload::kSeeds;

constexpr int kEndS = 110;

// Orders queue at the door for the only credit, under its control.
Settings at_the_door(const Settings& more) {
  Settings all{"admission.in_flight_limit=1", "admission.queue_limit=100M"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

// Orders queue at the channel; a limit says how many may be in flight.
Settings with_limit(const std::string& control) {
  return {"admission.in_flight_limit=100M", "payment.queue_limit=100M",
          "admission.control=" + control};
}

Settings with_budget(double share) {
  return at_the_door({fmt::format("traffic.retry.budget.share={}", share)});
}

const std::map<std::string, Settings> kPolicies{
    {"no retries", at_the_door({"traffic.retry.attempts=1"})},
    {"retries with backoff", at_the_door({})},
    {"retries at once", at_the_door({"traffic.retry.delay=1us", "traffic.retry.backoff=1"})},
    {"retry budget 10 %", with_budget(0.1)},
    {"retry budget 20 %", with_budget(0.2)},
    {"retry budget 50 %", with_budget(0.5)},
    {"queue of 0.4 s", at_the_door({"admission.queue_limit=400"})},
    {"queue of 1 s", at_the_door({"admission.queue_limit=1000"})},
    {"drop expired", at_the_door({"admission.control=drop_expired"})},
    {"LIFO", at_the_door({"admission.control=lifo"})},
    {"CoDel", at_the_door({"admission.control=codel"})},
    {"adaptive LIFO", at_the_door({"admission.control=adaptive_lifo"})},
    {"Vegas", with_limit("vegas")},
    {"Gradient2", with_limit("gradient2")},
};

measure::RunRecord simulated(const overload::Row& row, std::uint64_t seed, const Settings& load) {
  Settings settings{R"(traffic.retry={"attempts":4,"timeout":"500ms","delay":"100ms","backoff":2,)"
                    R"("jitter":0.5,"after":["timed_out","shed"]})",
                    "traffic.basket=[1]",
                    "traffic.quantity_max=1",
                    "catalogue.stock=100M",
                    "catalogue.hot.stock=100M",
                    "payment.servers=1",
                    "payment.timeout=1d",
                    "inventory.reservation_ttl=1d",
                    "payment.decline_probability=0",
                    R"(payment.latency={"distribution":"exponential","mean":"1ms"})"};
  settings.push_back(fmt::format("seed={}", seed));
  settings.insert(settings.end(), load.begin(), load.end());
  const Settings& policy = kPolicies.at(row.policy);
  settings.insert(settings.end(), policy.begin(), policy.end());
  const auto scenario = scenario::small_scenario(settings);
  SimulateOptions options;
  options.workers = 1;
  const measure::RunRecord record = simulate(scenario, options);
  INFO(row.policy << ", seed " << seed);
  REQUIRE(report::audit(scenario, record).violations == 0);
  return record;
}

double goodput_per_s(const measure::RunRecord& record, int from_s, int to_s) {
  const auto& rows = record.series.rows();
  double sum = 0;
  for (int second = from_s; second < to_s; ++second) {
    sum += rows.at(static_cast<std::size_t>(second))[index_of(Funnel::dispatched)];
  }
  return sum / (to_s - from_s);
}

// The first whole second after the dip with 90 % of the load answered in time.
int recovery_s(const measure::RunRecord& record, double rate_per_s) {
  for (int second = overload::kDipEndS; second < kEndS; ++second) {
    if (goodput_per_s(record, second, second + 1) >= 0.9 * rate_per_s) {
      return second - overload::kDipEndS;
    }
  }
  return overload::kNever;
}

void check_dip(const overload::Row& row, const overload::Dip& table, double rate_per_s,
               double dip_speed) {
  overload::Found found;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const measure::RunRecord record = simulated(
        row, seed,
        {fmt::format("duration={}s", kEndS), fmt::format("traffic.curve[0].rate={}/s", rate_per_s),
         fmt::format(R"(faults=[{{"at":"{}s","duration":"{}s","of":"payment","factor":{}}}])",
                     overload::kDipAtS, overload::kDipEndS - overload::kDipAtS, dip_speed)});
    found.add(goodput_per_s(record, overload::kDipAtS, overload::kDipEndS),
              goodput_per_s(record, kEndS - 20, kEndS), recovery_s(record, rate_per_s));
  }
  overload::check_dip(row, table, rate_per_s, dip_speed, found);
}

}  // namespace

TEST_CASE("overload table: 700 a second and a channel at 0.3 of its speed for 10 s") {
  for (const overload::Row& row : overload::kTable) check_dip(row, row.deep, 700, 0.3);
}

TEST_CASE("overload table: 900 a second and a channel at half its speed for 10 s") {
  for (const overload::Row& row : overload::kTable) check_dip(row, row.near, 900, 0.5);
}

TEST_CASE("overload table: 1500 a second for ever") {
  for (const overload::Row& row : overload::kTable) {
    double goodput = 0;
    for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
      const measure::RunRecord record =
          simulated(row, seed, {"duration=40s", "traffic.curve[0].rate=1500/s"});
      goodput += goodput_per_s(record, 10, 40) / kSeeds;
    }
    overload::check_steady(row, goodput);
  }
}

}  // namespace double11::virtual_time
