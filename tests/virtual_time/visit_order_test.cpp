// VisitOrder against a plain sort.
#include "virtual_time/visit_order.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "catch.hpp"

namespace double11::virtual_time {
namespace {

using Row = std::tuple<std::int64_t, std::uint64_t, std::int64_t>;  // arrived, job, born

std::vector<Row> rows_of(const Visits& visits) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    rows.emplace_back(visits.arrived_ns[i], visits.job[i], visits.born_ns[i]);
  }
  return rows;
}

void append(VisitList& list, const Row& row) {
  const auto& [arrived, job, born] = row;
  list.append({std::span(&arrived, 1), std::span(&job, 1), std::span(&born, 1)});
}

// Windows of random visits up to rising horizons; `spread_ns` is how far instants lie apart.
void play(std::uint64_t seed, std::int64_t spread_ns, std::size_t most) {
  INFO("seed " << seed << ", spread " << spread_ns);
  std::mt19937_64 random(seed);
  VisitOrder order;
  VisitList left;
  VisitList into;
  std::vector<Row> expected;
  std::int64_t horizon = 0;
  std::uint64_t job = 0;
  for (int window = 0; window < 60; ++window) {
    const std::size_t count = random() % most;
    for (std::size_t i = 0; i < count; ++i) {
      const auto at =
          horizon + 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(spread_ns));
      // Jobs come in no order.
      const Row row{at, (job++) ^ 5U, at / 2};
      append(left, row);
      expected.push_back(row);
    }
    horizon = window == 59 ? INT64_MAX : horizon + spread_ns / 3;
    order.release(left, horizon, into);
    const auto due = std::stable_partition(expected.begin(), expected.end(), [&](const Row& row) {
      return std::get<0>(row) <= horizon;
    });
    std::sort(expected.begin(), due);
    REQUIRE(rows_of(into.all()) == std::vector<Row>(expected.begin(), due));
    expected.erase(expected.begin(), due);
    // What is left has lost nothing, in whatever order.
    auto kept = rows_of(left.all());
    auto wanted = expected;
    std::sort(kept.begin(), kept.end());
    std::sort(wanted.begin(), wanted.end());
    REQUIRE(kept == wanted);
  }
}

}  // namespace

TEST_CASE("visits are released in order of instant and job, whatever their spread") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    play(seed, 3, 900);                     // nearly all at once
    play(seed, 5'000'000, 900);             // spread as in a busy station
    play(seed, 30'000'000'000'000'000, 5);  // a handful a year
    play(seed, 30'000'000'000'000'000, 900);
    play(seed, 1'000'000, 2);
  }
}

TEST_CASE("a crowd in one bucket is sorted, too") {
  VisitOrder order;
  VisitList left;
  VisitList into;
  // All but one come within the first millionth of the window.
  for (std::uint64_t i = 0; i < 4000; ++i) {
    append(left, {static_cast<std::int64_t>((i * 7919) % 4000), i, 0});
  }
  append(left, {4'000'000'000, 5000, 0});
  order.release(left, INT64_MAX, into);
  const auto rows = rows_of(into.all());
  CHECK(rows.size() == 4001);
  CHECK(std::is_sorted(rows.begin(), rows.end()));
  CHECK(left.size() == 0);
}

}  // namespace double11::virtual_time
