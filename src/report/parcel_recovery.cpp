#include "report/parcel_recovery.hpp"

#include <double11/core/time.hpp>
#include <double11/measure/minute_counts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "report/chance.hpp"

namespace double11::report {
namespace {

constexpr Duration kMinute = measure::MinuteCounts::kMinute;

// Parcels go in bursts: when a truck leaves, or when a carrier comes again after its cut-off. So
// long it takes until the backlog has been at its lowest and its highest once.
Duration rhythm_of(const scenario::Logistics& logistics) {
  return logistics.carriers.empty() ? std::max(kMinute, logistics.departure_period)
                                    : measure::kDayLength;
}

// The mean rate of parcels over the minutes [from, to), per second.
class Rates {
 public:
  explicit Rates(const std::vector<std::int64_t>& handed) : sums_(handed.size() + 1) {
    for (std::size_t i = 0; i < handed.size(); ++i) sums_[i + 1] = sums_[i] + handed[i];
  }
  [[nodiscard]] double mean_per_s(std::size_t from, std::size_t to) const {
    if (from >= to) return 0;
    const std::size_t end = sums_.size() - 1;
    const std::int64_t parcels = sums_[std::min(to, end)] - sums_[std::min(from, end)];
    return static_cast<double>(parcels) / (static_cast<double>(to - from) * seconds_of(kMinute));
  }

 private:
  std::vector<std::int64_t> sums_;
};

}  // namespace

Recovery recovery_of_parcels(const scenario::Fault& fault, const scenario::Logistics& logistics,
                             const measure::RunRecord& record) {
  Recovery recovery;
  const std::vector<std::int64_t>& handed = record.fulfilment.handed.by_minute();
  const std::vector<std::int64_t> left =
      measure::backlog_of(record.delivery.paid().by_minute(), handed);
  const auto minute_of = [&](Duration at) {
    return static_cast<std::size_t>((at + logistics.starts_at) / kMinute);
  };
  const Duration over = fault.at + fault.duration;
  const std::size_t first = minute_of(fault.at);
  if (first >= left.size()) return recovery;

  recovery.step = Funnel::dispatched;
  const Rates rates(handed);
  const std::size_t last = minute_of(over);
  const auto rhythm =
      static_cast<std::size_t>((rhythm_of(logistics) + kMinute - Duration(1)) / kMinute);
  const std::size_t from = std::max(minute_of(Duration(0)), first - std::min(first, rhythm));
  recovery.before_per_s = rates.mean_per_s(from, first);
  recovery.worst_per_s = rates.mean_per_s(first, std::min(first + rhythm, last + 1));
  for (std::size_t i = first + 1; i + rhythm <= last + 1; ++i) {
    recovery.worst_per_s = std::min(recovery.worst_per_s, rates.mean_per_s(i, i + rhythm));
  }
  std::int64_t level = 0;
  for (std::size_t i = from; i < first; ++i) level = std::max(level, left[i]);
  const double little = chance_of(static_cast<double>(level));
  for (std::size_t i = first; i < left.size(); ++i) {
    const auto backlog = static_cast<double>(left[i] - level);
    recovery.backlog_most = std::max(recovery.backlog_most, backlog);
    const Duration end = kMinute * static_cast<std::int64_t>(i + 1) - logistics.starts_at;
    if (i < last) continue;
    if (backlog <= little) {
      // Had it not grown at all, there was nothing to recover from.
      if (recovery.backlog_most > little) recovery.after = std::max(end - over, Duration(0));
      return recovery;
    }
    recovery.after = end - over;
  }
  recovery.recovered = false;
  return recovery;
}

}  // namespace double11::report
