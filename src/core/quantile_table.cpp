#include <double11/core/quantile_table.hpp>

#include <algorithm>
#include <cmath>

#include "core/quantile_wide.hpp"

namespace double11 {
namespace {

// Keeps products in operator() far inside 128 bits and sums of values inside 64.
constexpr double kLargest = 4.0e18;

std::int64_t rounded(double value) {
  return static_cast<std::int64_t>(std::llround(std::clamp(value, 0.0, kLargest)));
}

}  // namespace

QuantileTable::QuantileTable(const Quantile& quantile) : edges_(2 * kHalf) {
  for (std::size_t half = 0; half < 2; ++half) {
    const auto at = [&](double distance) {
      return rounded(half == 1 ? quantile(1.0 - distance, distance)
                               : quantile(distance, 1.0 - distance));
    };
    std::int64_t* const edges = edges_.data() + half * kHalf;
    for (unsigned octave = 0; octave < kOctaves; ++octave) {
      // Octave o holds distances from 2^-(o+2) to 2^-(o+1); cells grow away from the end, and the
      // last edge of an octave is the first of the next one.
      const double low = std::ldexp(1.0, -static_cast<int>(octave) - 2);
      std::int64_t* const edge = edges + std::size_t{kOctaves - 1 - octave} * kCells;
      for (unsigned cell = 0; cell <= kCells; ++cell) {
        edge[cell] = at(low * (1.0 + static_cast<double>(cell) / kCells));
      }
      for (unsigned cell = 0; cell < kCells; ++cell) {
        const double width = low / kCells;
        mean_ +=
            width * 0.5 * (static_cast<double>(edge[cell]) + static_cast<double>(edge[cell + 1]));
      }
    }
    ends_[half] = edges[0];
    mean_ += std::ldexp(static_cast<double>(ends_[half]), -static_cast<int>(kOctaves) - 1);
  }
}

void QuantileTable::draw(std::span<const std::uint64_t> us, std::int64_t least,
                         std::span<std::int64_t> values) const {
  const std::int64_t* const edges = edges_.data();
  const std::size_t done = draw_wide({edges, ends_, kHalf}, us, least, values);
  for (std::size_t i = done; i < values.size(); ++i) {
    values[i] = std::max(at(edges, us[i]), least);
  }
}

}  // namespace double11
