// What is said about several payment channels: the text, the JSON and who gives way first.
#include <double11/report/bottleneck.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/load.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/channel_limits.hpp"
#include "report/records.hpp"
#include "report/text_parts.hpp"
#include "scenarios.hpp"

namespace double11::report {
namespace {

std::vector<std::string> channels(const std::string& more_a, const std::string& more_b,
                                  std::vector<std::string> overrides = {}) {
  overrides.insert(
      overrides.begin(),
      {"payment={}", R"(payment.channels=[{"name":"wallet","share":0.7,"latency":{"mean":"20ms"})" +
                         more_a + R"(},{"name":"bank","share":0.3,"latency":{"mean":"40ms"})" +
                         more_b + "}]"});
  return overrides;
}

// The setting that is suggested must load, and name the channel it should.
Bottleneck blamed_in(const std::vector<std::string>& overrides, const Missed& missed = {}) {
  const auto scenario = scenario::small_scenario(overrides);
  const Bottleneck result = find_bottleneck(scenario, finished_quickly(scenario), 0, missed);
  std::vector<std::string> with_setting = overrides;
  with_setting.push_back(result.setting);
  scenario::small_scenario(with_setting);
  return result;
}

TEST_CASE("bottleneck: of several channels the one without room is named") {
  // 30 % of 2k/s at 40 ms need 24 servers.
  const Bottleneck tight = blamed_in(channels(R"(,"servers":60)", R"(,"servers":15)"));
  CHECK(tight.blamed == "payment");
  CHECK(contains(tight.reason, "channel bank: 15 servers / "));
  CHECK(contains(tight.setting, "payment.channels[1].servers="));
  CHECK(tight.carries_per_s < 1600);
  CHECK(tight.carries_per_s > 1000);
  const Bottleneck other = blamed_in(channels(R"(,"servers":20)", R"(,"servers":50)"));
  CHECK(contains(other.setting, "payment.channels[0].servers="));
}

TEST_CASE("bottleneck: losses are blamed on the channel that has them") {
  const Missed missed{true, false};
  const Bottleneck declined = blamed_in(
      channels(R"(,"servers":9000,"decline_probability":0.1)", R"(,"servers":9000,)"
                                                               R"("decline_probability":0.6)"),
      missed);
  CHECK(contains(declined.setting, "payment.channels[1].decline_probability=0.3"));
  const Bottleneck late =
      blamed_in(channels(R"(,"servers":9000)", R"(,"servers":9000,"timeout":"10ms")"), missed);
  CHECK(late.setting == "payment.channels[1].timeout=40ms");
  const Bottleneck slow =
      blamed_in(channels(R"(,"servers":9000)", R"(,"servers":9000)"), {true, true});
  CHECK(contains(slow.setting, "payment.channels["));
  CHECK(contains(slow.setting, ".latency.mean="));
}

TEST_CASE("bottleneck: a breaker that opened for slow calls is not moved by declines") {
  const std::string guarded = R"(,"servers":9000,"breaker":"on")";
  const Bottleneck slow = blamed_in(
      channels(guarded, guarded,
               {R"(payment.breaker={"window":10,"slow_call":"1ms","open_time":"10min"})"}),
      {true, false});
  CHECK(contains(slow.reason, "declined"));
  CHECK(contains(slow.setting, "].breaker=off"));
}

TEST_CASE("channels: the mean payment of a run without any is by the shares of all channels") {
  const auto scenario = scenario::small_scenario(
      channels(R"(,"servers":9000)", R"(,"servers":9000)", {"traffic.curve[0].rate=0/s"}));
  const measure::RunRecord record = finished(scenario);
  REQUIRE(record.payments.channels.size() == 2);
  REQUIRE(record.payments.channels[0].started == 0);
  CHECK(channels_seconds(scenario, record) == Approx(0.7 * 0.020 + 0.3 * 0.040));
}

TEST_CASE("text and JSON: channels are shown only when there are some") {
  const auto plain = scenario::small_scenario();
  const measure::RunRecord plain_record = finished(plain);
  CHECK(channel_part(conclude(plain, plain_record)).empty());
  const auto without = nlohmann::json::parse(json(conclude(plain, plain_record)));
  CHECK(without["payments"]["channels"].empty());
  CHECK(without["payments"]["reasons"].empty());

  const auto scenario = scenario::small_scenario(
      channels(R"(,"servers":9000)", R"(,"servers":9000,"decline_probability":0.5,"breaker":"on")",
               {R"(payment.reasons=[{"name":"fraud","share":0.5},{"name":"funds","share":0.5}])",
                R"(payment.breaker={"window":10,"open_time":"50ms"})"}));
  const measure::RunRecord record = finished(scenario);
  const Result result = conclude(scenario, record);
  const std::string text = channel_part(result);
  for (const char* const word : {"wallet", "bank", "fraud", "funds", "opened"}) {
    INFO(word << " in " << text);
    CHECK(contains(text, word));
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    CHECK(end - at <= 80);
    at = end + 1;
  }
  const auto document = nlohmann::json::parse(json(result));
  const auto& listed = document["payments"]["channels"];
  REQUIRE(listed.size() == 2);
  CHECK(listed[1]["name"] == "bank");
  CHECK(listed[1]["breaker_opened"] > 0);
  CHECK(listed[1]["avoided"] > 0);
  std::int64_t paid = 0;
  for (const auto& channel : listed) {
    CHECK(channel["started"] == channel["paid"].get<std::int64_t>() +
                                    channel["declined"].get<std::int64_t>() +
                                    channel["timed_out"].get<std::int64_t>());
    CHECK(channel["declined"] == channel["reasons"]["fraud"].get<std::int64_t>() +
                                     channel["reasons"]["funds"].get<std::int64_t>());
    paid += channel["paid"].get<std::int64_t>();
  }
  CHECK(document["payments"]["paid"] == paid);
}

}  // namespace
}  // namespace double11::report
