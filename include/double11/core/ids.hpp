#pragma once
// Identities. Each is its own type, so that a buyer can never be passed for a SKU.

#include <compare>
#include <cstdint>

namespace double11 {

/// One order attempt: the slice of scenario time that made it and its place in that slice.
/// Any worker can make any slice, so ids need no shared counter; they are unique, not dense.
///
/// A buyer who tries again, or clicks twice, makes another arrival of the same order: its id is
/// that of the first click with a number of its own in the upper bits. (Scenarios in which that
/// can happen are below 2^31 slices long, so that those bits are free: scenario/rules_door.cpp.)
struct OrderId {
  static constexpr unsigned kIndexBits = 24;
  /// Most arrivals one slice may hold.
  static constexpr std::uint32_t kIndexEnd = 1U << kIndexBits;
  /// From this bit on: how often the buyer had tried before, below kTriesEnd.
  static constexpr unsigned kTryShift = 56;
  static constexpr unsigned kTriesEnd = 256;
  /// Set in the second click of a double click.
  static constexpr std::uint64_t kSecondClick = std::uint64_t{1} << 55U;

  std::uint64_t value = 0;

  constexpr OrderId() = default;
  constexpr explicit OrderId(std::uint64_t v) : value(v) {}
  constexpr OrderId(std::uint64_t slice, std::uint32_t index)
      : value((slice << kIndexBits) | index) {}
  constexpr auto operator<=>(const OrderId&) const = default;

  /// The first click of the same order. Only where the upper bits are free, as for all below.
  [[nodiscard]] constexpr OrderId first_click() const {
    return OrderId(value & (kSecondClick - 1));
  }
  [[nodiscard]] constexpr unsigned tries() const {
    return static_cast<unsigned>(value >> kTryShift);
  }
  [[nodiscard]] constexpr bool is_second_click() const { return (value & kSecondClick) != 0; }
  /// The next try of the same order; tries() must be below kTriesEnd - 1.
  [[nodiscard]] constexpr OrderId next_try() const {
    return OrderId((value & ~kSecondClick) + (std::uint64_t{1} << kTryShift));
  }
  /// The second click beside this one.
  [[nodiscard]] constexpr OrderId second_click() const { return OrderId(value | kSecondClick); }
};

/// A stock keeping unit; 0 is the most popular. The hot set comes first.
struct SkuId {
  std::uint32_t value = 0;
  constexpr auto operator<=>(const SkuId&) const = default;
};

/// A buyer; uniform over `traffic.buyers`.
struct BuyerId {
  std::uint32_t value = 0;
  constexpr auto operator<=>(const BuyerId&) const = default;
};

}  // namespace double11
