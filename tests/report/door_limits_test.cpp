// What the door keeps from the stages is no demand on them, and its rules are named when they are
// why too little came through.
#include <double11/report/bottleneck.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/scaled.hpp>
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
using Settings = std::vector<std::string>;

// Blame, and the status of a run in which it has been heeded as often as it takes, or ten times.
struct Advised {
  Bottleneck first;
  Status status = Status::missed;
};

Advised advised(Settings settings) {
  Advised result;
  for (int run = 0; run < 10; ++run) {
    const Scenario sale = scenario::scaled(small_scenario(settings));
    const measure::RunRecord record = virtual_time::simulate(sale, {});
    const Result one = conclude(sale, record);
    INFO(one.bottleneck.reason << " | " << one.bottleneck.setting);
    if (run == 0) {
      REQUIRE(one.verdict.status == Status::missed);
      result.first = one.bottleneck;
    }
    result.status = one.verdict.status;
    if (result.status != Status::missed) break;
    settings.push_back(one.bottleneck.setting);
  }
  return result;
}

const std::string kTarget = "target.rate=1500/s";

TEST_CASE("door: a rate limit that is too low is named, and its rate moved") {
  const Advised low =
      advised({kTarget, "admission.rate_limit.rate=300/s", "admission.rate_limit.burst=10"});
  CHECK(low.first.blamed == "admission");
  CHECK(contains(low.first.reason, "rate limit of 300/s"));
  CHECK(contains(low.first.setting, "admission.rate_limit.rate="));
  CHECK(low.status == Status::pass);
  // High enough, but for one at a time only.
  const Advised single =
      advised({kTarget, "admission.rate_limit.rate=2500/s", "admission.rate_limit.burst=1"});
  CHECK(contains(single.first.setting, "admission.rate_limit.burst="));
  CHECK(single.status == Status::pass);
  const Advised cold =
      advised({R"(thresholds=["reserved.share > 90%"])", "admission.rate_limit.rate=4k/s",
               "admission.rate_limit.cold_factor=10", "admission.rate_limit.warm_up=1min"});
  CHECK(contains(cold.first.setting, "admission.rate_limit.warm_up="));
  CHECK(cold.status == Status::pass);
}

TEST_CASE("door: of a scaled sale, the rate limit in the terms of the file") {
  const Advised low = advised({"target.rate=15k/s", "traffic.scale=10", "simulate.scale=0.1",
                               "admission.rate_limit.rate=3k/s"});
  CHECK(low.first.setting == "admission.rate_limit.rate=26k/s");
  CHECK(low.status == Status::pass);
}

TEST_CASE("door: a waiting room that lets too few in is named") {
  const Advised slow = advised({kTarget, "admission.waiting_room.rate=200/s"});
  CHECK(slow.first.blamed == "admission");
  CHECK(contains(slow.first.reason, "waiting room lets 200/s in"));
  CHECK(contains(slow.first.setting, "admission.waiting_room.rate="));
  CHECK(slow.status == Status::pass);
}

TEST_CASE("door: a wait in the waiting room is what a missed latency is about") {
  const std::string quick = R"(thresholds=["latency.dispatched.p50 < 1s"])";
  const Advised slow = advised({quick, "admission.waiting_room.rate=200/s"});
  CHECK(contains(slow.first.reason, "until its waiting room lets them in"));
  CHECK(contains(slow.first.setting, "admission.waiting_room.rate="));
  CHECK(slow.status == Status::pass);
  const Advised late =
      advised({quick, "admission.waiting_room.rate=100k/s", "admission.waiting_room.opens=8s"});
  CHECK(late.first.setting == "admission.waiting_room.opens=4s");
  CHECK(late.status == Status::pass);
}

TEST_CASE("door: rules for bots and buyers are named when they turn too many people away") {
  const Advised filter = advised({kTarget, "admission.bot_filter.false_alarm=90%"});
  CHECK(contains(filter.first.reason, "took for bots"));
  CHECK(filter.first.setting == "admission.bot_filter.false_alarm=0.09");
  CHECK(filter.status == Status::pass);
  const Advised clicks =
      advised({kTarget, "admission.buyer_rate.clicks_most=1", "traffic.buyers=100"});
  CHECK(contains(clicks.first.reason, "too many of one buyer"));
  CHECK(contains(clicks.first.setting, "admission.buyer_rate.clicks_most="));
  CHECK(clicks.status == Status::pass);
  const Advised units = advised({kTarget, "admission.buyer_units_most=1", "traffic.buyers=100"});
  CHECK(contains(units.first.reason, "more units than one buyer may have"));
  CHECK(contains(units.first.setting, "admission.buyer_units_most="));
  CHECK(units.status == Status::pass);
}

TEST_CASE("door: a threshold that its losses miss names the rule that cost most") {
  const Advised room =
      advised({R"(thresholds=["dispatched.share > 90%"])", "admission.waiting_room.rate=1k/s",
               "admission.waiting_room.limit=10", "traffic.arrivals=constant"});
  CHECK(contains(room.first.reason, "found its waiting room full"));
  CHECK(contains(room.first.setting, "admission.waiting_room.limit="));
  CHECK(room.status == Status::pass);
  const Advised limit = advised(
      {R"(thresholds=["outcome.throttled.share < 10%"])", "admission.rate_limit.rate=500/s"});
  CHECK(contains(limit.first.reason, "above its rate limit"));
  CHECK(contains(limit.first.setting, "admission.rate_limit.rate="));
  CHECK(limit.status == Status::pass);
}

TEST_CASE("door: what it turns away is no demand on credits and payment") {
  // One in ten of 2k/s gets to payment, whose servers carry 1k/s.
  const Settings few{"admission.bot_filter.false_alarm=90%", "payment.servers=10",
                     R"(payment.latency={"distribution":"constant","mean":"10ms"})"};
  const Scenario sale = small_scenario(few);
  const Bottleneck blame = find_bottleneck(sale, virtual_time::simulate(sale, {}), 0);
  const StageLimit& payment = blame.limits[index_of(Stage::payment)];
  CHECK(payment.modelled_per_s == Approx(1000));
  CHECK(payment.demand_per_s < 400);
  // A full queue for credits still hides nothing.
  const Scenario credits =
      small_scenario({few[1], few[2], "admission.in_flight_limit=5", "admission.queue_limit=0",
                      "admission.bot_filter.false_alarm=1%"});
  const Bottleneck behind = find_bottleneck(credits, virtual_time::simulate(credits, {}), 0);
  CHECK(behind.limits[index_of(Stage::payment)].demand_per_s > 1500);
}

TEST_CASE("door: too little traffic is the traffic's, whatever a rule took of it") {
  const Scenario sale = small_scenario({"target.rate=5k/s", "admission.bot_filter.false_alarm=5%"});
  const measure::RunRecord record = virtual_time::simulate(sale, {});
  const Result result = conclude(sale, record);
  CHECK(result.bottleneck.blamed == "traffic");
}

}  // namespace
}  // namespace double11::report
