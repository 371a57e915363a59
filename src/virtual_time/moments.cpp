#include <double11/virtual_time/network_record.hpp>

#include "core/wide_loop.hpp"

namespace double11::virtual_time {
namespace {

// Sums of so many values below 2^32, and of the halves of their squares, fit 64 bits.
constexpr std::size_t kSummed = 4096;

// Adds values below 2^32 and returns true, or does nothing.
bool add_small(std::span<const std::int64_t> values_ns, Moments& moments) {
  std::uint64_t sum = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint64_t bits = 0;
  wide_loop([&]() __attribute__((always_inline)) {
    std::uint64_t group_sum = 0;
    std::uint64_t group_low = 0;
    std::uint64_t group_high = 0;
    std::uint64_t group_bits = 0;
    for (const std::int64_t value_ns : values_ns) {
      const auto value = static_cast<std::uint64_t>(value_ns);
      const std::uint64_t square = (value & 0xFFFFFFFFU) * (value & 0xFFFFFFFFU);
      group_sum += value;
      group_low += square & 0xFFFFFFFFU;
      group_high += square >> 32U;
      group_bits |= value;
    }
    sum = group_sum;
    low = group_low;
    high = group_high;
    bits = group_bits;
  });
  if (bits >> 32U != 0) return false;
  moments.count += static_cast<std::int64_t>(values_ns.size());
  moments.sum += sum;
  moments.squares += (Wide{high} << 32U) + low;
  return true;
}

}  // namespace

void Moments::add_all(std::span<const std::int64_t> values_ns) {
  while (!values_ns.empty()) {
    const auto group = values_ns.first(std::min(kSummed, values_ns.size()));
    if (!add_small(group, *this)) {
      for (const std::int64_t value_ns : group) add(value_ns);
    }
    values_ns = values_ns.subspan(group.size());
  }
}

}  // namespace double11::virtual_time
