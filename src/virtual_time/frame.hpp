#pragma once
// A frame: a piece of scenario time on its way through the simulator. It is made (arrivals and
// their random draws), worked through (events in exact order), dispatched (logistics, in the same
// order, but nothing before waits for it) and recorded (what the report needs); each of them by
// whichever worker is free. Frames are reused, so a long sale allocates
// nothing.

#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/stages/logistics.hpp>
#include <double11/stages/payment.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::virtual_time {

/// An order was let in; without a wait it tried to reserve at the same instant.
struct Admitted {
  OrderId id;
  Instant planned;
  Instant at;
  bool reserved;
};

/// Arrivals [first, end) of a frame that were let in and reserved when they came, as nearly all are
/// where nobody waits. They are not among the admitted.
struct ArrivalRange {
  std::size_t first;
  std::size_t end;
};

/// The reservation of an order was written to the rows of all its SKUs (stages/rows.hpp).
struct Durable {
  OrderId id;
  Instant planned;
  Instant at;
};

struct Frame {
  std::uint64_t number = 0;
  Instant end;  ///< events before it belong to the frame or to an earlier one

  // Made.
  std::vector<Order> arrivals;                  ///< in the order of (planned, id)
  std::vector<stages::ChannelAnswer> payments;  ///< what each of them draws at payment

  // Worked through.
  std::vector<Order> further_clicks;   ///< second ones and retries, at order.planned
  std::vector<ArrivalRange> straight;  ///< in their order
  std::vector<Admitted> admitted;      ///< all others
  std::vector<Durable> durable;        ///< only where there are rows
  std::vector<Order> ended;            ///< reached their one outcome, at order.at
  std::vector<Outcome> outcomes;       ///< of each of them

  // Dispatched.
  std::vector<stages::Parcel> parcels;  ///< of each that ended as dispatched

  /// Room for so many orders in each of its logs.
  void reserve(std::size_t orders) {
    arrivals.reserve(orders);
    payments.reserve(orders);
    further_clicks.reserve(orders);
    admitted.reserve(orders);
    ended.reserve(orders);
    outcomes.reserve(orders);
    parcels.reserve(orders);
  }

  void clear() {
    arrivals.clear();
    payments.clear();
    further_clicks.clear();
    straight.clear();
    admitted.clear();
    durable.clear();
    ended.clear();
    outcomes.clear();
    parcels.clear();
  }
};

/// After the last arrival a frame ends when it holds this many outcomes.
inline constexpr std::size_t kDrainOutcomes = 16384;

}  // namespace double11::virtual_time
