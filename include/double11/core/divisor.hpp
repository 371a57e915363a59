#pragma once
// Division of 32-bit numbers by a number that is known only at run time but stays the same: one
// wide multiplication instead of a division (Lemire, Kaser and Kurz, "Faster remainder by direct
// computation", Software: Practice and Experience 49(6), 2019). Exact for all 32-bit operands.

#include <cstdint>

namespace double11 {

class Divisor {
 public:
  /// `divisor` from 1 on.
  constexpr explicit Divisor(std::uint32_t divisor)
      : divisor_(divisor), inverse_(UINT64_MAX / divisor + 1) {}

  [[nodiscard]] constexpr std::uint32_t value() const { return divisor_; }

  [[nodiscard]] constexpr std::uint32_t quotient(std::uint32_t n) const {
    // For 1 the inverse, 2^64, wraps to 0.
    const std::uint32_t whole = inverse_ == 0 ? n : 0;
    return static_cast<std::uint32_t>((Wide{inverse_} * n) >> 64U) + whole;
  }

  [[nodiscard]] constexpr std::uint32_t remainder(std::uint32_t n) const {
    return n - quotient(n) * divisor_;
  }

 private:
  __extension__ using Wide = unsigned __int128;

  std::uint32_t divisor_;
  std::uint64_t inverse_;
};

}  // namespace double11
