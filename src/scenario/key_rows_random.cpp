// Rows that describe randomness: laws of durations and of the gaps between arrivals.
#include <algorithm>
#include <array>
#include <string_view>

#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

constexpr std::array<std::string_view, 12> kNames{
    "constant",       "exponential", "lognormal", "uniform",          "erlang",    "gamma",
    "lognormal_mean", "weibull",     "pareto",    "hyperexponential", "empirical", "none"};

using Laws = std::vector<Distribution>;

bool among(const Laws& laws, Distribution law) {
  return std::find(laws.begin(), laws.end(), law) != laws.end();
}

// "a, b or c".
std::string words_of(const Laws& laws) {
  std::string words;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    if (i > 0) words += i + 1 == laws.size() ? " or " : ", ";
    words += name_of(laws[i]);
  }
  return words;
}

}  // namespace

std::string name_of(Distribution distribution) {
  return std::string(kNames[static_cast<std::size_t>(distribution)]);
}

void add_random_duration(Table& table, const std::string& path, const std::string& meaning,
                         const Laws& allowed, Range range,
                         std::function<RandomDuration&(Scenario&, std::size_t)> member) {
  using enum Distribution;
  const std::string by = path + ".distribution";
  const auto law_at = [member](const Scenario& scenario, std::size_t element) {
    return member(const_cast<Scenario&>(scenario), element).distribution;
  };
  Key& law = table.add(
      by, Kind::choice, {0, static_cast<double>(allowed.size() - 1)},
      meaning + ": the law; the other keys of the group say which laws they belong to.",
      [member](Scenario & s, std::size_t i) -> auto& { return member(s, i).distribution; });
  for (const Distribution distribution : allowed) law.choices.push_back(name_of(distribution));
  // Not every law is allowed everywhere, so the table's number is the place among these choices.
  law.get = [law_at, allowed](const Scenario& s, std::size_t i) -> Value {
    return std::int64_t{std::find(allowed.begin(), allowed.end(), law_at(s, i)) - allowed.begin()};
  };
  law.set = [member, allowed](Scenario& s, std::size_t i, const Value& value) {
    member(s, i).distribution = allowed[static_cast<std::size_t>(std::get<std::int64_t>(value))];
  };
  const auto add = [&](const std::string& name, Kind kind, Range limits, const std::string& what,
                       const Laws& laws, auto pointer) {
    Laws here;
    std::copy_if(laws.begin(), laws.end(), std::back_inserter(here),
                 [&](Distribution candidate) { return among(allowed, candidate); });
    Key& key = table.add(
        path + "." + name, kind, limits, what,
        [ member,
          pointer ](Scenario & s, std::size_t i) -> auto& { return member(s, i).*pointer; });
    limit_to(
        key, by, by + " is " + words_of(here),
        [law_at, here](const Scenario& s, std::size_t i) { return among(here, law_at(s, i)); });
  };
  add("mean", Kind::duration, range, "Mean.",
      {constant, exponential, erlang, gamma, lognormal_mean, weibull, pareto, hyperexponential},
      &RandomDuration::mean);
  add("p50", Kind::duration, range, "Half of the draws are smaller.", {lognormal},
      &RandomDuration::p50);
  add("p99", Kind::duration, range, "One draw in 100 is larger.", {lognormal},
      &RandomDuration::p99);
  add("least", Kind::duration, {0, range.most}, "Smallest draw.", {uniform},
      &RandomDuration::least);
  add("most", Kind::duration, range, "Largest draw.", {uniform}, &RandomDuration::most);
  add("shape", Kind::number, {0.05, 1000},
      "Shape: exponential parts of an erlang (whole), exponent of a pareto tail (above 1).",
      {erlang, gamma, weibull, pareto}, &RandomDuration::shape);
  add("sigma", Kind::number, {0, 5}, "Standard deviation of the logarithm.", {lognormal_mean},
      &RandomDuration::sigma);
  add("scv", Kind::number, {1.001, 1000}, "Variance over the square of the mean.",
      {hyperexponential}, &RandomDuration::scv);
}

void add_arrivals(Table& table) {
  table.add_choice(
      "traffic.arrivals", {"poisson", "constant", "erlang", "hyperexponential", "mmpp"},
      "Random arrivals (open loop, independent buyers), evenly spaced ones, gaps of another law, "
      "or Poisson arrivals whose rate jumps up and down (mmpp).",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.arrivals; });
  const auto only = [](Key& key, Arrivals kind, const std::string& name) {
    limit_to(key, "traffic.arrivals", "traffic.arrivals is " + name,
             [kind](const Scenario& s, std::size_t) { return s.traffic.arrivals == kind; });
  };
  only(table.add(
           "traffic.arrivals_shape", Kind::count, {1, 1000}, "Exponential parts of each gap.",
           [](Scenario & s, std::size_t) -> auto& { return s.traffic.arrivals_shape; }),
       Arrivals::erlang, "erlang");
  only(table.add(
           "traffic.arrivals_scv", Kind::number, {1.001, 1000},
           "Variance of the gaps over the square of their mean; two exponentials with balanced "
           "means.",
           [](Scenario & s, std::size_t) -> auto& { return s.traffic.arrivals_scv; }),
       Arrivals::hyperexponential, "hyperexponential");
  only(table.add(
           "traffic.mmpp.high_factor", Kind::number, {1, 1000},
           "While high, the rate is this many times the curve; while low, so much less that the "
           "curve is the mean.",
           [](Scenario & s, std::size_t) -> auto& { return s.traffic.mmpp.high_factor; }),
       Arrivals::mmpp, "mmpp");
  only(table.add(
           "traffic.mmpp.high_mean", Kind::duration, {1e3, 400 * kDay},
           "Mean of the exponential time that the rate stays high.",
           [](Scenario & s, std::size_t) -> auto& { return s.traffic.mmpp.high_mean; }),
       Arrivals::mmpp, "mmpp");
  only(table.add(
           "traffic.mmpp.low_mean", Kind::duration, {1e3, 400 * kDay},
           "Mean of the exponential time that the rate stays low.",
           [](Scenario & s, std::size_t) -> auto& { return s.traffic.mmpp.low_mean; }),
       Arrivals::mmpp, "mmpp");
  table.add(
      "traffic.wave.amplitude", Kind::number, {0, 1},
      "The curve is multiplied by 1 + amplitude * sin(2 pi t / period).",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.wave.amplitude; });
  table.add(
      "traffic.wave.period", Kind::duration, {1e6, 400 * kDay}, "Period of that wave.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.wave.period; });
}

}  // namespace double11::scenario
