#pragma once
// Money over scenario time: one sum per interval, in the intervals of Series. One writer.

#include <double11/core/money.hpp>
#include <double11/core/time.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

class MoneySeries {
 public:
  /// Rows for [0, duration) and `tail` of what comes after; later amounts go into the last row.
  MoneySeries(Duration interval, Duration duration, Duration tail);

  void add(Instant at, MoneyFen amount) {
    const auto ns = static_cast<std::uint64_t>(nanoseconds_of(at));
    // Most come in the row of the one before; that saves a division.
    if (ns - row_begin_ns_ >= static_cast<std::uint64_t>(interval_ns_)) [[unlikely]]
      turn_to(ns);
    rows_[row_] += amount.fen;
  }

  /// Adds a series of the same shape.
  void merge(const MoneySeries& other);

  /// What was added before `at`, in fen; within an interval as if it had come evenly.
  [[nodiscard]] double fen_until(Instant at) const;

 private:
  void turn_to(std::uint64_t ns);

  std::int64_t interval_ns_;
  std::uint64_t row_begin_ns_ = 0;
  std::size_t row_ = 0;
  std::vector<std::int64_t> rows_;
};

}  // namespace double11::measure
