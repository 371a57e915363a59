#include "virtual_time/server_row.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "catch.hpp"
#include "virtual_time/server_tree.hpp"

namespace double11::virtual_time {

TEST_CASE("ServerRow: the same starts and ends as the tree, for every number of servers") {
  if (!ServerRow::fits(1)) {
    SUCCEED("this CPU has no row");
    return;
  }
  CHECK(ServerRow::fits(64));
  CHECK_FALSE(ServerRow::fits(65));
  std::mt19937_64 random(11);
  for (std::int64_t servers = 1; servers <= 64; ++servers) {
    INFO("servers " << servers);
    ServerRow row(servers);
    ServerTree tree(static_cast<std::uint64_t>(servers));
    // Busy a tenth more than can be served, so that all servers take part; with equal instants.
    std::uniform_int_distribution<std::int64_t> service(1, 2000);
    std::uniform_int_distribution<std::int64_t> gap(0, 1800 / servers);
    std::int64_t now = 0;
    for (const std::size_t jobs : {1U, 7U, 256U, 33U}) {
      std::vector<std::int64_t> queued(jobs);
      std::vector<std::int64_t> services(jobs);
      for (std::size_t i = 0; i < jobs; ++i) {
        queued[i] = now += gap(random);
        services[i] = service(random);
      }
      std::vector<std::int64_t> start(jobs);
      std::vector<std::int64_t> until(jobs);
      std::vector<std::int64_t> free(jobs);
      // Now and then services are cut, as after the end of a simulation.
      const std::int64_t latest = jobs == 33 ? now + 500 : INT64_MAX / 2;
      row.serve(queued, services, start, until, free, latest);
      for (std::size_t i = 0; i < jobs; ++i) {
        const std::int64_t begins = std::max(queued[i], tree.first_free());
        REQUIRE(start[i] == begins);
        const std::int64_t ends = std::min(begins + services[i], latest);
        REQUIRE(until[i] == ends);
        REQUIRE(free[i] == tree.occupy_first(ends));
      }
    }
  }
}

}  // namespace double11::virtual_time
