#pragma once
// Latency over scenario time: a coarse histogram per interval, of one dispatched order in so many,
// chosen by its id. Cells are 1/16 of an octave, so a percentile is at most 6 % above that of the
// orders in it. One writer.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/row_cursor.hpp>
#include <double11/scenario/scenario.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

class LatencySeries {
 public:
  /// Intervals of a run of the scenario: 24 to 240, and room for a tenth of its duration after it;
  /// later orders are counted in the last.
  explicit LatencySeries(const scenario::Scenario& scenario);

  /// An order was dispatched at `at`, so long after its planned arrival.
  void count(OrderId id, Instant at, Duration latency) {
    if ((id.value * kSpread >> 32U & mask_) != 0) return;
    ++cells_[cursor_(at) * kCells + cell_of(latency.count())];
  }

  void merge(const LatencySeries& other);

  [[nodiscard]] Duration interval() const { return cursor_.interval(); }
  /// One order in so many is counted.
  [[nodiscard]] std::int64_t every() const { return static_cast<std::int64_t>(mask_) + 1; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// Orders counted in a row, and the latency that `share` of them do not exceed (0 without any).
  [[nodiscard]] std::int64_t count_of(std::size_t row) const;
  [[nodiscard]] Duration quantile(std::size_t row, double share) const;

 private:
  static constexpr unsigned kSubBits = 4;
  static constexpr unsigned kTopBit = 44;  // five hours
  static constexpr std::size_t kCells = std::size_t{kTopBit - kSubBits + 1} << kSubBits;
  // Knuth's multiplier: neighbouring ids lie far apart.
  static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;

  static std::size_t cell_of(std::int64_t latency_ns) {
    constexpr auto kTop = (std::uint64_t{1} << kTopBit) - 1;
    const auto value =
        std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(latency_ns, 0)), kTop);
    if (value < (std::uint64_t{1} << kSubBits)) return value;
    const auto octave = static_cast<unsigned>(std::bit_width(value)) - 1 - kSubBits;
    return (std::size_t{octave} << kSubBits) + (value >> octave);
  }
  static std::int64_t upper_edge(std::size_t cell);

  std::size_t rows_;
  RowCursor cursor_;
  std::uint64_t mask_;  // a power of two less one
  std::vector<std::uint32_t> cells_;
};

}  // namespace double11::measure
