#pragma once
// Money over scenario time: one sum per interval, in the intervals of Series. One writer.

#include <double11/core/money.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/row_cursor.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

class MoneySeries {
 public:
  /// Rows for [0, duration) and `tail` of what comes after; later amounts go into the last row.
  MoneySeries(Duration interval, Duration duration, Duration tail);

  void add(Instant at, MoneyFen amount) { rows_[cursor_(at)] += amount.fen; }

  /// Adds a series of the same shape.
  void merge(const MoneySeries& other);

  /// What was added before `at`, in fen; within an interval as if it had come evenly.
  [[nodiscard]] double fen_until(Instant at) const;

 private:
  std::vector<std::int64_t> rows_;
  RowCursor cursor_;
};

}  // namespace double11::measure
