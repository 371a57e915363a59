#pragma once
// Money is an integer number of fen (1 yuan = 100 fen); never a floating-point number.

#include <compare>
#include <cstdint>

namespace double11 {

/// An amount in fen. Range of one order: 0 to 4,294,967,295 (42.9 million yuan), see Order.
struct MoneyFen {
  std::int64_t fen = 0;

  constexpr auto operator<=>(const MoneyFen&) const = default;
  constexpr MoneyFen& operator+=(MoneyFen other) {
    fen += other.fen;
    return *this;
  }
  friend constexpr MoneyFen operator+(MoneyFen a, MoneyFen b) { return {a.fen + b.fen}; }
  friend constexpr MoneyFen operator-(MoneyFen a, MoneyFen b) { return {a.fen - b.fen}; }
};

}  // namespace double11
