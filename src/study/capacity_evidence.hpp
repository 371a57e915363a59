#pragma once
// What the trials of a search for a limit say together, whatever the search made of them.

#include <double11/study/capacity.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace double11::study {

/// Of the trials that were judged; `limit` says which side is harder, and is known.
struct Evidence {
  std::optional<double> easiest_fail;
  std::optional<double> hardest_pass;
  std::optional<double> hardest;
};
[[nodiscard]] Evidence evidence_in(const std::vector<Tried>& tried, Limit limit);

/// How many of them passed and failed at values between the two.
struct Counts {
  std::int64_t passed = 0;
  std::int64_t failed = 0;
};
[[nodiscard]] Counts counts_between(const std::vector<Tried>& tried, double a, double b);

/// Whether a range is so wide that it says nothing of a limit: more than a factor of two, and more
/// than four times how near two values are that are near enough, as small whole numbers are.
[[nodiscard]] bool are_far_apart(double a, double b, double near);

/// The widest contradiction among the values all of whose trials agree; nothing where the limit is
/// unknown.
[[nodiscard]] std::optional<Surprise> surprise_in(const std::vector<Tried>& tried, Limit limit);

}  // namespace double11::study
