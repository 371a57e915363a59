#pragma once
// Identities. Each is its own type, so that a buyer can never be passed for a SKU.

#include <compare>
#include <cstdint>

namespace double11 {

/// One order attempt: the slice of scenario time that made it and its place in that slice.
/// Any worker can make any slice, so ids need no shared counter; they are unique, not dense.
struct OrderId {
  static constexpr unsigned kIndexBits = 24;
  /// Most arrivals one slice may hold.
  static constexpr std::uint32_t kIndexEnd = 1U << kIndexBits;

  std::uint64_t value = 0;

  constexpr OrderId() = default;
  constexpr explicit OrderId(std::uint64_t v) : value(v) {}
  constexpr OrderId(std::uint64_t slice, std::uint32_t index)
      : value((slice << kIndexBits) | index) {}
  constexpr auto operator<=>(const OrderId&) const = default;
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
