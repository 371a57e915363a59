#include <double11/measure/histogram.hpp>

#include <cmath>

namespace double11::measure {

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

}  // namespace double11::measure
