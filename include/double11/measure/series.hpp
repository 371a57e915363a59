#pragma once
// Counts over scenario time: one row per interval, one column per funnel step. One writer.

#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/row_cursor.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::measure {

/// How long after the scenario's duration events still get a row of their own: 30 s, and longer as
/// far as a waiting room, retries or faults bring orders later than that; at most 100,000 rows.
[[nodiscard]] Duration series_tail(const scenario::Scenario& scenario);

class Series {
 public:
  using Row = std::array<std::uint32_t, kFunnelSteps>;

  /// Rows for the whole of a run of the scenario.
  explicit Series(const scenario::Scenario& scenario);
  /// Rows for [0, duration) and `tail` of what comes after; later events go into the last row.
  Series(Duration interval, Duration duration, Duration tail);

  void count(Funnel step, Instant at) { ++rows_[cursor_(at)][index_of(step)]; }

  /// Counts events that take one or several steps at once, and mostly come in one row. They are in
  /// the series when this ends.
  template <std::size_t kSteps>
  class Tally {
   public:
    Tally(Series& series, const std::array<Funnel, kSteps>& steps)
        : series_(series), steps_(steps), cursor_(series.cursor_) {}
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;
    ~Tally() { add_up(); }

    void count(Instant at) {
      if (!cursor_.has(at)) [[unlikely]] {
        add_up();
        cursor_.turn_to(at);
      }
      ++events_;
    }

   private:
    void add_up() {
      for (const Funnel step : steps_) series_.rows_[cursor_.row()][index_of(step)] += events_;
      events_ = 0;
    }

    Series& series_;
    std::array<Funnel, kSteps> steps_;
    RowCursor cursor_;
    std::uint32_t events_ = 0;
  };

  /// Adds the counts of a series of the same shape.
  void merge(const Series& other);

  [[nodiscard]] Duration interval() const { return cursor_.interval(); }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  /// Highest count of `step` in an interval, per second; the last row, which takes all that is
  /// later, is none.
  [[nodiscard]] double peak_per_s(Funnel step) const;

  /// The intervals up to the last one in which anything took `step`; without the last row.
  [[nodiscard]] std::size_t rows_with(Funnel step) const;

  /// How many took `step` before `at`; within an interval as if they had come evenly.
  [[nodiscard]] double count_until(Funnel step, Instant at) const;

  /// Rate of `step` in the interval that holds `at`, per second.
  [[nodiscard]] double rate_at(Funnel step, Instant at) const;

  /// The interval for a scenario of this duration: 1 s; a power of ten less for short ones, so
  /// that there are at least two whole ones; more for long ones, so that there are at most 200,000.
  [[nodiscard]] static Duration interval_for(Duration duration);

 private:
  std::vector<Row> rows_;
  RowCursor cursor_;
};

}  // namespace double11::measure
