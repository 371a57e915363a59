// Trials that say nothing: scripted ones, and searches through models made by chance.
#include <double11/study/capacity.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "catch.hpp"

namespace double11::study {
namespace {

constexpr int kSearches = 3000;

Answer answer(bool passes) {
  return passes ? Answer::pass : Answer::fail;
}

CapacityOptions on_the_clock() {
  CapacityOptions options;
  options.repeatable = false;
  return options;
}

// The answers that count.
std::vector<Tried> judged_of(const Capacity& found) {
  std::vector<Tried> judged;
  for (const Tried& one : found.tried) {
    if (one.answer != Answer::invalid) judged.push_back(one);
  }
  return judged;
}

bool same(const std::vector<Tried>& a, const std::vector<Tried>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Tried& x, const Tried& y) {
    return x.value == y.value && x.seed == y.seed && x.answer == y.answer;
  });
}

// What a search is asked for, by chance.
CapacityOptions any_options(std::mt19937_64& random) {
  const auto any = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution(std::log(low), std::log(high))(random));
  };
  const auto one_of = [&](int count) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(count));
  };
  CapacityOptions options = on_the_clock();
  options.tolerance = any(0.003, 0.2);
  options.confirm = one_of(4);
  options.limit = one_of(2) == 0 ? Limit::unknown : Limit::highest;
  options.look_beyond = one_of(2) == 0;
  options.repeats = one_of(4);
  options.start = any(1, 1000);
  options.least.value = 1e-6;
  if (one_of(3) == 0) {
    options.whole = true;
    options.start = std::round(options.start);
    options.least.value = 1;
  }
  if (one_of(4) == 0) options.most = {std::ceil(options.start * any(1, 5000)), true};
  return options;
}

double hardness(const Capacity& found, double value) {
  return found.limit == Limit::highest ? value : -value;
}

}  // namespace

TEST_CASE("capacity: an invalid trial is repeated and says nothing") {
  CapacityOptions options = on_the_clock();
  options.limit = GENERATE(Limit::unknown, Limit::highest);
  int calls = 0;
  // The machine is busy at first: the first two trials, which are both of the start.
  const Trial busy_at_first = [&](double value, std::int64_t) {
    return ++calls <= 2 ? Answer::invalid : answer(value <= 30);
  };
  const Capacity found = find_capacity(options, busy_at_first);
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(30).epsilon(0.011));
  CHECK(*found.fails > 30);
  CHECK(found.confidence > 0);
  REQUIRE(found.tried.size() > 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found.tried[i].value == 1);
    CHECK(found.tried[i].answer == (i < 2 ? Answer::invalid : Answer::pass));
  }
}

TEST_CASE("capacity: a machine that is busy for long at first hides no value that passes") {
  CapacityOptions options = on_the_clock();
  options.limit = GENERATE(Limit::unknown, Limit::highest);
  const int busy = GENERATE(3, 4, 6, 8, 9, 10, 12, 13, 15, 16);
  int calls = 0;
  const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
    return ++calls <= busy ? Answer::invalid : answer(value <= 30);
  });
  REQUIRE(found.ending == Ending::found);
  CHECK(found.limit == Limit::highest);
  CHECK(*found.passes == Approx(30).epsilon(0.011));
}

TEST_CASE("capacity: repeatable trials are not repeated") {
  CapacityOptions options;
  options.limit = Limit::highest;
  const double judged = GENERATE(4.0, 20.0);
  std::set<std::pair<double, std::int64_t>> seen;
  const Capacity found = find_capacity(options, [&](double value, std::int64_t seed) {
    CHECK(seen.insert({value, seed}).second);
    return value < 0.4 || value > judged ? Answer::invalid : answer(value <= 7);
  });
  REQUIRE(found.ending == (judged < 7 ? Ending::not_judged : Ending::found));
  CHECK(*found.passes == Approx(std::min(judged, 7.0)).epsilon(0.011));
}

TEST_CASE("capacity: where nothing can be judged any more is an end, and no limit") {
  CapacityOptions options = on_the_clock();
  options.limit = GENERATE(Limit::unknown, Limit::highest);
  options.start = GENERATE(1.0, 20.0, 100.0, 1000.0);
  const Capacity found = find_capacity(options, [](double value, std::int64_t) {
    return value > 50 ? Answer::invalid : Answer::pass;
  });
  if (options.limit == Limit::unknown && options.start == 1000) {
    // Three steps to either side are not enough, and nothing tells that less is easier.
    CHECK(found.ending == Ending::not_judged);
    CHECK_FALSE(found.passes.has_value());
    return;
  }
  REQUIRE(found.ending == Ending::not_judged);
  CHECK(found.limit == Limit::highest);
  CHECK(*found.passes == Approx(50).epsilon(0.011));
  CHECK(*found.not_judged == Approx(50).epsilon(0.011));
  CHECK(*found.not_judged > *found.passes);
  CHECK_FALSE(found.fails.has_value());
  CHECK(found.confidence == 0);
}

TEST_CASE("capacity: a limit below what can be judged is found") {
  CapacityOptions options = on_the_clock();
  options.limit = GENERATE(Limit::unknown, Limit::highest);
  options.start = GENERATE(1.0, 20.0, 49.0, 100.0);
  const Capacity found = find_capacity(options, [](double value, std::int64_t) {
    return value > 50 ? Answer::invalid : answer(value <= 42);
  });
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes == Approx(42).epsilon(0.011));
  CHECK(*found.fails > 42);
  CHECK_FALSE(found.not_judged.has_value());
}

TEST_CASE("capacity: what fails everywhere, and where nothing at all can be judged") {
  CapacityOptions options = on_the_clock();
  const Trial never = [](double, std::int64_t) { return Answer::invalid; };
  for (const Limit limit : {Limit::unknown, Limit::highest, Limit::lowest}) {
    options.limit = limit;
    const Capacity nothing = find_capacity(options, never);
    CHECK(nothing.ending == Ending::not_judged);
    CHECK_FALSE(nothing.passes.has_value());
    CHECK_FALSE(nothing.fails.has_value());
    CHECK(nothing.tried.size() <= 39);
  }
  const Trial fails_up_to_4 = [](double value, std::int64_t) {
    return value > 4 ? Answer::invalid : Answer::fail;
  };
  options.limit = Limit::highest;
  CHECK(find_capacity(options, fails_up_to_4).ending == Ending::none_passes);
  // Where more may be what passes, that it fails up to there is not the whole answer.
  options.limit = Limit::unknown;
  const Capacity unknown = find_capacity(options, fails_up_to_4);
  CHECK(unknown.ending == Ending::not_judged);
  CHECK_FALSE(unknown.passes.has_value());
  CHECK(*unknown.fails == 4);
  CHECK(*unknown.not_judged == 8);
}

TEST_CASE("capacity: values that cannot be judged on the way are passed by") {
  CapacityOptions options = on_the_clock();
  options.start = 1;
  const double hole = GENERATE(1.0, 2.0, 15.0, 29.0, 31.0, 32.0, 40.0);
  const Capacity found = find_capacity(options, [hole](double value, std::int64_t) {
    return std::abs(value - hole) < 0.6 ? Answer::invalid : answer(value <= 30);
  });
  REQUIRE(found.ending == Ending::found);
  CHECK(*found.passes <= 30);
  CHECK(*found.passes == Approx(30).epsilon(0.05));
  CHECK(*found.fails > 30);
  CHECK(*found.fails == Approx(30).epsilon(0.07));
}

TEST_CASE("capacity: every short script of answers ends, and contradicts no answer") {
  // The first eight trials by a script, as if three outcomes were drawn; then up to 5.
  constexpr int kLength = 8;
  constexpr int kScripts = 6561;
  for (int script = 0; script < kScripts; ++script) {
    CapacityOptions options = on_the_clock();
    options.repeats = 1;
    options.confirm = 1;
    options.limit = script % 2 == 0 ? Limit::highest : Limit::unknown;
    int rest = script;
    int calls = 0;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
      if (++calls > kLength) return answer(value <= 5);
      const int digit = rest % 3;
      rest /= 3;
      return digit == 0 ? Answer::invalid : answer(digit == 1);
    });
    INFO("script " << script);
    REQUIRE(found.tried.size() < 200);
    if (!found.passes || found.ending == Ending::not_judged) continue;
    bool is_tried = false;
    bool is_contradicted = false;
    bool is_harder = false;
    // Of a value whose other run could not be judged nothing is held against what is found.
    const bool is_thin = std::any_of(found.tried.begin(), found.tried.end(), [](const Tried& one) {
      return one.seed > 0 && one.answer == Answer::invalid;
    });
    for (const Tried& one : judged_of(found)) {
      const bool beyond = hardness(found, one.value) > hardness(found, *found.passes);
      is_tried |= one.value == *found.passes && one.answer == Answer::pass;
      is_harder |= beyond && one.answer == Answer::pass;
    }
    for (const Tried& pass : judged_of(found)) {
      for (const Tried& fail : judged_of(found)) {
        is_contradicted |= pass.answer == Answer::pass && fail.answer == Answer::fail &&
                           hardness(found, pass.value) >= hardness(found, fail.value);
      }
    }
    CHECK(is_tried);
    if (is_harder && !is_thin) CHECK(is_contradicted);
  }
}

TEST_CASE("capacity: invalid trials that pass by change nothing of what is found") {
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const CapacityOptions options = any_options(random);
    const double limit = options.start * std::exp(std::normal_distribution(0.0, 3.0)(random));
    const bool is_highest = random() % 2 == 0;
    const Trial steady = [&](double value, std::int64_t) {
      return answer(is_highest ? value <= limit : value >= limit);
    };
    const std::uint64_t often = 1 + random() % 4;
    std::map<std::pair<double, std::int64_t>, std::int64_t> invalid;
    const Trial busy = [&](double value, std::int64_t number) {
      std::int64_t& count = invalid[{value, number}];
      if (number == 0 && count < options.repeats && random() % 4 < often) {
        ++count;
        return Answer::invalid;
      }
      return steady(value, number);
    };
    const Capacity calm = find_capacity(options, steady);
    const Capacity found = find_capacity(options, busy);
    REQUIRE(found.ending == calm.ending);
    CHECK(found.passes == calm.passes);
    CHECK(found.fails == calm.fails);
    CHECK(found.confidence == calm.confidence);
    CHECK(same(judged_of(found), calm.tried));
  }
}

TEST_CASE("capacity: a limit is on the right side of all that was judged, however often invalid") {
  int found_any = 0;
  int unsteady = 0;
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const CapacityOptions options = any_options(random);
    const double limit = options.start * std::exp(std::normal_distribution(0.0, 3.0)(random));
    const bool is_highest = random() % 2 == 0;
    const std::uint64_t often = random() % 10;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
      if (random() % 10 < often) return Answer::invalid;
      return answer(is_highest ? value <= limit : value >= limit);
    });
    // How many other runs of a value were judged.
    std::map<double, std::int64_t> others;
    for (const Tried& one : judged_of(found)) others[one.value] += one.seed > 0 ? 1 : 0;
    if (found.ending == Ending::unsteady) {
      ++unsteady;
      CHECK(often > 0);
      continue;
    }
    CHECK_FALSE(found.surprise.has_value());
    if (found.ending == Ending::found) {
      ++found_any;
      CHECK((found.limit == Limit::highest) == is_highest);
      REQUIRE(found.fails.has_value());
    }
    for (const Tried& one : judged_of(found)) {
      const double tried = hardness(found, one.value);
      if (one.answer == Answer::pass && found.passes && 2 * others[one.value] >= options.confirm) {
        CHECK(hardness(found, *found.passes) >= tried);
      }
      if (one.answer == Answer::fail && found.passes) {
        CHECK(hardness(found, *found.passes) < tried);
      }
      if (one.answer == Answer::fail && found.ending == Ending::found) {
        CHECK(hardness(found, *found.fails) <= tried);
      }
    }
  }
  CHECK(found_any > kSearches / 4);
  CHECK(unsteady < kSearches / 10);
}

TEST_CASE("capacity: a machine's end is told from a limit, wherever the two are") {
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    CapacityOptions options = any_options(random);
    options.limit = Limit::highest;
    options.most = {1e12};
    options.least = {options.whole ? 1 : 1e-12};
    const auto near = [&] {
      return options.start * std::exp(std::uniform_real_distribution(-6.0, 6.0)(random));
    };
    const double limit = near();
    const double machine = near();
    if (options.whole && std::min(limit, machine) < 1) continue;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t) {
      return value > machine ? Answer::invalid : answer(value <= limit);
    });
    const double gap =
        std::max(options.tolerance * std::max(limit, options.unit), options.whole ? 1.0 : 0.0) *
        (1 + 1e-9);
    if (limit > machine || (options.whole && std::floor(machine) == std::floor(limit))) {
      REQUIRE(found.ending == Ending::not_judged);
      CHECK(*found.passes <= machine);
      CHECK(*found.not_judged > machine);
      CHECK(*found.not_judged - *found.passes <= gap);
      CHECK_FALSE(found.fails.has_value());
    } else if (found.ending == Ending::found) {
      CHECK(*found.passes <= limit);
      CHECK(*found.fails > limit);
      CHECK(*found.fails <= machine);
    } else {
      // Too near each other to be told apart.
      CHECK(found.ending == Ending::not_judged);
      CHECK(*found.passes <= limit);
      CHECK(machine - limit <= gap);
    }
  }
}

TEST_CASE("capacity: whatever is answered, a harder value that passes is said to contradict") {
  for (std::uint64_t seed = 1; seed <= kSearches; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const CapacityOptions options = any_options(random);
    const std::uint64_t often = random() % 6;
    // Drawn once for each value; other seeds agree in half of the searches.
    const bool agree = random() % 2 == 0;
    std::map<std::pair<double, std::int64_t>, Answer> drawn;
    const Capacity found = find_capacity(options, [&](double value, std::int64_t number) {
      if (random() % 10 < often) return Answer::invalid;
      const auto [one, is_new] = drawn.insert({{value, agree ? 0 : number}, Answer::fail});
      if (is_new) one->second = answer(random() % 2 == 0);
      return one->second;
    });
    REQUIRE(found.tried.size() < 2000);
    const bool is_thin = std::any_of(found.tried.begin(), found.tried.end(), [](const Tried& one) {
      return one.seed > 0 && one.answer == Answer::invalid;
    });
    if (!found.passes || is_thin) continue;
    double easiest_failing = HUGE_VAL;
    double hardest_passing = -HUGE_VAL;
    for (const Tried& one : judged_of(found)) {
      const double tried = hardness(found, one.value);
      if (one.answer == Answer::pass) hardest_passing = std::max(hardest_passing, tried);
      if (one.answer == Answer::fail) easiest_failing = std::min(easiest_failing, tried);
    }
    if (hardest_passing <= hardness(found, *found.passes)) continue;
    CHECK(easiest_failing <= hardest_passing);
    if (agree) CHECK(found.surprise.has_value());
  }
}

}  // namespace double11::study
