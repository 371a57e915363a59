#pragma once
// Which row of a list of intervals an event falls into. Most fall into the row of the one before;
// that saves a division. One thread at a time.

#include <double11/core/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace double11::measure {

class RowCursor {
 public:
  /// One row for all.
  RowCursor() = default;
  /// `rows` (at least 1) intervals (above 0) from the start of the scenario on; what is later falls
  /// into the last.
  RowCursor(Duration interval, std::size_t rows)
      : interval_ns_(static_cast<std::uint64_t>(interval.count())), last_(rows - 1) {}

  /// The row of an event at `at`, 0 or later.
  std::size_t operator()(Instant at) {
    if (!has(at)) [[unlikely]]
      turn_to(at);
    return row_;
  }

  /// Whether it falls into row(), that of the event before.
  [[nodiscard]] bool has(Instant at) const {
    return static_cast<std::uint64_t>(nanoseconds_of(at)) - begin_ns_ < interval_ns_;
  }
  [[nodiscard]] std::size_t row() const { return row_; }
  void turn_to(Instant at) {
    const std::uint64_t interval = static_cast<std::uint64_t>(nanoseconds_of(at)) / interval_ns_;
    begin_ns_ = interval * interval_ns_;
    row_ = std::min<std::size_t>(interval, last_);
  }

  [[nodiscard]] Duration interval() const {
    return Duration(static_cast<std::int64_t>(interval_ns_));
  }

 private:
  std::uint64_t interval_ns_ = UINT64_MAX;
  std::size_t last_ = 0;
  std::uint64_t begin_ns_ = 0;
  std::size_t row_ = 0;
};

}  // namespace double11::measure
