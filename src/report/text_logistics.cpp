// The report for people: logistics.
#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {
namespace {

using measure::PromiseCounts;

std::string yuan(MoneyFen money) {
  return grouped(std::llround(static_cast<double>(money.fen) / 100));
}

std::string parcels_line(const Result& result) {
  const auto& parcels = result.record.parcels.by_warehouse;
  std::string line = "Logistics:";
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    line +=
        fmt::format(" {} {},", result.scenario.logistics.warehouses[i].name, grouped(parcels[i]));
  }
  const auto& delivery = result.record.delivery.time_s();
  line.pop_back();
  line += fmt::format(" parcels; payment to ETA p50 {}, p99 {}",
                      short_duration(std::chrono::seconds(delivery.quantile(0.5))),
                      short_duration(std::chrono::seconds(delivery.quantile(0.99))));
  // Logistics plans no further than a century.
  constexpr std::chrono::seconds kAlmostCentury = std::chrono::years(99);
  if (delivery.max() >= kAlmostCentury.count()) line += "; none is planned beyond 100 years";
  return wrapped(line, "  ");
}

std::string promise_line(std::string_view where, Duration promise, const PromiseCounts& counts) {
  if (counts.parcels == 0) return "";
  return wrapped(
      fmt::format("  {}: {} of {} within {}; the first parcel {} after the start", where,
                  percent(static_cast<double>(counts.kept), static_cast<double>(counts.parcels)),
                  grouped(counts.parcels), text_of_duration(promise),
                  short_duration(counts.first.time_since_epoch())),
      "    ");
}

std::string cost_line(const Result& result) {
  const measure::FulfilmentCounts& counts = result.record.fulfilment;
  const std::int64_t parcels = result.record.parcels.parcels;
  std::string line =
      fmt::format("  cost {} yuan, {:.2f} a parcel: shifts {}, transport {}", yuan(counts.cost()),
                  static_cast<double>(counts.cost().fen) / 100 /
                      static_cast<double>(std::max<std::int64_t>(1, parcels)),
                  yuan(counts.labour), yuan(counts.transport));
  if (counts.transferred_units > 0) line += fmt::format(", transfers {}", yuan(counts.transfers));
  if (counts.ahead_units > 0) {
    line += fmt::format(", sent ahead {}, returned {}", yuan(counts.ahead), yuan(counts.returns));
  }
  return wrapped(line, "    ");
}

std::string stock_lines(const measure::FulfilmentCounts& counts) {
  std::string text;
  if (counts.transferred_parcels > 0) {
    text +=
        wrapped(fmt::format("  {} parcels waited for {} units from another warehouse",
                            grouped(counts.transferred_parcels), grouped(counts.transferred_units)),
                "    ");
  }
  if (counts.ahead_units > 0) {
    text += wrapped(
        fmt::format("  {} units lay at the last mile, {} parcels were there already; {} units "
                    "went back",
                    grouped(counts.ahead_units), grouped(counts.ahead_parcels),
                    grouped(counts.returned_units)),
        "    ");
  }
  return text;
}

std::string carrier_lines(const Result& result) {
  const auto& carriers = result.record.fulfilment.carriers;
  std::string text;
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    text += wrapped(
        fmt::format("  {}: {} parcels, {} ready after its cut-off, {} put off by a "
                    "full day",
                    result.scenario.logistics.carriers[i].name, grouped(carriers[i].parcels),
                    grouped(carriers[i].after_cut_off), grouped(carriers[i].over_capacity)),
        "    ");
  }
  return text;
}

std::int64_t at_or_0(const std::vector<std::int64_t>& list, std::size_t index) {
  return index < list.size() ? list[index] : 0;
}

// A row for each day; of long runs the first ones, and one for all others.
std::string day_table(const Result& result) {
  constexpr std::size_t kMostRows = 14;
  const std::vector<std::int64_t> paid = result.record.delivery.paid().by_day();
  const std::vector<std::int64_t> handed = result.record.fulfilment.handed.by_day();
  const std::vector<std::int64_t> delivered = result.record.delivery.delivered().by_day();
  const std::vector<std::int64_t> backlog = measure::backlog_of(paid, handed);
  const std::size_t days = std::max(backlog.size(), delivered.size());
  std::string text = fmt::format("  {:<10}{:>16}{:>16}{:>16}{:>16}\n", "day", "paid", "handed over",
                                 "backlog", "delivered");
  const auto row = [&](const std::string& name, std::size_t first, std::size_t end) {
    std::int64_t sums[3] = {0, 0, 0};
    for (std::size_t day = first; day < end; ++day) {
      sums[0] += at_or_0(paid, day);
      sums[1] += at_or_0(handed, day);
      sums[2] += at_or_0(delivered, day);
    }
    text += fmt::format("  {:<10}{:>16}{:>16}{:>16}{:>16}\n", name, grouped(sums[0]),
                        grouped(sums[1]), grouped(at_or_0(backlog, end - 1)), grouped(sums[2]));
  };
  for (std::size_t day = 0; day < std::min(days, kMostRows); ++day) {
    row(fmt::format("{}", day + 1), day, day + 1);
  }
  // The last day that is counted stands for all that are later.
  const bool more = days == static_cast<std::size_t>(measure::MinuteCounts::kMostDays);
  const std::size_t counted = more ? days - 1 : days;
  if (counted > kMostRows) row(fmt::format("{}-{}", kMostRows + 1, counted), kMostRows, counted);
  if (more) row("later", counted, days);
  return text;
}

}  // namespace

std::string logistics_part(const Result& result) {
  std::string text = "\n" + parcels_line(result);
  const measure::DeliveryBooks& delivery = result.record.delivery;
  const bool plain = is_plain_logistics(result.scenario);
  if (plain && delivery.overseas().parcels == 0) return text;
  const scenario::Promise& promise = result.scenario.logistics.promise;
  text += promise_line("domestic", promise.domestic, delivery.domestic());
  text += promise_line("overseas", promise.overseas, delivery.overseas());
  if (plain) return text;
  return text + cost_line(result) + stock_lines(result.record.fulfilment) + carrier_lines(result) +
         day_table(result);
}

}  // namespace double11::report
