#pragma once
// A search that finds nothing proves nothing unless it finds what is there: for each audit law a
// bug is planted that breaks it.

#include <double11/live/canary.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace double11::stress {

/// A canary and the law that it is there for (position in report::Audit::laws).
struct Prey {
  live::Canary canary;
  std::size_t law;
};

inline constexpr std::array<Prey, 11> kPrey{{
    {live::Canary::lost_order, 0},
    {live::Canary::lost_arrival, 0},
    {live::Canary::oversold_unit, 1},
    {live::Canary::leaked_reservation, 2},
    {live::Canary::wrong_amount, 3},
    {live::Canary::double_dispatch, 4},
    {live::Canary::stranded_payment, 5},
    {live::Canary::lost_unit, 6},
    {live::Canary::misfiled_outcome, 7},
    {live::Canary::forgotten_refund, 8},
    {live::Canary::misfiled_patience, 9},
}};
/// A law that is added needs a canary of its own.
inline constexpr std::size_t kLaws = 10;
static_assert(kPrey.size() + 1 == live::kCanaryNames.size(), "every canary is hunted");

/// Looks for the canary among the trials of seeds `first` to `first + within - 1` and prints where
/// it was found first and which laws it broke; false when it was not.
bool hunt(const Prey& prey, std::uint64_t first, std::uint64_t within);

}  // namespace double11::stress
