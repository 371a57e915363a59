// Runs of one value that differ, and that say little of it.
#include <double11/study/capacity.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "catch.hpp"

namespace double11::study {
namespace {

Answer answer(bool passes) {
  return passes ? Answer::pass : Answer::fail;
}

}  // namespace

TEST_CASE("capacity: where runs differ, the range holds all of what differs, or is none") {
  // Up to 50 all pass, beyond `out` none does; between them a coin is thrown each time.
  const double out = GENERATE(60.0, 80.0, 200.0);
  int wide = 0;
  int found_any = 0;
  constexpr int kSearches = 1000;
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed << ", out " << out);
    std::mt19937_64 random(seed);
    CapacityOptions options;
    options.start = std::exp(std::uniform_real_distribution(0.0, 6.0)(random));
    options.limit = Limit::highest;
    options.repeatable = false;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
      return answer(value <= 50 || (value <= out && random() % 2 == 0));
    });
    const bool is_wide = found.ending == Ending::too_wide;
    REQUIRE((found.ending == Ending::found || is_wide));
    REQUIRE(found.passes.has_value());
    ++(is_wide ? wide : found_any);
    double seen = *found.passes;
    for (const Tried& one : found.tried) {
      if (one.answer == Answer::fail) CHECK(one.value > *found.passes);
      if (one.answer == Answer::pass && found.fails) CHECK(one.value < *found.fails);
      if (one.answer == Answer::pass) seen = std::max(seen, one.value);
    }
    CHECK((found.fails.value_or(seen) > 2 * *found.passes) == is_wide);
  }
  CHECK((out < 100 ? wide == 0 : wide > kSearches / 4));
  CHECK((out > 100 || found_any == kSearches));
}

TEST_CASE("capacity: seeds whose limits are more than a factor of two apart have none in common") {
  const auto search = [](const std::vector<double>& limits, bool whole) {
    CapacityOptions options;
    options.start = 1;
    options.whole = whole;
    return find_capacity(options, [&](double value, std::int64_t seed) {
      return answer(value <= limits[static_cast<std::size_t>(seed)]);
    });
  };
  const Capacity apart = search({40, 10, 100, 60}, false);
  CHECK(apart.ending == Ending::too_wide);
  CHECK(*apart.passes <= 10);
  CHECK(*apart.fails > 100);
  CHECK(search({60, 55, 100, 70}, false).ending == Ending::found);
  // Two servers or five are neighbours.
  const Capacity few = search({3, 2, 4, 3}, true);
  CHECK(few.ending == Ending::found);
  CHECK(*few.passes == 2);
  CHECK(*few.fails == 5);
}

TEST_CASE(
    "capacity: other seeds that cannot be judged make it less sure, while they are not most") {
  CapacityOptions options;
  options.repeatable = GENERATE(false, true);
  const std::int64_t judged = GENERATE(0, 1, 2, 3);
  const Capacity found = find_capacity(options, [judged](double value, std::int64_t seed) {
    return seed > judged ? Answer::invalid : answer(value <= 30);
  });
  if (judged < 2) {
    CHECK(found.ending == Ending::unsteady);
    return;
  }
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(30).epsilon(0.011));
  const double chance = std::ldexp(1, -static_cast<int>(judged));
  CHECK(found.confidence == Approx(std::max(0.0, 1 - chance * (options.repeatable ? 1 : 2))));
}

TEST_CASE("capacity: a value passes where most of its runs could be judged, and no farther out") {
  CapacityOptions options;
  options.repeatable = false;
  options.limit = Limit::highest;
  // The first run of a value is on time up to 30, the others up to 20.
  const double limit = GENERATE(15.0, 25.0, 1e9);
  const Capacity found = find_capacity(options, [limit](double value, std::int64_t seed) {
    if (value > (seed == 0 ? 30 : 20)) return Answer::invalid;
    return answer(value <= limit);
  });
  REQUIRE(found.ending == (limit < 30 ? Ending::found : Ending::not_judged));
  CHECK(*found.passes <= std::min(20.0, limit));
  CHECK(*found.passes >= std::min(20.0, limit) * 0.98);
  if (limit < 30) CHECK(*found.fails > limit);
}

TEST_CASE("capacity: what cannot be judged on the way to where it passes hides no limit") {
  std::size_t judged = 0;
  constexpr int kSearches = 2000;
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    CapacityOptions options;
    options.start = 100;
    options.limit = Limit::highest;
    options.repeatable = seed % 2 == 0;
    options.confirm = 0;
    const double limit = std::exp(std::uniform_real_distribution(1.0, 4.5)(random));
    std::map<double, bool> is_invalid;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
      const auto [known, is_new] = is_invalid.insert({value, false});
      if (is_new) known->second = value != options.start && random() % 10 == 0;
      return known->second ? Answer::invalid : answer(value <= limit);
    });
    REQUIRE(found.passes.has_value());
    CHECK(*found.passes <= limit);
    judged += found.ending == Ending::found ? 1 : 0;
  }
  CHECK(judged > kSearches * 9 / 10);
}

TEST_CASE("capacity: who was busy at first tries the bound that was asked for") {
  CapacityOptions options;
  options.start = 4;
  options.least = {0, true};
  options.limit = Limit::lowest;
  options.whole = GENERATE(true, false);
  options.unit = 0.01;
  options.repeatable = false;
  int calls = 0;
  const Capacity found = find_capacity(options, [&calls](double value, std::int64_t) {
    const bool is_busy = ++calls > 1 && calls < 8;
    return is_busy ? Answer::invalid : answer(value > 0);
  });
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.fails == 0);
  CHECK(*found.passes <= 1);
}

TEST_CASE("capacity: a way down to nothing is short where nothing itself could not be judged") {
  CapacityOptions options;
  options.start = 0;
  options.least = {0, true};
  options.limit = Limit::highest;
  options.repeatable = false;
  const Capacity found = find_capacity(options, [](double value, std::int64_t) {
    return value == 0 ? Answer::invalid : Answer::fail;
  });
  CHECK(found.ending == Ending::none_passes);
  CHECK(found.tried.size() < 60);
}

TEST_CASE("capacity: what is refused beyond where it was busy is the end, and no limit") {
  CapacityOptions options;
  options.start = 5;
  options.limit = Limit::highest;
  options.repeatable = false;
  int busy = 3;
  const Capacity found = find_capacity(options, [&busy](double value, std::int64_t) {
    if (value == 20 && --busy >= 0) return Answer::invalid;
    return value > 45 ? Answer::refused : Answer::pass;
  });
  CHECK(found.ending == Ending::all_pass);
  CHECK_FALSE(found.not_judged.has_value());
  CHECK(found.tried.back().answer == Answer::refused);
}

TEST_CASE("capacity: a range is too wide by what contradicts, not by what could not be judged") {
  CapacityOptions options;
  options.start = 10;
  options.repeatable = GENERATE(true, false);
  const Capacity hole = find_capacity(options, [](double value, std::int64_t) {
    return value > 10 && value < 40 ? Answer::invalid : answer(value <= 10);
  });
  REQUIRE(hole.ending == Ending::found);
  CHECK(*hole.passes <= 10);
  CHECK(*hole.fails >= 40);
  // The first runs pass as far as this machine goes, the others do not.
  options.limit = Limit::highest;
  const Capacity mixed = find_capacity(options, [](double value, std::int64_t seed) {
    if (value > 20) return Answer::invalid;
    return answer(seed == 0 || value <= 5);
  });
  REQUIRE(mixed.ending == Ending::too_wide);
  CHECK(*mixed.passes <= 5);
  CHECK(*mixed.not_judged > 20);
}

}  // namespace double11::study
