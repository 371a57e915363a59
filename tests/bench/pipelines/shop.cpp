#include "bench/pipelines/shop.hpp"

#include <algorithm>

namespace double11::bench {

Shop::Shop(const scenario::Scenario& loaded, std::uint32_t inventory_shards)
    : scenario(loaded),
      arrivals(loaded),
      inventory(stages::Inventory::create(loaded, inventory_shards)),
      payment_laws(loaded) {}

std::optional<std::uint64_t> Shop::next_slice() {
  const std::uint64_t slice = next_slice_.fetch_add(1, std::memory_order_relaxed);
  return slice < arrivals.slices() ? std::optional(slice) : std::nullopt;
}

Desk::Desk(Shop& shop, std::uint32_t shard, std::uint32_t desks)
    : shop_(shop),
      shard_(shard),
      payment_(shop.scenario, shop.payment_laws, 0),
      logistics_(shop.scenario, desks),
      books_(shop.scenario),
      delivery_(shop.scenario),
      series_(shop.scenario) {
  payment_.station().add_servers(shop.scenario.payment.servers);
}

void Desk::make(std::uint64_t slice, std::vector<Order>& into) {
  const std::size_t before = into.size();
  shop_.arrivals.make(slice, cursor_, into);
  const auto made = std::span(into).subspan(before);
  std::uint64_t prints = 0;
  for (const Order& order : made) prints += traffic::fingerprint_of(order);
  books_.arrived_all(made, prints);
  for (const Order& order : made) {
    series_.count(Funnel::offered, order.planned);
    take(Funnel::admitted, order);
  }
}

void Desk::reserve(std::span<Order> orders) {
  shop_.inventory->reserve(shard_, orders);
  for (Order& order : orders) {
    order.step = order.fully_reserved() ? Step::pay : Step::release;
    if (order.step == Step::pay) take(Funnel::reserved, order);
  }
}

void Desk::begin_to_pay(std::span<Order> orders) {
  answers_.resize(std::max(answers_.size(), orders.size()));
  payment_.draw(orders, std::span(answers_).first(orders.size()));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (orders[i].step != Step::pay) continue;
    // With a server for everybody.
    payment_.enter(orders[i]);
    orders[i].at = payment_.start(orders[i], orders[i].at, answers_[i]);
  }
}

void Desk::conclude(std::span<Order> orders) {
  for (Order& order : orders) {
    payment_.conclude(order);
    if (order.step == Step::dispatch) take(Funnel::paid, order);
  }
}

void Desk::finish(std::span<Order> orders) {
  deliveries_.clear();
  outcomes_.clear();
  for (Order& order : orders) {
    if (order.step == Step::dispatch) {
      deliveries_.emplace_back().set(order.at, logistics_.dispatch(order).eta, order.region);
      take(Funnel::dispatched, order);
      outcomes_.push_back(Outcome::dispatched);
      continue;
    }
    shop_.inventory->release(shard_, {&order, 1});
    if (order.ends_as() == Outcome::refunded) payment_.refund(order);
    outcomes_.push_back(order.ends_as());
  }
  delivery_.dispatched_all(deliveries_);
  books_.ended_all(orders, outcomes_);
}

void Desk::add_to(measure::RunRecord& record) const {
  record.books.merge(books_);
  record.delivery.merge(delivery_);
  record.payments += payment_.counts();
  record.parcels += logistics_.counts();
  for (std::size_t step = 0; step < kFunnelSteps; ++step)
    record.latency[step].merge(latency_[step]);
  record.series.merge(series_);
}

}  // namespace double11::bench
