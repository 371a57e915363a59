#pragma once
// What each stage counted for itself. The audit compares these with the books, which are written
// by other code. Plain sums; merging adds.

#include <double11/core/money.hpp>
#include <double11/core/time.hpp>

#include <cstdint>
#include <vector>

namespace double11::measure {

/// Inventory: reservations.
struct ReservationCounts {
  std::int64_t granted = 0;         ///< orders with every line reserved
  std::int64_t released = 0;        ///< of these, orders whose stock went back
  std::int64_t units_granted = 0;   ///< units of fully reserved orders
  std::int64_t units_released = 0;  ///< units of them that went back

  ReservationCounts& operator+=(const ReservationCounts& other);
};

/// One of several payment channels. Payments, not orders: one that is tried again counts again.
struct ChannelCounts {
  std::int64_t started = 0;
  std::int64_t paid = 0;       ///< approved in time
  std::int64_t declined = 0;   ///< in time
  std::int64_t timed_out = 0;  ///< given up before the channel's answer
  std::int64_t refunds = 0;    ///< of these, successes that came late and went back
  std::int64_t refused = 0;    ///< the queue was full
  std::int64_t left = 0;       ///< left the queue: expired, without patience, or sent home
  std::int64_t avoided = 0;    ///< went elsewhere, or failed, because the breaker was open
  std::int64_t opened = 0;     ///< times that the breaker opened
  std::int64_t queue_most = 0;
  Duration busy{0};                   ///< service times begun
  std::vector<std::int64_t> reasons;  ///< of the declined, in the scenario's order

  ChannelCounts& operator+=(const ChannelCounts& other);
};

/// Payment: answers and money.
struct PaymentCounts {
  std::int64_t paid = 0;  ///< approved in time
  std::int64_t declined = 0;
  std::int64_t given_up = 0;    ///< timed out or reservation ended, in service or in the queue
  std::int64_t abandoned = 0;   ///< lost patience in the queue, or were sent home from it
  std::int64_t refused = 0;     ///< the station's queue was full
  std::int64_t repeated = 0;    ///< failed attempts that were tried again; none of the above
  std::int64_t superseded = 0;  ///< of these, such with a success that will arrive late
  std::int64_t refunds = 0;     ///< late successes returned
  std::int64_t unrouted = 0;    ///< attempts that no channel took: every breaker was open
  MoneyFen captured;
  MoneyFen refunded;
  std::vector<std::int64_t> reasons;    ///< of declined attempts, in the scenario's order
  std::vector<ChannelCounts> channels;  ///< in the scenario's order; none with a single channel

  PaymentCounts& operator+=(const PaymentCounts& other);
};

/// Logistics: parcels.
struct ParcelCounts {
  std::int64_t parcels = 0;
  std::uint64_t id_sum = 0;                ///< sum of order ids, modulo 2^64
  std::uint64_t id_prints = 0;             ///< sum of mix(order id), modulo 2^64
  std::vector<std::int64_t> by_warehouse;  ///< in the scenario's order

  ParcelCounts& operator+=(const ParcelCounts& other);
};

}  // namespace double11::measure
