#pragma once
// The plan of a sweep: which keys take which values, every combination of them, and in which order
// the combinations run. Text only; whether a value is allowed is for the scenario's loader to say.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace double11::study {

/// Most combinations of a sweep, times rounds: beyond it somebody has mistyped a range.
inline constexpr std::size_t kTrialsMost = 10'000;

/// A key that varies and the values it takes, as texts that --set would take.
struct Factor {
  std::string key;
  std::vector<std::string> values;
};

/// The factor of "KEY=VALUES", or a sentence that says what is wrong and what is allowed. VALUES
/// are separated by commas (those within brackets, braces or quotation marks separate nothing);
/// each is a value or a range of whole numbers: 1..8, 10..50+10, 1k..16k*2 (suffixes k, M, G).
[[nodiscard]] std::variant<Factor, std::string> parse_factor(std::string_view text);

/// Positions of the values, one for each factor.
using Combination = std::vector<std::size_t>;

/// All combinations, the last factor varying fastest; one, empty, of no factors.
[[nodiscard]] std::vector<Combination> combinations_of(std::span<const Factor> factors);

/// "KEY=VALUE" of each factor.
[[nodiscard]] std::vector<std::string> overrides_of(std::span<const Factor> factors,
                                                    const Combination& combination);

/// The order of the combinations in a round: each round has all of them and begins elsewhere, so
/// that neither a slow minute nor being first always hits the same. `round` is below `rounds`.
[[nodiscard]] std::vector<std::size_t> order_of_round(std::size_t combinations, std::size_t round,
                                                      std::size_t rounds);

}  // namespace double11::study
