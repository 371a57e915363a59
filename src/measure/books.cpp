#include <double11/core/random.hpp>
#include <double11/measure/books.hpp>
#include <double11/measure/series.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/published.hpp>

#include <algorithm>
#include <numeric>

namespace double11::measure {
namespace {

BuyerBooks::Kept kept_for(const scenario::Scenario& scenario) {
  const bool fairness = scenario.report.fairness == scenario::Switch::on;
  return {scenario.admission.buyer_units_most > 0 || fairness, has_further_clicks(scenario)};
}

}  // namespace

void OrderSet::add(OrderId id) {
  ++count;
  id_sum += id.value;
  id_prints += mix(id.value);
}

void OrderSet::remove(OrderId id) {
  --count;
  id_sum -= id.value;
  id_prints -= mix(id.value);
}

OrderSet& OrderSet::operator+=(const OrderSet& other) {
  count += other.count;
  id_sum += other.id_sum;
  id_prints += other.id_prints;
  return *this;
}

SegmentBooks& SegmentBooks::operator+=(const SegmentBooks& other) {
  arrivals += other.arrivals;
  for (std::size_t i = 0; i < kOutcomes; ++i) outcomes[i] += other.outcomes[i];
  latency.merge(other.latency);
  return *this;
}

Books::Books(const scenario::Scenario& scenario) : Books(scenario, kept_for(scenario)) {}

Books::Books(const scenario::Scenario& scenario, BuyerBooks::Kept kept)
    : catalogue_(&scenario.catalogue),
      units_sold_(static_cast<std::size_t>(scenario.catalogue.skus)),
      segments_(scenario.traffic) {
  if (segments_.size() > 1) by_segment_.resize(segments_.size());
  if (kept.units || kept.clicks) by_buyer_.emplace(kept);
  if (scenario.report.fairness == scenario::Switch::on) {
    fairness_.emplace(scenario.duration, scenario::first_bot(scenario.traffic));
  }
  if (scenario::asks_for_turnover(scenario)) {
    turnover_over_time_.emplace(Series::interval_for(scenario.duration), scenario.duration,
                                series_tail(scenario));
  }
  has_more_ = !by_segment_.empty() || by_buyer_ || fairness_ || turnover_over_time_;
}

void Books::arrived(const Order& order, std::uint64_t print) {
  arrivals_.add(order.id);
  stream_print_ += print;
  if (has_more_) count_more_arrivals(order, 1);
}

void Books::withdrawn(const Order& order, std::uint64_t print) {
  arrivals_.remove(order.id);
  stream_print_ -= print;
  if (has_more_) count_more_arrivals(order, -1);
}

void Books::ended(const Order& order, Outcome outcome) {
  outcomes_[index_of(outcome)].add(order.id);
  if (has_more_) end_more(order, outcome);
  if (outcome != Outcome::dispatched) return;
  for (std::size_t line = 0; line < order.lines; ++line) {
    const std::uint32_t quantity = order.quantity[line];
    units_sold_[order.sku[line].value] += quantity;
    units_sold_total_ += quantity;
    turnover_ += {scenario::price_of(*catalogue_, order.sku[line]).fen * quantity};
  }
}

void Books::count_more_arrivals(const Order& order, std::int64_t by) {
  if (!by_segment_.empty()) by_segment_[segments_.of(order.buyer)].arrivals += by;
  if (fairness_) by > 0 ? fairness_->arrived(order) : fairness_->withdrawn(order);
}

// What only some scenarios have.
void Books::end_more(const Order& order, Outcome outcome) {
  const bool dispatched = outcome == Outcome::dispatched;
  if (!by_segment_.empty()) {
    SegmentBooks& segment = by_segment_[segments_.of(order.buyer)];
    ++segment.outcomes[index_of(outcome)];
    if (dispatched) segment.latency.record((order.at - order.planned).count());
  }
  if (!dispatched) return;
  if (by_buyer_) by_buyer_->dispatched(order);
  if (fairness_) fairness_->dispatched(order);
  if (turnover_over_time_) turnover_over_time_->add(order.at, price_of(order));
}

// From the catalogue, whatever the order says.
MoneyFen Books::price_of(const Order& order) const {
  MoneyFen price;
  for (std::size_t line = 0; line < order.lines; ++line) {
    price += {scenario::price_of(*catalogue_, order.sku[line]).fen * order.quantity[line]};
  }
  return price;
}

std::int64_t Books::skus_sold() const {
  return std::count_if(units_sold_.begin(), units_sold_.end(),
                       [](std::uint32_t units) { return units > 0; });
}

double Books::top_share(std::int64_t first) const {
  if (units_sold_total_ == 0) return 0;
  const auto end = units_sold_.begin() + std::min<std::int64_t>(first, std::ssize(units_sold_));
  const auto units = std::accumulate(units_sold_.begin(), end, std::int64_t{0});
  return static_cast<double>(units) / static_cast<double>(units_sold_total_);
}

void Books::merge(const Books& other) {
  arrivals_ += other.arrivals_;
  stream_print_ += other.stream_print_;
  for (std::size_t i = 0; i < kOutcomes; ++i) outcomes_[i] += other.outcomes_[i];
  for (std::size_t i = 0; i < units_sold_.size(); ++i) units_sold_[i] += other.units_sold_[i];
  units_sold_total_ += other.units_sold_total_;
  turnover_ += other.turnover_;
  for (std::size_t i = 0; i < by_segment_.size(); ++i) by_segment_[i] += other.by_segment_[i];
  if (by_buyer_) by_buyer_->merge(*other.by_buyer_);
  if (fairness_) fairness_->merge(*other.fairness_);
  if (turnover_over_time_) turnover_over_time_->merge(*other.turnover_over_time_);
}

OrderSet Books::all_outcomes() const {
  OrderSet all;
  for (const OrderSet& set : outcomes_) all += set;
  return all;
}

}  // namespace double11::measure
