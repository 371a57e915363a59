#include <double11/virtual_time/network_record.hpp>

#include <cstdint>
#include <random>
#include <vector>

#include "catch.hpp"

namespace double11::virtual_time {

TEST_CASE("Moments: many values at once give the sums of one by one, exactly") {
  std::mt19937_64 random(89);
  for (const std::size_t count : {0U, 1U, 8U, 300U, 5000U}) {
    // Around 32 bits another way is taken.
    for (const unsigned bits : {10U, 31U, 32U, 33U, 62U}) {
      INFO(count << " values of up to " << bits << " bits");
      std::vector<std::int64_t> values(count);
      for (std::int64_t& value : values) value = static_cast<std::int64_t>(random() >> (64 - bits));
      Moments single;
      for (const std::int64_t value : values) single.add(value);
      Moments together;
      together.add_all(values);
      REQUIRE(together.count == single.count);
      REQUIRE(together.sum == single.sum);
      REQUIRE(together.squares == single.squares);
    }
  }
}

}  // namespace double11::virtual_time
