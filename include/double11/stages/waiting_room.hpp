#pragma once
// A room in front of the door: people come before the sale opens, and are let in one by one at a
// set rate from then on. Who goes first is who came first or who draws the better lot; a lot among
// those who came before the opening takes away the race to be early (as the waiting rooms of
// Queue-it do), while those who come later queue behind. Draws depend on the order alone, so every
// runtime draws the same. One thread at a time; instants never go back.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/admission.hpp>
#include <double11/stages/token_bucket.hpp>
#include <double11/stages/waiting_line.hpp>

#include <cstddef>
#include <cstdint>

namespace double11::stages {

class WaitingRoom {
 public:
  using Next = scenario::WaitingRoom::Next;

  struct Settings {
    /// Who came first; by lot among all who are in the room; or by lot among those who came before
    /// the opening, and then who came first.
    Next next = Next::arrival;
    /// Let in a second, 0.001 to 1e9; taken in millionths.
    double rate_per_s = 1;
    /// Nobody is let in before.
    Instant opening{};
    /// Most who wait.
    std::int64_t capacity = 0;
  };

  /// The seed is that of the lots. The rate follows the speed of `clock`.
  WaitingRoom(const Settings& settings, std::uint64_t seed, WorkClock clock = {});

  /// False when the room is full. Who is not let in leaves at `deadline`; all after the same time,
  /// or never: deadlines do not fall. The order comes back with `until` = `deadline`.
  bool push(const Order& order, Instant deadline, Instant now);

  /// From when on the next one may be let in, maybe since long ago; kNever when nobody waits.
  [[nodiscard]] Instant next_entry() const;
  /// Lets one in if it is time.
  bool let_in(Instant now, Order& order);

  /// When the next one leaves; kNever when nobody waits.
  [[nodiscard]] Instant first_deadline() const;
  /// Takes one out whose deadline has come: `now` or before. Ask let_in() first when who may enter
  /// at the same instant shall enter.
  bool leaves_next(Instant now, Order& order);

  [[nodiscard]] std::size_t size() const { return line_.size(); }
  /// Most who ever waited.
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  [[nodiscard]] std::uint32_t rank_of(OrderId id, Instant now) const;

  Settings settings_;
  std::uint64_t seed_;
  TokenBucket entries_;
  WaitingLine line_;
  std::size_t most_ = 0;
};

}  // namespace double11::stages
