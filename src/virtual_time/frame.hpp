#pragma once
// A frame: a piece of scenario time on its way through the simulator. It is made (arrivals and
// their random draws), worked through (events in exact order) and recorded (what the report needs);
// each of the three by whichever worker is free. Frames are reused, so a long sale allocates
// nothing.

#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/random.hpp>
#include <double11/core/time.hpp>

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

/// An order reached its one outcome at order.at.
struct Ended {
  Order order;
  Outcome outcome;
  std::uint32_t warehouse;  ///< of a dispatched order
  Instant eta;              ///< of a dispatched order
};

struct Frame {
  std::uint64_t number = 0;
  Instant end;  ///< events before it belong to the frame or to an earlier one

  // Made.
  std::vector<Order> arrivals;        ///< in the order of (planned, id)
  std::vector<RandomBlock> payments;  ///< what each of them draws at payment

  // Worked through.
  std::vector<Admitted> admitted;
  std::vector<Ended> ended;

  void clear() {
    arrivals.clear();
    payments.clear();
    admitted.clear();
    ended.clear();
  }
};

/// After the last arrival a frame ends when it holds this many outcomes.
inline constexpr std::size_t kDrainOutcomes = 16384;

}  // namespace double11::virtual_time
