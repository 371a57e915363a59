#include <double11/report/fairness.hpp>

#include "report/figures.hpp"

namespace double11::report {
namespace {

double of_both(std::int64_t part, std::int64_t other) {
  return ratio(part, part + other);
}

}  // namespace

Fairness fairness_of(const measure::RunRecord& record) {
  Fairness result;
  const auto& by_buyer = record.books.by_buyer();
  const auto& measured = record.books.fairness();
  if (!measured || !by_buyer) return result;
  result.measured = true;
  result.buyers = by_buyer->buyers();
  result.bots_share = of_both(measured->bots().units, measured->people().units);
  result.bots_offered_share = of_both(measured->bots().arrivals, measured->people().arrivals);
  result.top1pct_share = by_buyer->top_share(0.01);
  result.units_most = by_buyer->most().units;
  for (std::size_t i = 0; i < result.tenths.size(); ++i) {
    const measure::Fairness::Tenth& tenth = measured->tenths()[i];
    const auto dispatched = static_cast<double>(tenth.dispatched);
    result.tenths[i] = {tenth.arrivals, ratio(dispatched, static_cast<double>(tenth.arrivals)),
                        ratio(static_cast<double>(tenth.latency_us) * 1e-6, dispatched)};
  }
  return result;
}

}  // namespace double11::report
