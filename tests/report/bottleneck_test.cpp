// The bottleneck: the right name, a number by Little's law, and a setting that moves it.
#include <double11/core/cores.hpp>
#include <double11/report/bottleneck.hpp>
#include <double11/report/metrics.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
#include <double11/stages/payment.hpp>

#include <cmath>
#include <string>

#include "catch.hpp"
#include "report/records.hpp"
#include "report/row_limit.hpp"
#include "scenarios.hpp"
#include "temporary_file.hpp"

namespace double11::report {
namespace {

using measure::RunRecord;
using scenario::Scenario;
using scenario::small_scenario;

Bottleneck found(const std::vector<std::string>& overrides, double wanted_per_s = 0) {
  const Scenario scenario = small_scenario(overrides);
  return find_bottleneck(scenario, finished_quickly(scenario), wanted_per_s);
}

constexpr const char* kTenMs = R"(payment.latency={"distribution":"constant","mean":"10ms"})";

TEST_CASE("bottleneck: a calendar of servers and a slow channel count, and the setting fits them") {
  const Bottleneck steps =
      found({kTenMs, "payment.servers=1", R"(payment.calendar=[{"at":"0s","servers":10}])"}, 2000);
  CHECK(steps.blamed == "payment");
  CHECK(contains(steps.reason, "on average 10 servers"));
  REQUIRE(contains(steps.setting, R"(payment.calendar=[{"at":"0s","servers":)"));
  const Scenario more = small_scenario({steps.setting});
  CHECK(static_cast<double>(more.payment.calendar.at(0).servers) >= 2000 * 0.010);
  const Bottleneck slow = found({kTenMs, "payment.servers=20",
                                 R"(payment.slowdowns=[{"at":"0s","duration":"1h","factor":0.5}])"},
                                2000);
  CHECK(slow.carries_per_s == Approx(1000));
  const Scenario enough = small_scenario({slow.setting});
  CHECK(static_cast<double>(enough.payment.servers) >= 2 * 2000 * 0.010);
}

// Orders come at 2,000/s: 30 servers carry 3,000/s of 10 ms each, and half of it when slow.
TEST_CASE("bottleneck: servers that are short only while payments are slow") {
  Missed missed;
  missed.any = true;
  missed.latency = true;
  const auto slowed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> overrides{kTenMs, "payment.queue_limit=100k"};
    overrides.insert(overrides.end(), more.begin(), more.end());
    const Scenario scenario = small_scenario(overrides);
    return find_bottleneck(scenario, finished_quickly(scenario), 0, missed);
  };
  const std::string half = R"(payment.slowdowns=[{"at":"200ms","duration":"200ms","factor":0.5}])";
  const Bottleneck few = slowed({"payment.servers=30", half});
  INFO(few.reason << " | " << few.setting);
  CHECK(few.blamed == "payment");
  CHECK(few.carries_per_s == Approx(1500));
  CHECK(contains(few.reason,
                 "payments are slow from 200ms on for 200ms: meanwhile 30 servers / "
                 "20ms per payment carry 1.5k/s"));
  REQUIRE(contains(few.setting, "payment.servers="));
  CHECK(small_scenario({few.setting}).payment.servers >= 40);

  // A fault does the same, and a channel has servers of its own.
  const Bottleneck fault =
      slowed({"payment.servers=30",
              R"(faults=[{"at":"200ms","duration":"200ms","of":"payment","factor":0.5}])"});
  CHECK(fault.reason == few.reason);
  const std::string kind = R"("latency":{"distribution":"constant","mean":"10ms"})";
  const Scenario two = small_scenario(
      {"payment={}",
       R"(payment.channels=[{"name":"a","share":0.5,"servers":15,)" + kind +
           R"(},{"name":"b","share":0.5,"servers":100,)" + kind + "}]",
       R"(faults=[{"at":"200ms","duration":"200ms","of":"payment.a","factor":0.5}])"});
  const Bottleneck channel = find_bottleneck(two, finished_quickly(two), 0, missed);
  INFO(channel.reason << " | " << channel.setting);
  CHECK(contains(channel.reason, "payments of channel a are slow"));
  CHECK(contains(channel.setting, "payment.channels[0].servers="));

  // No number of servers helps while nothing is paid; what is enough when slow is not blamed.
  const Bottleneck down =
      slowed({"payment.servers=30", R"(payment.slowdowns=[{"at":"200ms","duration":"200ms"}])"});
  INFO(down.reason << " | " << down.setting);
  CHECK(contains(down.reason, "payments stand still from 200ms on for 200ms"));
  CHECK(down.setting == "payment.slowdowns[0].duration=100ms");
  const Bottleneck enough = slowed({"payment.servers=100", half});
  INFO(enough.reason);
  CHECK(contains(enough.reason,
                 "its servers are enough, but the channel itself takes 10ms on "
                 "average (payments are slow from 200ms on for 200ms, at 0.5"));
}

TEST_CASE("bottleneck: the row of the hottest SKU") {
  const std::vector<std::string> one_sku{"catalogue.skus=1", "catalogue.hot.skus=0",
                                         "catalogue.hot.share=0", "traffic.basket=[0,1]"};
  const auto with = [&](const std::string& row) {
    std::vector<std::string> overrides = one_sku;
    overrides.push_back("inventory.row=" + row);
    return found(overrides);
  };
  // 1,000 updates a second, two of them for each order.
  const Bottleneck plain = with(R"({"model":"plain","lock":"400us","commit":"600us"})");
  CHECK(plain.blamed == "inventory");
  CHECK(plain.carries_per_s == Approx(500));
  CHECK(plain.setting == "inventory.row.model=group");
  // Two lines by the basket of the only segment.
  const Bottleneck segment = found(
      {"catalogue.skus=1", "catalogue.hot.skus=0", "catalogue.hot.share=0", "traffic.basket=[1]",
       R"(traffic.segments=[{"name":"a","share":1,"basket":{"two":1}}])",
       R"(inventory.row={"model":"plain","lock":"400us","commit":"600us"})"});
  CHECK(segment.carries_per_s == Approx(500));
  // Replayed: three orders of two lines.
  const TemporaryFile orders("rows.csv",
                             "at,buyer,sku,quantity,price,region,order\n"
                             "0,0,0,1,,east,1\n0,0,0,1,,east,1\n0.1,0,0,1,,east,2\n"
                             "0.1,0,0,1,,east,2\n0.2,0,0,1,,east,3\n0.2,0,0,1,,east,3\n");
  const Scenario replayed =
      small_scenario({"catalogue.skus=1", "catalogue.hot.skus=0", "catalogue.hot.share=0",
                      "traffic.basket=[1]", "traffic.replay=" + orders.path(),
                      R"(inventory.row={"model":"plain","lock":"400us","commit":"600us"})"});
  CHECK(row_limit(replayed, finished(replayed)) == Approx(500));
  const Bottleneck group =
      with(R"({"model":"group","update":"1ms","commit":"10ms","group_most":10})");
  CHECK(group.carries_per_s == Approx(250));
  CHECK(group.setting == "inventory.row.update=500us");
}

TEST_CASE("bottleneck: payments that are tried again, or go together, change what servers carry") {
  const Scenario again = small_scenario(
      {kTenMs, "payment.servers=10", "payment.attempts=3", "payment.decline_probability=0.5"});
  const RunRecord record = finished_quickly(again);
  const Bottleneck blame = find_bottleneck(again, record, 0);
  CHECK(blame.blamed == "payment");
  const double tries = 1 + static_cast<double>(record.payments.repeated) /
                               static_cast<double>(record.reservations.granted);
  CHECK(tries > 1.1);
  CHECK(blame.limits[index_of(Stage::payment)].modelled_per_s == Approx(1000 / tries));
  CHECK(contains(blame.reason, "per order"));
  const auto carried = [](const std::vector<std::string>& overrides) {
    return found(overrides).limits[index_of(Stage::payment)].modelled_per_s;
  };
  CHECK(carried({kTenMs, "payment.servers=2", "payment.batch_most=5"}) == Approx(1000));
  // No more go together than may wait.
  CHECK(carried({kTenMs, "payment.servers=2", "payment.batch_most=5", "payment.queue_limit=3"}) ==
        Approx(600));
  CHECK(carried({kTenMs, "payment.servers=2", "payment.batch_most=5", "payment.queue_limit=0"}) ==
        Approx(200));
  CHECK(carried({R"(payment.latency={"distribution":"empirical"})",
                 R"(payment.histogram=[{"value":"5ms"},{"value":"15ms"}])",
                 "payment.servers=10"}) == Approx(1000));
  // A server is not held longer than the shop waits.
  CHECK(carried({R"(payment.latency={"distribution":"constant","mean":"1h"})",
                 "payment.timeout=20ms", "payment.servers=10"}) == Approx(500));
}

TEST_CASE("bottleneck: pauses longer than a reservation need no credits") {
  const Scenario scenario = small_scenario(
      {"admission.in_flight_limit=500", "payment.attempts=15", "payment.decline_probability=0.9",
       "payment.retry_delay=100ms", "payment.retry_backoff=3", "inventory.reservation_ttl=300ms"});
  const Bottleneck blame = find_bottleneck(scenario, finished_quickly(scenario), 0);
  INFO(blame.reason);
  CHECK(blame.limits[index_of(Stage::admission)].modelled_per_s > 500 / 0.7);
}

TEST_CASE("bottleneck: orders that found the payment queue full are payment's loss") {
  Missed missed;
  missed.any = true;
  const Scenario scenario = small_scenario({kTenMs, "payment.servers=24", "payment.queue_limit=0"});
  const RunRecord record = finished_quickly(scenario);
  REQUIRE(record.payments.refused > 50);
  const Bottleneck blame = find_bottleneck(scenario, record, 0, missed);
  INFO(blame.reason);
  CHECK(blame.blamed == "payment");
  CHECK(small_scenario({blame.setting}).payment.servers > 24);
}

TEST_CASE("bottleneck: of a rate that jumps counts what it came to") {
  const Scenario scenario =
      small_scenario({"run.pace=real", "traffic.arrivals=mmpp", "traffic.mmpp.high_factor=2.5"});
  const RunRecord record = finished_quickly(scenario);
  const Bottleneck blame = find_bottleneck(scenario, record, 8000);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "traffic");
  CHECK(blame.carries_per_s == Approx(peak_rate(Funnel::offered, record)));
  CHECK(small_scenario({blame.setting}).traffic.scale > 1);
}

TEST_CASE("bottleneck: of a scaled simulation, in the terms of the file") {
  const std::vector<std::string> file{kTenMs, "payment.servers=500", "traffic.scale=100",
                                      "simulate.scale=0.01"};
  const Scenario scenario = scenario::scaled(small_scenario(file));
  REQUIRE(scenario.payment.servers == 5);
  const Bottleneck blame = find_bottleneck(scenario, finished_quickly(scenario), 0);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  // 200k/s times 10 ms, and some room.
  const std::int64_t servers = small_scenario(live::with(file, {blame.setting})).payment.servers;
  CHECK(servers >= 2000);
  CHECK(servers <= 3000);
}

TEST_CASE("bottleneck: when trying again takes longest, its delay is to be shorter") {
  const std::vector<std::string> slow{R"(payment.latency={"distribution":"constant","mean":"1ms"})",
                                      "payment.attempts=3", "payment.retry_delay=150ms",
                                      "payment.decline_probability=0.3"};
  const Scenario scenario = small_scenario(slow);
  Missed missed;
  missed.any = true;
  missed.latency = true;
  const Bottleneck blame = find_bottleneck(scenario, finished_quickly(scenario), 0, missed);
  CHECK(blame.setting == "payment.retry_delay=75ms");
}

TEST_CASE("bottleneck: a channel that is too slow gets a setting that its law understands") {
  for (const char* const law : {R"({"distribution":"empirical"})",
                                R"({"distribution":"uniform","least":"1ms","most":"99ms"})",
                                R"({"distribution":"constant","mean":"50ms"})",
                                R"({"distribution":"lognormal","p50":"40ms","p99":"90ms"})",
                                R"({"distribution":"lognormal","p50":"40ms","p99":"41ms"})"}) {
    INFO(law);
    const std::vector<std::string> slow{std::string("payment.latency=") + law,
                                        R"(payment.histogram=[{"value":"50ms"}])"};
    const Scenario scenario = small_scenario(slow);
    Missed missed;
    missed.any = true;
    missed.latency = true;
    const Bottleneck blame = find_bottleneck(scenario, finished_quickly(scenario), 0, missed);
    INFO(blame.setting);
    CHECK(blame.blamed == "payment");
    const Scenario mended = small_scenario(live::with(slow, {blame.setting}));
    CHECK(stages::mean_latency_ns(mended.payment) < stages::mean_latency_ns(scenario.payment));
  }
}

TEST_CASE("bottleneck: too few payment servers are named, with what they carry") {
  const std::vector<std::string> few{kTenMs, "payment.servers=10"};
  const Bottleneck blame = found(few);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  CHECK(blame.carries_per_s == Approx(1000).epsilon(0.02));  // 10 servers / 10 ms
  CHECK(contains(blame.reason, "10 servers"));
  REQUIRE(blame.limits.size() == kStages);
  CHECK(blame.limits[index_of(Stage::payment)].modelled_per_s == Approx(1000).epsilon(0.02));
  REQUIRE(contains(blame.setting, "payment.servers="));

  // The suggestion, applied, is enough.
  const Bottleneck after = found(live::with(few, {blame.setting}));
  INFO(after.blamed << ": " << after.reason);
  const auto& payment = after.limits[index_of(Stage::payment)];
  CHECK(payment.modelled_per_s >= payment.demand_per_s);
  CHECK(payment.modelled_per_s >= 2000);
}

// A few servers need a suggestion in whole servers, rounded up.
TEST_CASE("bottleneck: a suggestion of less than ten is more than there is") {
  const std::vector<std::string> one{kTenMs, "payment.servers=1", "traffic.curve[0].rate=150/s",
                                     "traffic.arrivals=constant"};
  const Bottleneck blame = found(one);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  CHECK(small_scenario(live::with(one, {blame.setting})).payment.servers > 1);
}

// Orders that give up in the queue had no service: they must not make the mean service shorter.
TEST_CASE("bottleneck: impatient orders do not make few servers look fast") {
  const Bottleneck blame = found({R"(payment.latency={"distribution":"constant","mean":"100ms"})",
                                  "payment.servers=10", "inventory.reservation_ttl=150ms"});
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  CHECK(blame.carries_per_s < 1000);  // 10 servers / 100 ms are 100/s; 2k/s are offered
}

TEST_CASE("bottleneck: what is wanted decides, not only what was offered") {
  // At pace real; at pace max the target is a rate of the machine.
  const Bottleneck blame = found({kTenMs, "payment.servers=30", "run.pace=real"}, 9000);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "payment");
  const Scenario enough = small_scenario({kTenMs, "payment.servers=30", blame.setting});
  CHECK(static_cast<double>(enough.payment.servers) >= 9000 * 0.010);
}

TEST_CASE("bottleneck: too few credits are named, with what they carry") {
  const std::vector<std::string> few{kTenMs, "admission.in_flight_limit=10",
                                     "payment.decline_probability=0"};
  const Bottleneck blame = found(few);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "admission");
  CHECK(blame.carries_per_s == Approx(1000).epsilon(0.05));  // 10 credits / 10 ms in flight
  REQUIRE(contains(blame.setting, "admission.in_flight_limit="));
  const Bottleneck after = found(live::with(few, {blame.setting}));
  const auto& admission = after.limits[index_of(Stage::admission)];
  CHECK(admission.modelled_per_s >= admission.demand_per_s);
}

TEST_CASE("bottleneck: empty shelves are inventory's") {
  const std::vector<std::string> little{"catalogue.stock=1", "catalogue.hot.skus=0",
                                        "catalogue.hot.share=0"};
  const Bottleneck blame = found(little);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "inventory");
  REQUIRE(contains(blame.setting, "catalogue.stock="));
  const Scenario more = small_scenario(live::with(little, {blame.setting}));
  CHECK(more.catalogue.stock > 1);
}

TEST_CASE("bottleneck: hot stock is named when the hot set is what ran out") {
  const Bottleneck blame =
      found({"catalogue.hot.skus=1", "catalogue.hot.share=0.9", "catalogue.hot.stock=50"});
  CHECK(blame.blamed == "inventory");
  CHECK(contains(blame.setting, "catalogue.hot.stock="));
}

TEST_CASE("bottleneck: a curve that never asks is the traffic's") {
  const Bottleneck blame = found({"run.pace=real"}, 5000);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "traffic");
  CHECK(blame.carries_per_s == Approx(2000));
  REQUIRE(contains(blame.setting, "traffic.scale="));
  const Scenario more = small_scenario({"run.pace=real", blame.setting});
  CHECK(2000 * more.traffic.scale >= 5000);
  CHECK(find_bottleneck(more, finished_quickly(more), 5000).blamed != "traffic");
}

TEST_CASE("bottleneck: a slow machine is named by its dearest stage") {
  const Scenario scenario = small_scenario();
  measure::RunRecord record = finished(scenario);
  record.stages[index_of(Stage::inventory)].busy = std::chrono::seconds(1);
  record.wall = std::chrono::seconds(2);
  const Bottleneck blame = find_bottleneck(scenario, record, 1900);
  INFO(blame.reason << " | " << blame.setting);
  CHECK(blame.blamed == "inventory");
  CHECK(contains(blame.setting, usable_cores() > 1 ? "run.workers=2" : "target.rate="));
  CHECK(blame.carries_per_s == Approx(machine_rate(Funnel::offered, record)));
}

TEST_CASE("bottleneck: more workers are no advice where each core has one") {
  const Scenario scenario = small_scenario();
  measure::RunRecord record = finished(scenario);
  record.workers = usable_cores();
  record.stages[index_of(Stage::inventory)].busy = std::chrono::seconds(1);
  record.wall = std::chrono::seconds(2);
  const Bottleneck max = find_bottleneck(scenario, record, 1900);
  INFO(max.reason << " | " << max.setting);
  CHECK(contains(max.reason, "it has no more cores"));
  REQUIRE(contains(max.setting, "target.rate="));
  const double target_per_s = small_scenario({max.setting}).target.rate_per_s;
  CHECK(target_per_s < max.carries_per_s);
  CHECK(target_per_s > max.carries_per_s * 0.8);
}

TEST_CASE("bottleneck: every suggestion is a setting that loads") {
  for (const double wanted : {0.0, 1.0, 1999.0, 1e5, 1e8}) {
    for (const std::vector<std::string>& overrides :
         {std::vector<std::string>{},
          {"payment.servers=1"},
          {"admission.in_flight_limit=1"},
          {"catalogue.stock=0", "catalogue.hot.stock=0"},
          {"traffic.curve[0].rate=0/s"},
          {"traffic.arrivals=mmpp", "traffic.curve[0].rate=5/s"},
          {"traffic.scale=1e-9"}}) {
      const Bottleneck blame = found(live::with({"duration=50ms"}, overrides), wanted);
      INFO("wanted " << wanted << ": " << blame.blamed << ", " << blame.reason << ", "
                     << blame.setting);
      CHECK(std::isfinite(blame.carries_per_s));
      CHECK_FALSE(blame.reason.empty());
      const auto loaded = scenario::parse(scenario::small_scenario_text(), "small",
                                          live::with(overrides, {blame.setting}));
      CHECK(loaded.scenario.has_value());
    }
  }
}

TEST_CASE("bottleneck: an empty record has one, without nan") {
  const Scenario scenario = small_scenario();
  const Bottleneck blame = find_bottleneck(scenario, measure::RunRecord(scenario), 1000);
  CHECK(std::isfinite(blame.carries_per_s));
  CHECK_FALSE(contains(blame.reason, "nan"));
  CHECK_FALSE(contains(blame.reason, "inf "));
}

}  // namespace
}  // namespace double11::report
