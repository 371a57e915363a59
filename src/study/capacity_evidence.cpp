#include "study/capacity_evidence.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace double11::study {
namespace {

// What is refused is no system that could fail.
bool is_judged(const Tried& one) {
  return one.answer == Answer::pass || one.answer == Answer::fail;
}

// Grows with what is harder.
double hardness_of(double value, Limit limit) {
  return limit == Limit::highest ? value : -value;
}

}  // namespace

Evidence evidence_in(const std::vector<Tried>& tried, Limit limit) {
  Evidence seen;
  const auto harder = [limit](double value, const std::optional<double>& than) {
    return !than || hardness_of(value, limit) > hardness_of(*than, limit);
  };
  for (const Tried& one : tried) {
    if (!is_judged(one)) continue;
    if (harder(one.value, seen.hardest)) seen.hardest = one.value;
    if (one.answer == Answer::pass) {
      if (harder(one.value, seen.hardest_pass)) seen.hardest_pass = one.value;
    } else if (!seen.easiest_fail || !harder(one.value, seen.easiest_fail)) {
      seen.easiest_fail = one.value;
    }
  }
  return seen;
}

Counts counts_between(const std::vector<Tried>& tried, double a, double b) {
  Counts counts;
  for (const Tried& one : tried) {
    if (!is_judged(one) || (one.value - a) * (one.value - b) >= 0) continue;
    ++(one.answer == Answer::pass ? counts.passed : counts.failed);
  }
  return counts;
}

bool are_far_apart(double a, double b, double near) {
  constexpr double kFactor = 2;
  constexpr double kSteps = 4;
  const auto [low, high] = std::minmax(a, b);
  return high > kFactor * low && high - low > kSteps * near;
}

std::optional<Surprise> surprise_in(const std::vector<Tried>& tried, Limit limit) {
  if (limit == Limit::unknown) return std::nullopt;
  std::map<double, std::pair<bool, bool>> values;  // by hardness: whether some pass, some fail
  for (const Tried& one : tried) {
    if (!is_judged(one)) continue;
    auto& [some_pass, some_fail] = values[hardness_of(one.value, limit)];
    (one.answer == Answer::pass ? some_pass : some_fail) = true;
  }
  std::optional<double> easiest_failing;
  std::optional<Surprise> found;
  for (const auto& [hardness, answers] : values) {
    const auto [some_pass, some_fail] = answers;
    if (some_fail && !some_pass && !easiest_failing) easiest_failing = hardness;
    if (some_pass && !some_fail && easiest_failing) {
      found = Surprise{hardness_of(*easiest_failing, limit), hardness_of(hardness, limit)};
    }
  }
  return found;
}

}  // namespace double11::study
