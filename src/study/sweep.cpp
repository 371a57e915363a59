#include <double11/core/units.hpp>
#include <double11/study/sweep.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace double11::study {
namespace {

// Parts between commas that no bracket or quotation mark encloses.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ']' || c == '}')) --depth;
    if (c == ',' && !quoted && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

struct Range {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t step = 1;
  bool multiplies = false;
};

// A range, or nothing when the text is a value; whether it makes sense is not asked here.
std::optional<Range> range_of(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(dots + 2);
  const std::size_t sign = std::min(rest.find_first_of("+*"), rest.size());
  const auto from = parse_count(text.substr(0, dots));
  const auto to = parse_count(rest.substr(0, sign));
  if (!from || !to) return std::nullopt;
  if (sign == rest.size()) return Range{*from, *to, 1, false};
  const auto step = parse_count(rest.substr(sign + 1));
  if (!step) return std::nullopt;
  return Range{*from, *to, *step, rest[sign] == '*'};
}

// Appends the values of a range; a sentence when it is none.
std::string append(const Range& range, std::vector<std::string>& values) {
  if (range.from >= range.to) return "needs a range that goes up";
  if (range.step < (range.multiplies ? 2 : 1))
    return "needs a step of 1 or more, a factor of 2 or more";
  if (range.multiplies && range.from == 0) return "0 times a factor stays 0";
  for (std::int64_t at = range.from;;) {
    if (values.size() >= kTrialsMost) return fmt::format("has more than {} values", kTrialsMost);
    values.push_back(text_of_count(at));
    // Without passing the largest number.
    if (range.multiplies ? at > range.to / range.step : at > range.to - range.step) break;
    at = range.multiplies ? at * range.step : at + range.step;
  }
  return {};
}

}  // namespace

std::variant<Factor, std::string> parse_factor(std::string_view text) {
  const auto problem = [&](std::string_view part, std::string_view what) {
    return fmt::format("--vary {}: {}{}{}", text, part, part.empty() ? "" : " ", what);
  };
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return problem("", "allowed is KEY=VALUE,VALUE,... such as run.workers=1..4");
  }
  Factor factor{std::string(text.substr(0, equals)), {}};
  for (const std::string& part : parts_of(text.substr(equals + 1))) {
    if (part.empty()) return problem("", "a value between commas is missing");
    if (const std::optional<Range> range = range_of(part)) {
      const std::string wrong = append(*range, factor.values);
      if (!wrong.empty()) return problem(part, wrong);
    } else {
      factor.values.push_back(part);
    }
  }
  for (std::size_t i = 0; i < factor.values.size(); ++i) {
    const auto after = factor.values.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    if (std::find(after, factor.values.end(), factor.values[i]) != factor.values.end()) {
      return problem(factor.values[i], "stands twice");
    }
  }
  return factor;
}

std::vector<Combination> combinations_of(std::span<const Factor> factors) {
  std::vector<Combination> all(1);
  for (const Factor& factor : factors) {
    std::vector<Combination> longer;
    longer.reserve(all.size() * factor.values.size());
    for (const Combination& one : all) {
      for (std::size_t value = 0; value < factor.values.size(); ++value) {
        longer.push_back(one);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::vector<std::string> overrides_of(std::span<const Factor> factors,
                                      const Combination& combination) {
  std::vector<std::string> overrides;
  overrides.reserve(factors.size());
  for (std::size_t i = 0; i < factors.size(); ++i) {
    overrides.push_back(factors[i].key + "=" + factors[i].values[combination[i]]);
  }
  return overrides;
}

std::vector<std::size_t> order_of_round(std::size_t combinations, std::size_t round,
                                        std::size_t rounds) {
  // Rounds begin evenly spread; where there are more of them than combinations, one further each.
  const std::size_t begin =
      rounds <= combinations ? round * combinations / rounds : round % combinations;
  std::vector<std::size_t> order;
  order.reserve(combinations);
  for (std::size_t i = 0; i < combinations; ++i) order.push_back((begin + i) % combinations);
  return order;
}

}  // namespace double11::study
