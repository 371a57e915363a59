#pragma once
// The stages of the product for pipelines of other makes: the same traffic, inventory, payment,
// logistics and books, handed orders by somebody else. What a peer leaves out is in its favour: a
// payment concludes as soon as it starts, at the instant at which its answer will come, so nobody
// has to keep orders until then.

#include <double11/measure/books.hpp>
#include <double11/measure/delivery_books.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/series.hpp>
#include <double11/scenario/scenario.hpp>
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
  /// Pays what is reserved; with the answer already, see above.
  void pay(std::span<Order> orders);
  /// A parcel for who has paid, the stock back for who has not; then the order is over.
  void finish(std::span<Order> orders);

  // For a loop that keeps orders until their answer comes.
  /// Begins to pay what is reserved: order.at becomes when the answer comes.
  void begin_to_pay(std::span<Order> orders);
  /// The answers have come.
  void conclude(std::span<Order> orders);

  /// Adds what happened here; at the end.
  void add_to(measure::RunRecord& record) const;

 private:
  void take(Funnel step, const Order& order) {
    latency_[index_of(step)].record((order.at - order.planned).count());
    series_.count(step, order.at);
  }

  Shop& shop_;
  std::uint32_t shard_;
  traffic::ArrivalCursor cursor_;
  stages::Payment payment_;
  stages::Logistics logistics_;
  measure::Books books_;
  measure::DeliveryBooks delivery_;
  measure::FunnelLatency latency_;
  measure::Series series_;
  std::vector<stages::ChannelAnswer> answers_;
  std::vector<measure::DeliveryBooks::Delivery> deliveries_;
};

}  // namespace double11::bench
