#include <double11/scenario/payment_servers.hpp>

#include <chrono>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::scenario {

using namespace std::chrono_literals;

TEST_CASE("payment servers: as many as the calendar says, or those of all channels") {
  const Scenario steady = small_scenario({"payment.servers=7"});
  CHECK(servers_at(steady.payment, Instant(0s)) == 7);
  const Scenario stepped =
      small_scenario({"payment.servers=7",
                      R"(payment.calendar=[{"at":"1s","servers":9},{"at":"2s","servers":3}])"});
  CHECK(servers_at(stepped.payment, Instant(999ms)) == 7);
  CHECK(servers_at(stepped.payment, Instant(1s)) == 9);
  CHECK(servers_at(stepped.payment, Instant(5s)) == 3);
  Payment channels = steady.payment;
  channels.channels.resize(2);
  channels.channels[0].servers = 4;
  channels.channels[1].servers = 5;
  CHECK(servers_at(channels, Instant(1s)) == 9);
}

}  // namespace double11::scenario
