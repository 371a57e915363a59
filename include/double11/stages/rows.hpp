#pragma once
// Durable rows: where a shop keeps its stock in a database, each SKU is a row, and a reservation
// counts once the rows of all its lines have been updated and committed. A row is one server, first
// come first served: a hot SKU's buyers queue for it, however many there are of all else.
//
//   granted -> round trip -> [ waits for its row ] -> lock + n * update + commit -> next line ...
//
// `plain`: one update at a time. `group`: all that wait, up to `group_most`, are updated under one
// lock and made durable by one commit, while the next group collects; two groups in turns, as in
// PolarDB-X (help.aliyun.com/en/polardb/polardb-for-xscale/update-hot-rows). The lock takes longer,
// or less, the more are left waiting: x = min(1, waiting / crowd),
// lock + (lock_crowded - lock) * ((1 - bend) x + bend x^2). In InnoDB deadlock detection compares
// those who wait with each other, up to a limit. Updates that give stock back are free.
//
// Two things happen: an update reaches its row, and a group is durable (known by its first order).
// They happen in the order of (instant, order id). When a group is durable the next one begins
// first, of those who wait already; then its orders go on, in the order in which they came.
//
// One thread at a time (one shard). Memory is for orders inside and the rows they wait for.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/work_clock.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace double11::stages {

class Rows {
 public:
  /// Whether the scenario has any.
  static bool are_used(const scenario::Scenario& scenario) {
    return scenario.inventory.row.model != scenario::RowModel::none;
  }

  /// No orders inside. Faults of "inventory" slow the rows down. `scenario` need not live on.
  explicit Rows(const scenario::Scenario& scenario);

  /// The reservation of all lines was granted at order.at; a copy is kept until it is durable.
  void enter(const Order& order);

  struct Due {
    Instant at;
    OrderId id;
  };
  /// What happens next; only while held() is not 0.
  [[nodiscard]] Due next() const {
    return {Instant(Duration(due_.front().at_ns)), OrderId{due_.front().id}};
  }

  /// Makes it happen. Returns the orders that are durable now, `at` that instant and `step` pay;
  /// valid until the next call. Only while held() is not 0.
  std::span<const Order> advance();

  /// Orders inside.
  [[nodiscard]] std::size_t held() const { return held_; }
  /// Most updates that ever waited for one row.
  [[nodiscard]] std::size_t queue_most() const { return queue_most_; }

  /// How long the lock takes while so many wait. Pure.
  [[nodiscard]] Duration lock_cost(std::size_t waiting) const;

 private:
  using Slot = std::uint32_t;
  static constexpr Slot kNone = UINT32_MAX;

  // An order inside; those of a queue or a group are linked.
  struct Held {
    Order order;
    Slot next = kNone;
    std::uint8_t line = 0;  // that is to be written
  };
  // A row in use: somebody's update is under way, or waits.
  struct Row {
    Slot first_in_group = kNone;
    Slot first_waiting = kNone;
    Slot last_waiting = kNone;
    std::size_t waiting = 0;
  };
  struct Event {
    std::int64_t at_ns;
    std::uint64_t id;
    Slot slot;          // who reaches a row, or kNone:
    std::uint32_t sku;  // the row whose group is durable
  };
  static bool later(const Event& a, const Event& b) {
    return a.at_ns != b.at_ns ? a.at_ns > b.at_ns : a.id > b.id;
  }

  void schedule(const Event& event);
  void reach(Slot slot, Instant at);
  void begin_group(std::uint32_t sku, Row& row, Instant at);
  void finish_group(std::uint32_t sku, Instant at);

  scenario::Row cost_;
  WorkClock clock_;
  std::size_t group_most_;
  std::vector<Held> slots_;
  std::vector<Slot> unused_;
  std::unordered_map<std::uint32_t, Row> rows_;  // by SKU
  std::vector<Event> due_;                       // a heap
  std::vector<Order> durable_;
  std::size_t held_ = 0;
  std::size_t queue_most_ = 0;
};

}  // namespace double11::stages
