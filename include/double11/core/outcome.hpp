#pragma once
// The vocabulary of results: the one final state of an arrival, the funnel, the stages.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace double11 {

/// The one final state of an arrival.
enum class Outcome : std::uint8_t {
  dispatched,  ///< paid, has a parcel, a warehouse and an ETA
  sold_out,    ///< at least one line of the basket had too little stock left
  declined,    ///< the payment channel said no; the stock went back
  expired,     ///< the payment did not answer in time; the stock went back
  refunded,    ///< the payment succeeded after the reservation had ended; the money went back
  throttled,   ///< refused by a rate limit at admission
  shed,        ///< refused because a queue was full
  duplicate,   ///< a repeated click on an order that already exists
  abandoned,   ///< lost patience in a queue, or was left there when the run was interrupted
};
inline constexpr std::size_t kOutcomes = 9;

/// The funnel, in order. A rate is always the rate of one of these.
enum class Funnel : std::uint8_t { offered, admitted, reserved, paid, dispatched };
inline constexpr std::size_t kFunnelSteps = 5;

/// The stages an order passes, in order.
enum class Stage : std::uint8_t { admission, inventory, payment, logistics };
inline constexpr std::size_t kStages = 4;

/// The word used for it in code, JSON, docs and output.
std::string_view name_of(Outcome outcome);
std::string_view name_of(Funnel step);
std::string_view name_of(Stage stage);

/// One line that explains the outcome to a reader of a report.
std::string_view meaning_of(Outcome outcome);
/// One line that explains the step of the funnel.
std::string_view meaning_of(Funnel step);

inline constexpr std::array<Outcome, kOutcomes> kAllOutcomes{
    Outcome::dispatched, Outcome::sold_out,  Outcome::declined,
    Outcome::expired,    Outcome::refunded,  Outcome::throttled,
    Outcome::shed,       Outcome::duplicate, Outcome::abandoned};
inline constexpr std::array<Funnel, kFunnelSteps> kFunnel{
    Funnel::offered, Funnel::admitted, Funnel::reserved, Funnel::paid, Funnel::dispatched};
inline constexpr std::array<Stage, kStages> kAllStages{Stage::admission, Stage::inventory,
                                                       Stage::payment, Stage::logistics};

/// Position of an enumerator in arrays of kOutcomes, kFunnelSteps or kStages elements.
template <typename Enum>
constexpr std::size_t index_of(Enum value) {
  return static_cast<std::size_t>(value);
}

}  // namespace double11
