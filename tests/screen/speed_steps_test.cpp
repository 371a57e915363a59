// The speeds that two keys choose.
#include <double11/core/steering.hpp>
#include <double11/screen/speed_steps.hpp>

#include <vector>

#include "catch.hpp"

namespace double11::screen {
namespace {

using measure::Runtime;
constexpr double kUnlimited = Steering::kUnlimited;

TEST_CASE("speed steps: the first step down is at or below what the machine reaches") {
  for (const Runtime runtime : {Runtime::pace_max, Runtime::virtual_time}) {
    CHECK(slower(kUnlimited, 8.9, runtime) == Approx(5));
    CHECK(slower(kUnlimited, 5, runtime) == Approx(5));
    CHECK(slower(kUnlimited, 12'345, runtime) == Approx(10'000));
    CHECK(slower(kUnlimited, 0, runtime) == Approx(0.1));
  }
}

TEST_CASE("speed steps: down to a tenth, and up again by the same ones until nothing holds") {
  double limit = kUnlimited;
  std::vector<double> down;
  for (int i = 0; i < 8; ++i) down.push_back(limit = slower(limit, 8.9, Runtime::pace_max));
  CHECK(down == std::vector<double>{5, 2, 1, 0.5, 0.2, 0.1, 0.1, 0.1});
  std::vector<double> up;
  for (int i = 0; i < 7; ++i) up.push_back(limit = faster(limit, 8.9, Runtime::pace_max));
  CHECK(up == std::vector<double>{0.2, 0.5, 1, 2, 5, kUnlimited, kUnlimited});
}

TEST_CASE(
    "speed steps: a limit from the start goes up step by step, whatever was reached under it") {
  double limit = 20;
  std::vector<double> up;
  for (int i = 0; i < 4; ++i) up.push_back(limit = faster(limit, 0, Runtime::virtual_time));
  CHECK(up == std::vector<double>{50, 100, 200, 500});
  CHECK(faster(5e9, 0, Runtime::virtual_time) == kUnlimited);
}

TEST_CASE("speed steps: from a speed that is no step to the next that is one") {
  CHECK(faster(3, 100, Runtime::virtual_time) == Approx(5));
  CHECK(slower(3, 100, Runtime::virtual_time) == Approx(2));
}

TEST_CASE("speed steps: at pace real from a tenth to ten, never without limit") {
  CHECK(faster(1, 1, Runtime::pace_real) == Approx(2));
  CHECK(faster(10, 10, Runtime::pace_real) == Approx(10));
  CHECK(slower(1, 1, Runtime::pace_real) == Approx(0.5));
  CHECK(slower(0.1, 1, Runtime::pace_real) == Approx(0.1));
  CHECK(slower(kUnlimited, 1, Runtime::pace_real) == Approx(0.5));
  CHECK(faster(kUnlimited, 1, Runtime::pace_real) == Approx(2));
}

}  // namespace
}  // namespace double11::screen
