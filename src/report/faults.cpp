#include <double11/report/faults.hpp>
#include <double11/scenario/faults.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "report/chance.hpp"
#include "report/parcel_recovery.hpp"

namespace double11::report {
namespace {

constexpr Duration kBefore = std::chrono::seconds(10);
constexpr double kNearly = 0.9;
// A backlog that falls by less than this share of the demand is not being worked off.
constexpr double kStandstill = 0.02;

Funnel step_before(Funnel step) {
  return kFunnel[index_of(step) - 1];
}

// The step and the demand on it, interval by interval.
class StepFlow {
 public:
  StepFlow(const measure::Series& series, Funnel step, std::size_t rows) {
    sums_in_.push_back(0);
    sums_out_.push_back(0);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto& counts = series.rows()[row];
      sums_in_.push_back(sums_in_.back() + counts[index_of(step_before(step))]);
      sums_out_.push_back(sums_out_.back() + counts[index_of(step)]);
    }
  }
  // Orders in the intervals [from, to).
  [[nodiscard]] double in(std::size_t from, std::size_t to) const {
    return sums_in_[to] - sums_in_[from];
  }
  [[nodiscard]] double out(std::size_t from, std::size_t to) const {
    return sums_out_[to] - sums_out_[from];
  }
  [[nodiscard]] std::size_t rows() const { return sums_in_.size() - 1; }

 private:
  std::vector<double> sums_in_;
  std::vector<double> sums_out_;
};

}  // namespace

std::optional<Funnel> step_of(const std::string& target) {
  const std::string_view group = scenario::fault_group(target);
  if (group == "payment") return Funnel::paid;
  if (group == "inventory") return Funnel::reserved;
  if (group == "admission") return Funnel::admitted;
  return std::nullopt;
}

Recovery recovery_from(const scenario::Fault& fault, const measure::Series& series, Instant end) {
  Recovery recovery;
  const std::optional<Funnel> step = step_of(fault.of);
  const Duration interval = series.interval();
  const auto row_of = [&](Duration at) { return static_cast<std::size_t>(at / interval); };
  // The last row of a series takes all that is later, so it is no interval.
  const std::size_t rows =
      std::min(series.rows().size() - 1, row_of(end.time_since_epoch() + interval - Duration(1)));
  const double interval_s = seconds_of(interval);
  const Duration over = fault.at + fault.duration;
  const std::size_t first = row_of(fault.at);
  const std::size_t last = row_of(over);
  if (!step || first >= rows) return recovery;

  recovery.step = step;
  const StepFlow flow(series, *step, rows);
  const std::size_t from = row_of(std::max(fault.at - kBefore, Duration(0)));
  const bool any_before = flow.in(from, first) > 0;
  // Of the demand the step also takes a share when all is well: some are declined, for example.
  const double share = any_before             ? flow.out(from, first) / flow.in(from, first)
                       : flow.in(0, rows) > 0 ? flow.out(0, rows) / flow.in(0, rows)
                                              : 0;
  const double level = share * flow.in(0, first) - flow.out(0, first);
  const double usual = any_before ? flow.out(from, first) / static_cast<double>(first - from) : 0;
  recovery.before_per_s = usual / interval_s;
  // Unmet demand at the beginning of a row.
  const auto backlog_at = [&](std::size_t row) {
    return share * flow.in(0, row) - flow.out(0, row) - level;
  };
  const auto window = static_cast<std::size_t>(std::max<std::int64_t>(1, kBefore / interval));
  const double little = 0.1 * std::max(level, 0.0) + chance_of(level);
  const auto is_quick = [&](std::size_t row) {
    const double demand = share * flow.in(row, row + 1);
    const double wanted = kNearly * (any_before ? std::min(demand, usual) : demand);
    return flow.out(row, row + 1) + chance_of(wanted) >= wanted;
  };
  // What is left of it will be left for good: those orders are lost.
  const auto stands_still = [&](std::size_t row) {
    const std::size_t until = std::min(row + window, rows);
    // While nobody asks for anything, it only seems to be.
    if (until == row || flow.in(row, row + 1) <= 0) return false;
    double least = backlog_at(row);
    for (std::size_t i = row + 1; i <= until; ++i) least = std::min(least, backlog_at(i));
    const double demand = share * flow.in(row, until);
    return backlog_at(row) - least <= kStandstill * demand + chance_of(demand);
  };

  double worst = usual;
  for (std::size_t row = first; row < rows; ++row) {
    if (interval * static_cast<std::int64_t>(row) >= over) break;
    worst = std::min(worst, flow.out(row, row + 1));
    recovery.backlog_most = std::max(recovery.backlog_most, backlog_at(row + 1));
  }
  recovery.worst_per_s = worst / interval_s;
  for (std::size_t row = last; row < rows; ++row) {
    const double before = backlog_at(row);
    const double after = backlog_at(row + 1);
    recovery.backlog_most = std::max(recovery.backlog_most, std::max(before, after));
    const Duration begin = interval * static_cast<std::int64_t>(row);
    // Within a row the backlog falls evenly; the fault ends somewhere in its first one.
    Duration part(0);
    if (after <= little) {
      if (before > little) {
        const double until = (before - little) / (before - after);
        part = Duration(std::llround(until * static_cast<double>(interval.count())));
      }
    } else if (row == last || !stands_still(row)) {
      continue;
    }
    if (!is_quick(row)) continue;
    recovery.after = std::max(begin + part - over, Duration(0));
    return recovery;
  }
  recovery.recovered = false;
  const Duration seen =
      std::min(end.time_since_epoch(), interval * static_cast<std::int64_t>(rows));
  recovery.after = std::max(seen - over, Duration(0));
  return recovery;
}

std::vector<Recovery> recoveries(const scenario::Scenario& scenario,
                                 const measure::RunRecord& record) {
  std::vector<Recovery> all;
  all.reserve(scenario.faults.size());
  for (const scenario::Fault& fault : scenario.faults) {
    const std::string_view group = scenario::fault_group(fault.of);
    all.push_back(group == "logistics" || group == "carrier"
                      ? recovery_of_parcels(fault, scenario.logistics, record)
                      : recovery_from(fault, record.series, record.scenario_end));
  }
  return all;
}

double longest_recovery_ns(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  Duration longest{0};
  for (const Recovery& recovery : recoveries(scenario, record)) {
    if (!recovery.step) continue;
    if (!recovery.recovered) return std::numeric_limits<double>::infinity();
    longest = std::max(longest, recovery.after);
  }
  return static_cast<double>(longest.count());
}

}  // namespace double11::report
