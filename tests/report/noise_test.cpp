#include "report/noise.hpp"

#include <double11/core/random.hpp>
#include <double11/report/replications.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

TEST_CASE("noise: the deviation of neighbours") {
  CHECK(successive_deviation({}) == 0);
  CHECK(successive_deviation({7}) == 0);
  CHECK(successive_deviation({5, 5, 5}) == 0);
  // Differences 2, -1, 4: squares 21, half of their mean 3.5.
  CHECK(successive_deviation({1, 3, 2, 6}) == Approx(std::sqrt(3.5)));
}

TEST_CASE("noise: a trend is no deviation") {
  // Of n independent values the estimated variance has the variance m4 / n, with m4 their fourth
  // central moment; of uniform ones on [0, 1) that is 1/80, and their variance 1/12.
  constexpr int kValues = 20'000;
  std::vector<double> flat;
  std::vector<double> rising;
  for (int i = 0; i < kValues; ++i) {
    const RandomBlock words = random_block(11, Purpose::forecast, static_cast<std::uint64_t>(i), 0);
    const double value = static_cast<double>(words.word[0]) * 0x1p-32;
    flat.push_back(value);
    rising.push_back(value + 0.001 * i);
  }
  const double variance = std::pow(successive_deviation(flat), 2);
  const double error = std::sqrt(1.0 / 80 / kValues);
  CHECK(std::abs(variance - 1.0 / 12) / error < 4);
  const double with_trend = std::pow(successive_deviation(rising), 2);
  CHECK(std::abs(with_trend - 1.0 / 12) / error < 4);
}

Json with_counts(const std::vector<int>& counts, std::int64_t interval_ns) {
  return {{"series", {{"interval_ns", interval_ns}, {"counts", {{"paid", counts}}}}}};
}

TEST_CASE("noise: a peak scatters at least as a Poisson count, in its interval") {
  const std::vector<int> even(20, 10'000);
  const double of_count = 3 * std::sqrt(10'001);
  CHECK(noise_of_peak(with_counts(even, 1'000'000'000), "paid") == Approx(of_count));
  CHECK(noise_of_peak(with_counts(even, 100'000'000), "paid") == Approx(of_count * 10));
  CHECK(noise_of_peak(with_counts({}, 1'000'000'000), "paid") == 0);
}

TEST_CASE("noise: a peak scatters as the seconds around it do") {
  // The quiet half is another time of the sale, as different as it may be.
  std::vector<int> uneven(30, 100);
  for (int i = 0; i < 12; ++i) uneven.push_back(i % 2 == 0 ? 10'000 : 9'000);
  uneven.insert(uneven.end(), 30, 200);
  const double of_neighbours = 3 * std::sqrt(1'000.0 * 1'000 / 2);
  CHECK(noise_of_peak(with_counts(uneven, 1'000'000'000), "paid") == Approx(of_neighbours));
  // Of a few seconds nothing is known but their counts.
  const std::vector<int> few{100, 10'000, 9'000, 10'000, 100};
  CHECK(noise_of_peak(with_counts(few, 1'000'000'000), "paid") == Approx(3 * std::sqrt(10'001)));
}

TEST_CASE("noise: of a percentile as far as three deviations of its rank reach") {
  Json cells = Json::array();
  for (int value = 1; value <= 10'000; ++value) cells.push_back({value, 1});
  const Json histogram{{"count", 10'000}, {"cells", std::move(cells)}};
  // Rank 5,000 +- 150.
  CHECK(noise_of_rank(histogram, 10'000, 0.5) == 150.0);
  // Of 10,000 values ten are beyond p99.9, 9.5 of them within chance; of 1,000 one is.
  CHECK(noise_of_rank(histogram, 10'000, 0.999).has_value());
  CHECK_FALSE(noise_of_rank(histogram, 1'000, 0.999).has_value());
}

TEST_CASE("noise: of a percentile from interval to interval") {
  const auto result = [](const std::vector<Json>& values) {
    return Json{{"latency_over_time", {{"p99", values}}}};
  };
  const std::vector<Json> steady(16, 5e6);
  CHECK(noise_over_time(result(steady), "p99") == 0);
  std::vector<Json> unsteady;
  for (int i = 0; i < 16; ++i) unsteady.emplace_back(i % 2 == 0 ? 4e6 : 6e6);
  // Deviation sqrt(2) ms of one interval, a quarter of it of the mean of sixteen.
  const double of_mean = 3 * std::sqrt(2.0) * 1e6 / 4;
  CHECK(noise_over_time(result(unsteady), "p99") == Approx(of_mean));
  unsteady.insert(unsteady.begin() + 5, nullptr);
  CHECK(noise_over_time(result(unsteady), "p99") == Approx(of_mean));
  CHECK(noise_over_time(result({1e6, 9e6}), "p99") == 0);
  CHECK(noise_over_time(Json::object(), "p99") == 0);
}

// Looks every second of scenario time; so long did the machine work at each.
Json with_walls(const std::vector<double>& parts) {
  std::vector<double> ats;
  std::vector<double> walls;
  double wall = 0;
  for (const double part : parts) {
    wall += part;
    ats.push_back(static_cast<double>(ats.size() + 1) * 1e9);
    walls.push_back(wall);
  }
  return {{"timeline", {{"at_ns", ats}, {"wall_ns", walls}}}};
}

TEST_CASE("noise: a machine that works evenly has none, however slow it is") {
  const std::vector<double> quick(16, 1e6);
  const std::vector<double> slow(16, 3e6);
  CHECK(noise_of_machine(with_walls(quick), with_walls(quick)) == 0.0);
  CHECK(noise_of_machine(with_walls(quick), with_walls(slow)).value() == Approx(0).margin(1e-9));
  // Nor has one that does the easy parts quickly in both.
  std::vector<double> shaped;
  for (int i = 0; i < 16; ++i) shaped.push_back(i < 4 ? 8e6 : 1e6);
  CHECK(noise_of_machine(with_walls(shaped), with_walls(shaped)) == 0.0);
}

TEST_CASE("noise: a machine that stumbles has some") {
  const std::vector<double> even(16, 1e6);
  std::vector<double> stumbling = even;
  for (std::size_t i = 0; i < stumbling.size(); i += 2) stumbling[i] = 2e6;
  // Differences of 1 and 0 in turns: deviation sqrt(1/2), of sixteen parts four times that.
  const double expected = 3 * std::sqrt(0.5) * 4 / 16;
  CHECK(noise_of_machine(with_walls(even), with_walls(stumbling)).value() == Approx(expected));
  CHECK_FALSE(noise_of_machine(with_walls({1e6, 2e6}), with_walls(even)).has_value());
  CHECK_FALSE(noise_of_machine(Json::object(), with_walls(even)).has_value());
}

TEST_CASE("noise: of two means it is Welch's, at three deviations") {
  const auto figure = [](const std::vector<double>& values) {
    const std::vector<Figure> all{{"x", values, [](double) { return ""; }}};
    return nlohmann::ordered_json::parse(json_of(all))["x"];
  };
  const auto five = figure({1, 2, 3, 4, 5});
  const auto one = figure({7});
  CHECK_FALSE(noise_of_means(five, one).has_value());
  CHECK_FALSE(noise_of_means(one, five).has_value());
  CHECK_FALSE(noise_of_means(five, figure({1, HUGE_VAL})).has_value());
  CHECK(noise_of_means(figure({3, 3}), figure({4, 4})) == 0.0);
  const double p = 0.5 * std::erfc(-3 / std::sqrt(2));
  // Both means have the variance 1, so two degrees of freedom: Student's t has a closed form.
  CHECK(noise_of_means(figure({1, 3}), figure({11, 13})).value() ==
        Approx((2 * p - 1) / std::sqrt(2 * p * (1 - p)) * std::sqrt(2)));
  // One scatters alone, so one degree is left: Cauchy's distribution.
  CHECK(noise_of_means(figure({1, 3}), figure({5, 5, 5})).value() ==
        Approx(std::tan(std::acos(-1.0) * (p - 0.5))));
}

}  // namespace
}  // namespace double11::report
