// Rules of the door and of buyers who click again: the path to mend and the words.
#include <double11/scenario/load.hpp>

#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"

namespace double11::scenario {
namespace {

using Overrides = std::vector<std::string>;

void check_refused(const Overrides& overrides, const std::string& path, const std::string& words) {
  CAPTURE(overrides);
  const std::vector<Problem> problems = problems_with(overrides);
  REQUIRE(paths_of(problems) == path);
  CAPTURE(text_of(problems[0]));
  CHECK(mentions(problems[0], words));
}

void check_loads(const Overrides& overrides) {
  CAPTURE(overrides);
  CHECK(paths_of(problems_with(overrides)).empty());
}

}  // namespace

TEST_CASE("door rules: ids of clicks at a door need a duration that leaves them room") {
  // 2^31 slices of a millisecond.
  check_loads({"traffic.retry.attempts=2", "duration=24d", "traffic.scale=0.000001"});
  check_refused({"traffic.retry.attempts=2", "duration=25d", "traffic.scale=0.000001"},
                "$.duration", "below 2147483648ms");
  check_refused({"traffic.double_clicks.share=0.1", "duration=25d", "traffic.scale=0.000001"},
                "$.duration", "traffic.double_clicks");
  check_loads({"duration=25d", "traffic.scale=0.000001"});
  // Every door looks at these bits.
  for (const std::string door :
       {"admission.rate_limit.rate=1/s", "admission.waiting_room.rate=1/s",
        "admission.bot_filter.hit=50%", "admission.control=lifo", "traffic.retry.timeout=1s"}) {
    check_refused({door, "duration=25d", "traffic.scale=0.000001"}, "$.duration", "door");
  }
}

TEST_CASE("door rules: a rate is none, or one that can be counted") {
  check_loads({"admission.rate_limit.rate=0/s"});
  check_loads({"admission.rate_limit.rate=0.001/s"});
  check_refused({"admission.rate_limit.rate=0.0009/s"}, "$.admission.rate_limit.rate",
                "at least 0.001/s");
}

TEST_CASE("door rules: what makes a buyer try again is named once") {
  check_loads({R"(traffic.retry.after=["shed","throttled"])"});
  check_loads({"traffic.retry.after=[]"});
  check_refused({R"(traffic.retry.after=["shed","throttled","shed"])"}, "$.traffic.retry.after[2]",
                "a second time");
}

TEST_CASE("door rules: limits that measure the way do not go with a waiting room") {
  for (const std::string control : {"vegas", "gradient2", "sentinel"}) {
    check_loads({"admission.control=" + control});
    check_refused({"admission.control=" + control, "admission.waiting_room.rate=1k/s"},
                  "$.admission.control", "admission.waiting_room");
  }
  for (const std::string control : {"none", "lifo", "codel", "adaptive_lifo"}) {
    check_loads({"admission.control=" + control, "admission.waiting_room.rate=1k/s"});
  }
}

TEST_CASE("door rules: drop_expired needs a timeout") {
  check_refused({"admission.control=drop_expired"}, "$.admission.control",
                "needs traffic.retry.timeout");
  check_loads({"admission.control=drop_expired", "traffic.retry.timeout=1ns",
               "admission.expiry_margin=0s"});
  check_loads({"admission.control=drop_expired", "traffic.retry.timeout=101ms"});
  check_refused({"admission.control=drop_expired", "traffic.retry.timeout=100ms"},
                "$.admission.expiry_margin", "shorter than traffic.retry.timeout (100ms)");
}

TEST_CASE("row rules: lines of segments' baskets wait for the row, too") {
  const std::string row =
      R"(inventory.row={"model":"plain","lock":"1s","update":"1s","commit":"1s","round_trip":"1s"})";
  const Overrides single{row, "admission.in_flight_limit=5M", "traffic.basket=[1]"};
  check_loads(single);
  Overrides four = single;
  four.push_back(R"(traffic.segments=[{"name":"a","share":1,"basket":{"four":1}}])");
  check_refused(four, "$.inventory.row", "longer than 400d");
}

TEST_CASE("fault rules: a fault of admission needs something that it slows down") {
  const auto fault = [](const std::string& of, const std::string& at) {
    return R"(faults=[{"at":")" + at + R"(","duration":"1s","of":")" + of + R"("}])";
  };
  const std::string rate = "admission.rate_limit.rate=1k/s";
  check_refused({fault("admission", "0s")}, "$.faults[0].of",
                "admission needs admission.waiting_room.rate or admission.rate_limit.rate");
  check_refused({fault("inventory", "0s")}, "$.faults[0].of", "needs inventory.row.model");
  check_loads({fault("admission", "0s"), rate});
  check_loads({fault("admission", "5s"), "admission.waiting_room.rate=1k/s"});
  check_refused({fault("admission", "1s"), rate}, "$.faults[0].at", "it has no effect");
  check_loads({fault("admission", "1s"), rate, "traffic.retry.attempts=2"});
  check_loads({fault("payment", "1s")});
}

TEST_CASE("door rules: everybody is done within two years") {
  check_loads({"traffic.retry.attempts=20", "traffic.retry.delay=1s", "traffic.retry.backoff=2"});
  check_refused({"traffic.retry.attempts=256", "traffic.retry.backoff=2"},
                "$.traffic.retry.attempts", "under way for");
  check_loads({"traffic.retry.attempts=256", "traffic.retry.backoff=1"});
  check_refused({"traffic.retry.attempts=256", "traffic.retry.timeout=30d"},
                "$.traffic.retry.attempts", "allowed are 730");
  check_refused({"traffic.retry.attempts=4", "traffic.retry.delay=10d", "traffic.bots.share=0.5",
                 "traffic.bots.speed=0.001"},
                "$.traffic.retry.attempts", "under way for");
  // 4,000 people at a thousandth a second would take 46 days, a millionth 127 years.
  check_loads({"admission.waiting_room.rate=0.001/s"});
  check_refused({"admission.waiting_room.rate=0.000001/s"}, "$.admission.waiting_room.rate",
                "under way for");
  check_loads({"admission.waiting_room.rate=0.000001/s", "admission.waiting_room.limit=2"});
  check_loads({"admission.waiting_room.rate=0.000001/s", "traffic.retry.timeout=1d"});
  check_loads({"admission.waiting_room.rate=1k/s", "admission.waiting_room.opens=400d"});
}

TEST_CASE("door rules: a budget has no more tokens than its sum has room for") {
  check_loads({"traffic.retry.budget.least=1M/s", "traffic.retry.budget.ttl=1d"});
  check_refused({"traffic.retry.budget.least=1.1M/s"}, "$.traffic.retry.budget.least", "1M/s");
}

}  // namespace double11::scenario
