#include <double11/core/random.hpp>
#include <double11/measure/books.hpp>
#include <double11/scenario/catalogue.hpp>

#include <algorithm>
#include <numeric>

namespace double11::measure {

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

Books::Books(const scenario::Scenario& scenario)
    : catalogue_(&scenario.catalogue),
      units_sold_(static_cast<std::size_t>(scenario.catalogue.skus)),
      segments_(scenario.traffic) {
  if (segments_.size() > 1) by_segment_.resize(segments_.size());
}

void Books::arrived(const Order& order, std::uint64_t print) {
  arrivals_.add(order.id);
  stream_print_ += print;
  if (!by_segment_.empty()) ++by_segment_[segments_.of(order.buyer)].arrivals;
}

void Books::withdrawn(const Order& order, std::uint64_t print) {
  arrivals_.remove(order.id);
  stream_print_ -= print;
  if (!by_segment_.empty()) --by_segment_[segments_.of(order.buyer)].arrivals;
}

void Books::ended(const Order& order, Outcome outcome) {
  outcomes_[index_of(outcome)].add(order.id);
  if (!by_segment_.empty()) {
    SegmentBooks& segment = by_segment_[segments_.of(order.buyer)];
    ++segment.outcomes[index_of(outcome)];
    if (outcome == Outcome::dispatched) {
      segment.latency.record((order.at - order.planned).count());
    }
  }
  if (outcome != Outcome::dispatched) return;
  for (std::size_t line = 0; line < order.lines; ++line) {
    const std::uint32_t quantity = order.quantity[line];
    units_sold_[order.sku[line].value] += quantity;
    units_sold_total_ += quantity;
    turnover_ += {scenario::price_of(*catalogue_, order.sku[line]).fen * quantity};
  }
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
}

OrderSet Books::all_outcomes() const {
  OrderSet all;
  for (const OrderSet& set : outcomes_) all += set;
  return all;
}

}  // namespace double11::measure
