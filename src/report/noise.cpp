#include "report/noise.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "report/chance.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// With fewer a deviation is itself mostly chance.
constexpr std::size_t kLeastValues = 9;
// A run is compared with another in so many parts of equal scenario time.
constexpr int kParts = 16;

// The value with `rank` others of the histogram below it.
double value_at(const Json& histogram, double rank) {
  double below = 0;
  double value = 0;
  for (const Json& cell : histogram.at("cells")) {
    value = cell.at(0).get<double>();
    below += cell.at(1).get<double>();
    if (below > rank) break;
  }
  return value;
}

// Wall-clock time when scenario time was `at`, between the looks that are there.
double wall_at(const std::vector<double>& ats, const std::vector<double>& walls, double at) {
  const auto next = std::lower_bound(ats.begin(), ats.end(), at);
  if (next == ats.end()) return walls.back();
  const auto i = static_cast<std::size_t>(next - ats.begin());
  const double from = i == 0 ? 0 : ats[i - 1];
  const double wall_from = i == 0 ? 0 : walls[i - 1];
  if (ats[i] <= from) return walls[i];
  return wall_from + (walls[i] - wall_from) * (at - from) / (ats[i] - from);
}

// A mean over replications: the square of its standard error, and how much that is known by.
struct Mean {
  double variance;
  double freedom;
};

std::optional<Mean> mean_of(const Json& figure) {
  const Json& width = figure.at("half_width_95");
  if (width.is_null()) return std::nullopt;
  const double freedom = static_cast<double>(figure.at("values").size()) - 1;
  const boost::math::students_t distribution(freedom);
  const double error = width.get<double>() / quantile(distribution, 0.975);
  return Mean{error * error, freedom};
}

struct Looks {
  std::vector<double> ats;
  std::vector<double> walls;

  explicit Looks(const Json& result) {
    const auto timeline = result.find("timeline");
    if (timeline == result.end() || !timeline->contains("wall_ns")) return;
    ats = timeline->at("at_ns").get<std::vector<double>>();
    walls = timeline->at("wall_ns").get<std::vector<double>>();
  }
  [[nodiscard]] bool are_enough() const {
    return ats.size() >= kParts && ats.size() == walls.size() && walls.back() > 0;
  }
};

}  // namespace

double successive_deviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  double squares = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    squares += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
  }
  return std::sqrt(squares / 2 / static_cast<double>(values.size() - 1));
}

double noise_of_peak(const Json& result, const std::string& step) {
  const Json& series = result.at("series");
  const double interval_s = series.at("interval_ns").get<double>() * 1e-9;
  const auto counts = series.at("counts").at(step).get<std::vector<double>>();
  if (counts.empty() || !(interval_s > 0)) return 0;
  const auto peak = std::max_element(counts.begin(), counts.end());
  // Its neighbours, as long as they are of its size: what is below half of it is another time of
  // the sale.
  const auto is_high = [peak](double count) { return count >= *peak / 2; };
  const auto end = std::find_if_not(peak, counts.end(), is_high);
  const auto begin =
      std::find_if_not(std::make_reverse_iterator(peak), counts.rend(), is_high).base();
  const std::vector<double> near(begin, end);
  const double from_counts = chance_of(*peak);
  const double from_variation =
      near.size() >= kLeastValues ? kDeviations * successive_deviation(near) : 0;
  return std::max(from_counts, from_variation) / interval_s;
}

std::optional<double> noise_of_rank(const Json& histogram, double count, double share) {
  const auto ranks = [share](double among) {
    return kDeviations * std::sqrt(among * share * (1 - share));
  };
  if (share * count + ranks(count) >= count) return std::nullopt;
  const auto all = histogram.at("count").get<double>();
  const double value = value_at(histogram, share * all);
  const double moved = ranks(all);
  return std::max(value_at(histogram, share * all + moved) - value,
                  value - value_at(histogram, share * all - moved));
}

double noise_over_time(const Json& result, const std::string& statistic) {
  const auto over_time = result.find("latency_over_time");
  if (over_time == result.end() || !over_time->contains(statistic)) return 0;
  std::vector<double> values;
  for (const Json& value : over_time->at(statistic)) {
    if (!value.is_null()) values.push_back(value.get<double>());
  }
  if (values.size() < kLeastValues) return 0;
  return kDeviations * successive_deviation(values) / std::sqrt(static_cast<double>(values.size()));
}

std::optional<double> noise_of_machine(const Json& before, const Json& after) {
  const Looks first(before);
  const Looks second(after);
  if (!first.are_enough() || !second.are_enough()) return std::nullopt;
  const double end = std::min(first.ats.back(), second.ats.back());
  std::vector<double> differences;
  double wall_before = 0;
  double wall_after = 0;
  for (int part = 1; part <= kParts; ++part) {
    const double at = end * part / kParts;
    const double first_wall = wall_at(first.ats, first.walls, at);
    const double second_wall = wall_at(second.ats, second.walls, at);
    differences.push_back((second_wall - wall_after) - (first_wall - wall_before));
    wall_before = first_wall;
    wall_after = second_wall;
  }
  if (!(wall_before > 0)) return std::nullopt;
  return kDeviations * successive_deviation(differences) * std::sqrt(kParts) / wall_before;
}

std::optional<double> noise_of_means(const Json& before, const Json& after) {
  const auto first = mean_of(before);
  const auto second = mean_of(after);
  if (!first || !second) return std::nullopt;
  const double variance = first->variance + second->variance;
  if (variance == 0) return 0;
  const double freedom = variance * variance /
                         (first->variance * first->variance / first->freedom +
                          second->variance * second->variance / second->freedom);
  const double beyond = cdf(complement(boost::math::normal(), kDeviations));
  return quantile(complement(boost::math::students_t(freedom), beyond)) * std::sqrt(variance);
}

}  // namespace double11::report
