#pragma once
// The stages of the product for pipelines of other makes: the same traffic, inventory, payment,
// logistics and books, handed orders by somebody else. The time of a desk is that of the orders
// that come to it: payments wait in its timing wheel until an order comes that is later than they.

#include <double11/measure/books.hpp>
#include <double11/measure/delivery_books.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/series.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/hold_wheel.hpp>
#include <double11/stages/inventory.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/payment.hpp>
#include <double11/traffic/arrivals.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace double11::bench {

/// What all threads of a peer share.
struct Shop {
  /// With `inventory_shards` shards of the stock. `scenario` must outlive it.
  Shop(const scenario::Scenario& loaded, std::uint32_t inventory_shards);

  /// The next slice that nobody has made yet, or none. Any thread.
  std::optional<std::uint64_t> next_slice();

  const scenario::Scenario& scenario;
  traffic::Arrivals arrivals;
  std::unique_ptr<stages::Inventory> inventory;
  stages::PaymentLaws payment_laws;

 private:
  std::atomic<std::uint64_t> next_slice_{0};
};

/// One thread's stages and books. One thread at a time.
class Desk {
 public:
  /// Reserves as `shard`; has 1/`desks` of the warehouses and, as payment is ample, all servers.
  Desk(Shop& shop, std::uint32_t shard, std::uint32_t desks);

  /// Appends the orders of a slice, booked as arrived.
  void make(std::uint64_t slice, std::vector<Order>& into);
  /// Reserves all lines, or marks the order to release what it has.
  void reserve(std::span<Order> orders);
  /// Begins to pay what is reserved, and calls on_done(std::span<Order>) for all that is to be
  /// finished: what was not reserved, and payments whose answer has come meanwhile.
  template <typename OnDone>
  void pay(std::span<Order> orders, OnDone on_done) {
    if (orders.empty()) return;
    begin_to_pay(orders);
    for (Order& order : orders) {
      if (order.step == Step::answer) {
        wheel_.hold(order, order.at);
      } else {
        on_done(std::span(&order, 1));
      }
    }
    wheel_.advance(orders.back().planned, [&](std::span<Order> due) {
      conclude(due);
      on_done(due);
    });
  }
  /// The same for all payments that still wait; at the end.
  template <typename OnDone>
  void pay_rest(OnDone on_done) {
    wheel_.drain([&](std::span<Order> due) {
      conclude(due);
      on_done(due);
    });
  }
  /// A parcel for who has paid, the stock back for who has not; then the order is over.
  void finish(std::span<Order> orders);

  /// Adds what happened here; at the end.
  void add_to(measure::RunRecord& record) const;

 private:
  void begin_to_pay(std::span<Order> orders);
  void conclude(std::span<Order> orders);
  void take(Funnel step, const Order& order) {
    latency_[index_of(step)].record((order.at - order.planned).count());
    series_.count(step, order.at);
  }

  Shop& shop_;
  std::uint32_t shard_;
  traffic::ArrivalCursor cursor_;
  stages::Payment payment_;
  stages::HoldWheel wheel_;
  stages::Logistics logistics_;
  measure::Books books_;
  measure::DeliveryBooks delivery_;
  measure::FunnelLatency latency_;
  measure::Series series_;
  std::vector<stages::ChannelAnswer> answers_;
  std::vector<measure::DeliveryBooks::Delivery> deliveries_;
  std::vector<Outcome> outcomes_;
};

}  // namespace double11::bench
