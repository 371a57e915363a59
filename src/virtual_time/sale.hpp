#pragma once
// The sale in virtual time: all events of all stages, one after the other, in one total order.
//
// How time moves. Six things can happen next: the next arrival; the next hold that ends (a payment
// concludes or is tried again, a refund arrives); an order in the payment queue loses its
// reservation or its patience; the number of payment servers changes; something is due at the door
// (a buyer clicks again or stops waiting, the waiting room lets somebody in); and, where stock is
// in the rows of a database, what happens there (stages/rows.hpp). The earliest happens; of
// simultaneous ones the change of servers goes first, then all that is due at the door (who is let
// in, who stops waiting, who clicks again), and then the order with the smaller id.
// Whatever follows from it at the same instant (a freed server or credit is taken) happens before
// anything else. The stages are those of the live engine; here each has one shard and sees exact
// instants.
//
// Not all of it has to happen one by one. While nobody waits, the end of a payment only gives back
// what an arrival may take: a server, a credit, units. So an arrival that finds all of them without
// it would find them with it, and arrivals may run ahead of the ends of payments. What payments
// that are tried again have to do with it is in sale_ahead.cpp.
//
// One thread at a time. Everything that does not depend on the order of events is done elsewhere
// (frame.hpp), so the order is the same for any number of workers because there is only one.

#include <double11/core/order.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/admission.hpp>
#include <double11/stages/door.hpp>
#include <double11/stages/hold_wheel.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "stages/shelf_inventory.hpp"
#include "virtual_time/due_order.hpp"
#include "virtual_time/frame.hpp"

namespace double11::virtual_time {

class Sale {
 public:
  /// Full shelves, free servers and credits. `scenario` must outlive it.
  explicit Sale(const scenario::Scenario& scenario);

  /// Works through all events before the end of the frame; appends to its logs.
  void work_through(Frame& frame);

  /// After the last arrival: works on until `frame` holds kDrainOutcomes or nothing is left.
  void drain(Frame& frame);

  /// True when no order is under way or waiting.
  [[nodiscard]] bool empty() const;

  /// What the orders draw at payment; pure, any thread.
  void draw_payments(std::span<const Order> orders, std::span<stages::ChannelAnswer> into) const {
    // Through a door orders come when it lets them, and draw then.
    if (!door_) payment_.draw(orders, into);
  }

  /// Orders that have a credit.
  [[nodiscard]] std::int64_t in_flight() const {
    return scenario_.admission.in_flight_limit - credits_;
  }
  /// Fills in what stands where, and the money; between two frames.
  void look(measure::Snapshot& snapshot) const;
  /// Adds the stages' own counts and shelves; after the last frame.
  void add_to(measure::RunRecord& record) const;

 private:
  // Arrivals whose stock is fetched ahead of their turn; orders that are put into the wheel
  // together.
  static constexpr std::size_t kAhead = 16;

  // Ahead of the ends of payments, where that cannot matter.
  [[nodiscard]] bool nobody_waits() const {
    return is_plain_ && payment_.queued() == 0 && admission_.waiting() == 0;
  }
  void expect_arrivals(std::size_t first) const;
  std::size_t arrive_ahead(std::size_t first);
  std::size_t reserve_ahead(std::size_t first);
  void note_straight(std::size_t first, std::size_t end);
  void conclude_before(const Due& limit);
  void follow_peak(const Due& due);

  void events_before(Instant end, OrderId id);
  void let_in(const Order& order);
  void arrive(Order& order, const stages::ChannelAnswer& payment);
  void admit(Order& order, const stages::ChannelAnswer* payment);
  void pay(Order& order, const stages::ChannelAnswer* payment);
  void commit();
  void conclude(const Order& due);
  void come_back(Order order);
  void hold_repayments();
  void change_servers();
  void expire();
  bool release(Order& order);
  void leave(const Order& order, Outcome outcome);
  void follow_door();
  [[nodiscard]] Instant next_at_door() const { return door_ ? door_->next_event() : kNever; }
  void end_now(const Order& order, Outcome outcome);
  void settle(Instant now);
  // `now` may be before the last change, when others ran ahead: the integral then goes back first.
  void change_in_flight(std::int64_t by, Instant now) {
    in_flight_integral_ns_ += WideSigned{in_flight()} * (now - in_flight_since_).count();
    in_flight_since_ = now;
    credits_ -= by;
  }
  void hold(const Order& order, Instant due);
  void hold_soon(const Order& order, Instant due);
  void hold_pending();
  void serve_line(Instant now);
  bool fetch_due(Instant limit);
  void suit_tick(const Frame& frame);

  __extension__ using WideSigned = __int128;

  const scenario::Scenario& scenario_;
  stages::PaymentLaws payment_laws_;
  stages::Admission admission_;
  std::unique_ptr<stages::Door> door_;  // instead of admission_, where the scenario has one
  // There is one at a time, so any strategy comes to the same as the simplest.
  stages::ShelfInventory<stages::SoleShelf> inventory_;
  std::optional<stages::Rows> rows_;
  stages::Payment payment_;

  bool is_plain_;    // no door, no rows, one payment channel
  bool runs_ahead_;  // arrivals may, see sale_ahead.cpp

  Instant next_change_ = kNever;  // of the number of servers
  std::size_t changes_ = 0;       // so far
  std::int64_t servers_;

  std::int64_t credits_;
  std::int64_t credits_least_;
  WideSigned in_flight_integral_ns_ = 0;
  Instant in_flight_since_;  // as many as now
  stages::HoldWheel holds_;
  stages::HoldWheel::Portion portion_;  // of it that is put in order at once
  unsigned tick_bits_;                  // that suit the present rate; taken up with the next tick
  std::uint64_t tick_chosen_ = 0;       // number of the frame after which that was decided
  Instant frame_begin_;
  std::vector<const Order*> taken_;  // of the tick that is being worked through
  std::deque<Order> late_;           // those that came to this tick after it was taken
  std::vector<Due> due_;             // both, sorted
  std::size_t next_due_ = 0;         // of due_, not worked through yet
  std::vector<std::pair<const Order*, Instant>> pending_;  // see hold_soon()
  std::vector<Order> served_;                              // of them, those that left the line
  Frame* frame_ = nullptr;                                 // whose logs are written
  std::int64_t retrying_ = 0;  // orders held until their payment is tried again
  ArrivalRange ahead_{};       // arrivals that ran ahead of ends of payments not concluded yet
  Instant last_end_;
};

}  // namespace double11::virtual_time
