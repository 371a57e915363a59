#include <double11/study/timings.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace double11::study {
namespace {

// Each octave has 2^kSubBits cells: a cell is 0.1 % wide.
constexpr unsigned kSubBits = 10;
constexpr unsigned kTopBit = 55;
static_assert(Timings::kMostNs < std::int64_t{1} << kTopBit, "the last octave holds the longest");
constexpr std::size_t kCells = std::size_t{kTopBit - kSubBits + 1} << kSubBits;

// Cells of fewer bits are these, put together: cell >> shift.
std::size_t cell_of(std::int64_t value_ns) {
  const auto value = static_cast<std::uint64_t>(value_ns);
  const auto bits = static_cast<unsigned>(std::bit_width(value));
  if (bits <= kSubBits) return value;
  const unsigned octave = bits - 1 - kSubBits;
  return (std::size_t{octave} << kSubBits) + (value >> octave);
}

}  // namespace

Timings::Timings() : sums_(kCells) {}

void Timings::add(std::int64_t value_ns, std::int64_t count) {
  const Wide together = Wide{static_cast<std::uint64_t>(value_ns)} * static_cast<Wide>(count);
  Sum& sum = sums_[cell_of(value_ns)];
  sum.count += count;
  sum.value_ns += together;
  count_ += count;
  sum_ns_ += together;
  least_ns_ = std::min(least_ns_, value_ns);
  most_ns_ = std::max(most_ns_, value_ns);
}

double Timings::mean_ns() const {
  return static_cast<double>(sum_ns_) / static_cast<double>(count_);
}

double Timings::deviation_ns() const {
  const double mean = mean_ns();
  double squares = 0;
  for (const Cell& cell : cells()) {
    squares += (cell.value_ns - mean) * (cell.value_ns - mean) * static_cast<double>(cell.count);
  }
  return std::sqrt(squares / static_cast<double>(count_));
}

double Timings::quantile_ns(double share) const {
  if (share >= 1) return static_cast<double>(most_ns_);
  const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(count_)));
  std::int64_t passed = 0;
  for (const Sum& sum : sums_) {
    passed += sum.count;
    if (sum.count > 0 && passed >= wanted) {
      return static_cast<double>(sum.value_ns) / static_cast<double>(sum.count);
    }
  }
  return static_cast<double>(most_ns_);
}

std::vector<Timings::Cell> Timings::cells(std::size_t most) const {
  for (unsigned shift = 0;; ++shift) {
    std::vector<Cell> cells = merged(shift);
    if (cells.size() <= most) return cells;
  }
}

std::vector<Timings::Cell> Timings::merged(unsigned shift) const {
  std::vector<Cell> cells;
  Sum together;
  for (std::size_t i = 0; i < kCells; ++i) {
    together.count += sums_[i].count;
    together.value_ns += sums_[i].value_ns;
    const bool ends = i + 1 == kCells || (i + 1) >> shift != i >> shift;
    if (!ends || together.count == 0) continue;
    const auto count = static_cast<double>(together.count);
    cells.push_back({static_cast<double>(together.value_ns) / count, together.count});
    together = {};
  }
  return cells;
}

}  // namespace double11::study
