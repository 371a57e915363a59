#include <double11/measure/histogram.hpp>

#include <cmath>

#include "core/wide_loop.hpp"

namespace double11::measure {
namespace {

// Values whose cells are found together.
constexpr std::size_t kGroup = 256;

// Sums of a group of smaller values fit 64 bits.
constexpr unsigned kSmallBits = 55;

}  // namespace

void Histogram::record_all(std::span<const std::int64_t> values) {
  for (; values.size() > kGroup; values = values.subspan(kGroup))
    record_group(values.first(kGroup));
  record_group(values);
}

void Histogram::record_group(std::span<const std::int64_t> values) {
  std::array<std::uint32_t, kGroup> cells;
  std::uint64_t sum = 0;
  std::uint64_t bits = 0;
  std::int64_t most = max_;
  std::size_t others = 0;  // than zero
  wide_loop([&]() __attribute__((always_inline)) {
    std::size_t group_others = 0;
    std::uint64_t group_sum = 0;
    std::uint64_t group_bits = 0;
    std::int64_t group_most = max_;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int64_t value = values[i];
      cells[i] = static_cast<std::uint32_t>(cell_of(value));
      group_sum += static_cast<std::uint64_t>(value);
      group_bits |= static_cast<std::uint64_t>(value);
      group_most = value > group_most ? value : group_most;
      group_others += value != 0 ? 1U : 0U;
    }
    others = group_others;
    sum = group_sum;
    bits = group_bits;
    most = group_most;
  });
  std::size_t left = values.size();
  if (2 * others < left) {
    // Increments of one cell would wait for each other.
    cells_[0] += left - others;
    left = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      cells[left] = cells[i];
      left += cells[i] != 0 ? 1U : 0U;
    }
  }
  for (std::size_t i = 0; i < left; ++i) ++cells_[cells[i]];
  count_ += static_cast<std::int64_t>(values.size());
  max_ = most;
  if (bits >> kSmallBits == 0) {
    sum_ += sum;
  } else {
    for (const std::int64_t value : values) sum_ += static_cast<std::uint64_t>(value);
  }
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t cell = 0; cell < kCells; ++cell) cells_[cell] += other.cells_[cell];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

std::int64_t Histogram::upper_edge(std::size_t cell) {
  // Cells 0 to 2^(kSubBits+1)-1 are exact values; then 2^kSubBits cells per octave.
  if (cell < (std::size_t{2} << kSubBits)) return static_cast<std::int64_t>(cell);
  const std::size_t shift = (cell >> kSubBits) - 1;
  const std::size_t mantissa = cell - (shift << kSubBits);
  return static_cast<std::int64_t>(((mantissa + 1) << shift) - 1);
}

std::int64_t Histogram::quantile(double share) const {
  if (count_ == 0) return 0;
  const double wanted = std::ceil(share * static_cast<double>(count_));
  const auto rank = std::clamp<std::int64_t>(static_cast<std::int64_t>(wanted), 1, count_);
  std::int64_t seen = 0;
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    seen += static_cast<std::int64_t>(cells_[cell]);
    if (seen >= rank) return cell + 1 == kCells ? max_ : std::min(upper_edge(cell), max_);
  }
  return max_;
}

std::int64_t Histogram::quantile_since(const Histogram& earlier, double share) const {
  Histogram since;
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    since.cells_[cell] = cells_[cell] - earlier.cells_[cell];
    if (since.cells_[cell] != 0) since.max_ = std::min(upper_edge(cell), max_);
  }
  since.count_ = count_ - earlier.count_;
  return since.quantile(share);
}

}  // namespace double11::measure
