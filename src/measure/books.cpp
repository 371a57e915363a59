#include <double11/core/random.hpp>
#include <double11/measure/books.hpp>
#include <double11/scenario/catalogue.hpp>

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

Books::Books(const scenario::Scenario& scenario)
    : catalogue_(&scenario.catalogue),
      units_sold_(static_cast<std::size_t>(scenario.catalogue.skus)) {}

void Books::arrived(const Order& order, std::uint64_t print) {
  arrivals_.add(order.id);
  stream_print_ += print;
}

void Books::withdrawn(const Order& order, std::uint64_t print) {
  arrivals_.remove(order.id);
  stream_print_ -= print;
}

void Books::ended(const Order& order, Outcome outcome) {
  outcomes_[index_of(outcome)].add(order.id);
  if (outcome != Outcome::dispatched) return;
  for (std::size_t line = 0; line < order.lines; ++line) {
    const std::uint32_t quantity = order.quantity[line];
    units_sold_[order.sku[line].value] += quantity;
    units_sold_total_ += quantity;
    turnover_ += {scenario::price_of(*catalogue_, order.sku[line]).fen * quantity};
  }
}

void Books::merge(const Books& other) {
  arrivals_ += other.arrivals_;
  stream_print_ += other.stream_print_;
  for (std::size_t i = 0; i < kOutcomes; ++i) outcomes_[i] += other.outcomes_[i];
  for (std::size_t i = 0; i < units_sold_.size(); ++i) units_sold_[i] += other.units_sold_[i];
  units_sold_total_ += other.units_sold_total_;
  turnover_ += other.turnover_;
}

OrderSet Books::all_outcomes() const {
  OrderSet all;
  for (const OrderSet& set : outcomes_) all += set;
  return all;
}

}  // namespace double11::measure
