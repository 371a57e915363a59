#pragma once
// Stationary laws of birth-death chains: p(n+1) = p(n) birth(n) / death(n+1). Weights are rescaled
// on the way, so neither thousands of states nor millions under- or overflow; sums of positive
// terms only, so the relative error is a few hundred roundings at most.

#include <cstdint>
#include <functional>
#include <vector>

namespace double11::study::theory {

/// Rate of the chain in state n, per unit of time; not negative.
using StateRate = std::function<double(std::int64_t state)>;

/// Probabilities of the states 0 to `last` >= 0; `death`(n) > 0 for n >= 1.
[[nodiscard]] std::vector<double> birth_death_law(const StateRate& birth, const StateRate& death,
                                                  std::int64_t last);

/// The same for a chain without end, cut where the rest is below 1e-18 of the whole. From some
/// state on births must stay below deaths by a factor, else the cut is never reached.
[[nodiscard]] std::vector<double> birth_death_law(const StateRate& birth, const StateRate& death);

}  // namespace double11::study::theory
