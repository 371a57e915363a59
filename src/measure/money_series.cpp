#include <double11/measure/money_series.hpp>

#include <algorithm>

namespace double11::measure {

MoneySeries::MoneySeries(Duration interval, Duration duration, Duration tail)
    : rows_(static_cast<std::size_t>((duration + tail) / interval) + 2),
      cursor_(interval, rows_.size()) {}

void MoneySeries::merge(const MoneySeries& other) {
  for (std::size_t row = 0; row < rows_.size(); ++row) rows_[row] += other.rows_[row];
}

double MoneySeries::fen_until(Instant at) const {
  const std::int64_t interval_ns = cursor_.interval().count();
  const std::int64_t ns = std::max<std::int64_t>(0, nanoseconds_of(at));
  const auto whole = std::min(static_cast<std::size_t>(ns / interval_ns), rows_.size() - 1);
  std::int64_t fen = 0;
  for (std::size_t row = 0; row < whole; ++row) fen += rows_[row];
  const std::int64_t into_ns = ns - static_cast<std::int64_t>(whole) * interval_ns;
  const double part =
      std::min(1.0, static_cast<double>(into_ns) / static_cast<double>(interval_ns));
  return static_cast<double>(fen) + part * static_cast<double>(rows_[whole]);
}

}  // namespace double11::measure
