#include <double11/study/capacity.hpp>

#include <cmath>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <utility>

#include "catch.hpp"

namespace double11::study {
namespace {

Answer answer(bool passes) {
  return passes ? Answer::pass : Answer::fail;
}

// Passes up to `limit`, whatever the seed.
Trial up_to(double limit) {
  return [limit](double value, std::int64_t) { return answer(value <= limit); };
}

Trial from(double limit) {
  return [limit](double value, std::int64_t) { return answer(value >= limit); };
}

// A limit of its own for each seed.
constexpr double kLimits[] = {100, 93, 104, 97};

}  // namespace

TEST_CASE("capacity: the highest value is found to the tolerance, from below and from above") {
  const double start = GENERATE(0.3, 1.0, 57.0, 900.0);
  const double limit = GENERATE(0.71, 3.3, 59.0, 640.0);
  const double tolerance = GENERATE(0.1, 0.01, 0.001);
  CapacityOptions options;
  options.start = start;
  options.tolerance = tolerance;
  options.unit = 1e-9;
  options.limit = GENERATE(Limit::unknown, Limit::highest);
  if (limit / start > 1000 || start / limit > 1000) return;  // farther than it looks unasked
  const Capacity found = find_capacity(options, up_to(limit));
  REQUIRE(found.ending == Ending::found);
  CHECK(found.limit == Limit::highest);
  CHECK(*found.passes <= limit);
  CHECK(*found.fails > limit);
  CHECK(*found.fails - *found.passes <= tolerance * *found.passes * (1 + 1e-9));
  CHECK_FALSE(found.surprise.has_value());
}

TEST_CASE("capacity: the lowest whole number is found exactly when the tolerance is below one") {
  const double limit = GENERATE(1.0, 2.0, 3.0, 7.0, 20.0, 21.0, 39.0, 40.0);
  CapacityOptions options;
  options.start = GENERATE(1.0, 2.0, 20.0, 40.0);
  options.least = {1};
  options.whole = true;
  const Capacity found = find_capacity(options, from(limit));
  if (limit == 1) {
    CHECK(found.ending == Ending::all_pass);
    return;
  }
  REQUIRE(found.ending == Ending::found);
  CHECK(found.limit == Limit::lowest);
  CHECK(*found.passes == limit);
  CHECK(*found.fails == limit - 1);
  for (const Tried& one : found.tried) CHECK(one.value == std::floor(one.value));
}

TEST_CASE("capacity: a limit a thousand times away is found in few trials, none of them twice") {
  CapacityOptions options;
  options.start = 35'000;
  options.least = {1};
  options.whole = true;
  options.confirm = 0;
  options.look_beyond = false;
  const Capacity found = find_capacity(options, from(19'113));
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes >= 19'113);
  CHECK(*found.passes <= 19'113 * 1.01);
  CHECK(found.tried.size() <= 10);  // the start, half of it, seven halvings of the rest
  CHECK(found.confidence == 0);
  std::set<std::pair<double, std::int64_t>> seen;
  for (const Tried& one : found.tried) CHECK(seen.insert({one.value, one.seed}).second);
}

TEST_CASE("capacity: from nothing up, the first step is the unit") {
  CapacityOptions options;
  options.start = 0;
  options.most = {1};
  options.unit = 0.01;
  const Capacity found = find_capacity(options, up_to(0.3));
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(0.3).epsilon(0.011));
  CHECK(found.tried[1].value == 0.01);
}

TEST_CASE("capacity: a limit at nothing ends, too") {
  CapacityOptions options;
  options.start = 0.02;
  options.unit = 0.01;
  const Capacity found = find_capacity(options, up_to(0));
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == 0);
  CHECK(*found.fails <= 0.01);
}

TEST_CASE("capacity: a system that always passes, or never, is said to, with what was tried") {
  CapacityOptions options;
  options.start = 4;
  options.most = {1e12};
  const Capacity always = find_capacity(options, up_to(HUGE_VAL));
  CHECK(always.ending == Ending::all_pass);
  CHECK_FALSE(always.fails.has_value());
  const Capacity never = find_capacity(options, up_to(-1));
  CHECK(never.ending == Ending::none_passes);
  CHECK_FALSE(never.passes.has_value());
  for (const Capacity* const one : {&always, &never}) {
    double most = 0;
    for (const Tried& tried : one->tried) most = std::max(most, tried.value);
    CHECK(most == 4096);
  }
}

TEST_CASE("capacity: where the side is known, the other one is tried only a little") {
  CapacityOptions options;
  options.start = 4;
  options.most = {1e12};
  options.limit = Limit::highest;
  const Capacity never = find_capacity(options, up_to(-1));
  CHECK(never.ending == Ending::none_passes);
  for (const Tried& one : never.tried) CHECK(one.value <= 16);
  const Capacity found = find_capacity(options, from(3));
  CHECK(found.ending == Ending::found);
  CHECK(found.limit == Limit::lowest);
}

TEST_CASE("capacity: where the side is known, a limit there comes before one on the other side") {
  CapacityOptions options;
  options.start = 1;
  options.limit = Limit::highest;
  // A sale that promises a rate fails with too little traffic, too.
  const Capacity found = find_capacity(
      options, [](double value, std::int64_t) { return answer(value >= 0.9 && value <= 7); });
  REQUIRE(found.ending == Ending::found);
  CHECK(found.limit == Limit::highest);
  CHECK(*found.passes == Approx(7).epsilon(0.011));
}

TEST_CASE("capacity: bounds are kept, and tried when they are asked for") {
  CapacityOptions options;
  options.start = 10;
  options.least = {3, true};
  options.most = {50'000, true};
  const Capacity found = find_capacity(options, up_to(45'000));
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(45'000).epsilon(0.011));
  const Capacity all = find_capacity(options, up_to(1e9));
  CHECK(all.ending == Ending::all_pass);
  std::set<double> values;
  for (const Tried& one : all.tried) values.insert(one.value);
  CHECK(*values.begin() == 3);
  CHECK(*values.rbegin() == 50'000);
}

TEST_CASE("capacity: what is refused is the end of that side, and no limit") {
  CapacityOptions options;
  options.start = 10;
  const Trial trial = [](double value, std::int64_t) {
    return value > 30 ? Answer::refused : answer(value >= 7);
  };
  const Capacity found = find_capacity(options, trial);
  REQUIRE(found.ending == Ending::found);
  CHECK(found.limit == Limit::lowest);
  CHECK(*found.passes == Approx(7).epsilon(0.011));
  const Capacity all = find_capacity(options, [](double value, std::int64_t) {
    return value > 30 || value < 3 ? Answer::refused : Answer::pass;
  });
  CHECK(all.ending == Ending::all_pass);
}

TEST_CASE("capacity: seeds that disagree widen the range until they agree") {
  CapacityOptions options;
  options.start = 50;
  const Trial trial = [](double value, std::int64_t seed) {
    return answer(value <= kLimits[seed]);
  };
  const Capacity found = find_capacity(options, trial);
  REQUIRE(found.ending == Ending::found);
  // All four pass up to 93, none passes above 104; both to the tolerance.
  CHECK(*found.passes <= 93);
  CHECK(*found.passes >= 93 * 0.98);
  CHECK(*found.fails > 104);
  CHECK(*found.fails <= 104 * 1.02);
  CHECK(found.confidence == 1 - 0.125);
  options.confirm = 0;
  const Capacity single = find_capacity(options, trial);
  CHECK(*single.passes <= 100);
  CHECK(*single.fails > 100);
}

TEST_CASE("capacity: the range holds the median as often as it says") {
  // Limits 1000 + (0 to 99) by a generator of one's own, spread evenly: the median is 1049.5.
  std::uint64_t state = 1;
  const auto draw = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return 1000 + static_cast<double>(state >> 33U) / 2147483648.0 * 100;
  };
  CapacityOptions options;
  options.start = 900;
  options.tolerance = 0.001;
  int held = 0;
  constexpr int kSearches = 1000;
  for (int i = 0; i < kSearches; ++i) {
    const double limits[] = {draw(), draw(), draw(), draw()};
    const Capacity found = find_capacity(
        options, [&](double value, std::int64_t seed) { return answer(value <= limits[seed]); });
    REQUIRE(found.ending == Ending::found);
    held += *found.passes <= 1049.5 && *found.fails >= 1049.5 ? 1 : 0;
  }
  // At least 87.5 % of them; three standard deviations are 3.1 %.
  CHECK(held >= (0.875 - 0.031) * kSearches);
}

TEST_CASE("capacity: a system that answers anew each time ends, and its range is less sure") {
  std::uint64_t state = 7;
  const Trial trial = [&state](double value, std::int64_t) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double noise = static_cast<double>(state >> 33U) / 2147483648.0;
    return answer(value <= 100 + 20 * (noise - 0.5));
  };
  CapacityOptions options;
  options.start = 30;
  options.repeatable = false;
  for (int i = 0; i < 100; ++i) {
    const Capacity found = find_capacity(options, trial);
    if (found.ending != Ending::found) continue;
    CHECK(*found.passes < 110);
    CHECK(found.fails.value_or(1000) > 90);
    CHECK(found.confidence <= 0.75);
  }
}

TEST_CASE("capacity: what is refused on the easier side is no surprise") {
  CapacityOptions options;
  options.start = 10;
  const Capacity found = find_capacity(options, [](double value, std::int64_t) {
    return value > 30 ? Answer::refused : answer(value >= 7);
  });
  REQUIRE(found.limit == Limit::lowest);
  CHECK_FALSE(found.surprise.has_value());
}

TEST_CASE("capacity: a value beyond one that fails is a surprise when it passes") {
  CapacityOptions options;
  options.start = 40;
  options.limit = Limit::highest;
  // 40 fails, 20 fails, 80 passes: less is harder there, and the finding says which.
  const Capacity upwards = find_capacity(options, from(60));
  CHECK(upwards.limit == Limit::lowest);
  CHECK_FALSE(upwards.surprise.has_value());
  // Up to 58, and from 80 to 100 again: the look beyond the limit finds that.
  const Trial with_hole = [](double value, std::int64_t) {
    return answer(value <= 58 || (value >= 80 && value <= 100));
  };
  options.start = 30;
  const Capacity found = find_capacity(options, with_hole);
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(58).epsilon(0.011));
  REQUIRE(found.surprise.has_value());
  CHECK(found.surprise->fails > 58);
  CHECK(found.surprise->fails < 80);
  CHECK(found.surprise->passes >= 80);
  options.look_beyond = false;
  CHECK_FALSE(find_capacity(options, with_hole).surprise.has_value());
}

TEST_CASE("capacity: what is stopped keeps what is known") {
  int left = 5;
  const Capacity found = find_capacity({}, [&left](double value, std::int64_t) {
    return --left < 0 ? Answer::stopped : answer(value <= 10);
  });
  CHECK(found.ending == Ending::stopped);
  CHECK(found.tried.size() == 5);
  CHECK_THROWS_AS(
      find_capacity({},
                    [](double, std::int64_t) -> Answer { throw std::runtime_error("no memory"); }),
      std::runtime_error);
}

}  // namespace double11::study
