#pragma once
// A worker: the shards it owns of each stage, and the way of an order through them. One thread at
// a time; it shares nothing with other workers but the inboxes, the pools and its published counts.

#include <double11/measure/delivery_books.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/stages/admission.hpp>
#include <double11/stages/door.hpp>
#include <double11/stages/hold_wheel.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/rows.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "live/batch.hpp"
#include "live/gate.hpp"
#include "live/mail.hpp"
#include "live/time_sheet.hpp"
#include "live/wiring.hpp"

namespace double11::live {

class Worker {
 public:
  Worker(Wiring& wiring, std::uint32_t worker);

  /// See Pipeline::turn().
  bool turn();

  /// What this worker has done so far; between its turns, or in publish().
  void look(measure::Snapshot& snapshot) const;

  /// Adds what this worker measured to `record`; after the run.
  void add_to(measure::RunRecord& record) const;

 private:
  // The way of an order; each takes a batch that is at this worker (worker.cpp).
  void admit(std::span<Order> arrivals);
  void reserve(std::span<Order> orders);
  void pay(std::span<Order> orders);
  void enter_payment(Order& order, const stages::ChannelAnswer& answer);
  void try_again(Order& order, Instant failed_at);
  void answer(std::span<Order> orders);
  void conclude(Order& order);
  void dispatch(std::span<Order> orders);
  void release(std::span<Order> orders);
  void take_refund(Order& order);
  void leave(Order& order, Outcome outcome);
  void leave_dispatched(std::span<Order> orders);
  void end(Order& order, Outcome outcome);

  // The door, at the worker that has it (worker_door.cpp).
  void arrive(std::span<const Order> clicks);
  void confirm(std::span<Order> orders);
  void finish(std::span<Order> orders);
  bool advance_door();
  bool follow_door();

  // Moving orders on (worker_flow.cpp).
  void hand_on(std::span<Order> orders);
  [[nodiscard]] bool goes_on_together(std::span<const Order> orders) const;
  void run_step(Step step, std::span<Order> orders);
  void forward(const Order& order);
  void gather(const Order& order);
  void flush(Step step);

  // What steps have in common (worker.cpp).
  void take(Funnel step, Order& order);
  void hold_repayments();

  // The parts of a turn (worker_turn.cpp).
  bool receive();
  bool wake();
  bool commit();
  bool let_in();
  void serve_waiting(Instant at);
  void borrow_servers(std::int64_t wanted);
  void return_servers(std::int64_t count);
  [[nodiscard]] std::int64_t owed_servers() const;
  void stop();
  void publish(bool worked);
  void refresh_now() {
    if (gate_.real()) now_ = gate_.now();
  }
  [[nodiscard]] bool lacks_servers();
  [[nodiscard]] bool has_batches() const;
  [[nodiscard]] bool rows_hold_any() const { return rows_ && rows_->held() > 0; }
  [[nodiscard]] bool passive() const;
  [[nodiscard]] bool only_refunds_left() const;
  [[nodiscard]] std::size_t waiting_for_credits() const {
    return door_ ? door_->waiting_for_credits() : admission_.waiting();
  }
  [[nodiscard]] bool plant(Canary canary);
  [[nodiscard]] bool misfiles(const Order& order);
  [[nodiscard]] bool is_only_credit() const;
  void lose_unit(std::span<Order> orders);
  /// When a step on this order happens: now at pace real; at pace max when the step before ended.
  [[nodiscard]] Instant event_at(const Order& order) const {
    return gate_.real() ? now_ : order.at;
  }

  Wiring& wiring_;
  std::uint32_t worker_;
  std::array<int, kStages> shard_;  // of each stage, or -1
  bool stock_is_owned_;
  Gate gate_;
  Mail mail_;
  Purse credits_;
  std::int64_t server_chunk_;
  stages::Admission admission_;
  bool has_door_;  // some worker has it, and gives all credits
  bool door_asks_;
  std::unique_ptr<stages::Door> door_;
  std::vector<Order> let_in_;         // by the door, on their way to the shelves
  std::optional<stages::Rows> rows_;  // where the scenario has any and this is their shard
  stages::Payment payment_;
  stages::Logistics logistics_;
  stages::HoldWheel holds_;
  std::size_t refunds_held_ = 0;     // of the holds, those that wait for a late success
  std::array<Batch, kSteps> local_;  // by Step: orders whose next step is here
  Batch received_;
  Canary canary_;
  bool stopped_ = false;
  std::int64_t sent_home_ = 0;  // from the door, when stopped
  Instant stopped_at_;
  bool emptied_ = true;      // the last turn left no order in the inboxes
  bool time_moved_ = false;  // in this turn; that alone is no reason to keep credits

  Instant now_;
  std::optional<Instant> lacked_servers_;  // when it last did
  TimeSheet sheet_;
  std::int64_t offered_ = 0;
  std::int64_t ended_ = 0;
  measure::Books books_;
  measure::FunnelLatency latency_;
  measure::Histogram lag_;
  measure::DeliveryBooks delivery_;
  measure::Series series_;
  measure::LatencySeries latency_series_;
  std::array<measure::StageLoad, kStages> load_{};
  Instant last_end_;
};

}  // namespace double11::live
