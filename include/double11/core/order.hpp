#pragma once
// The record that travels: one cache line, trivially copyable, ids instead of pointers. Orders are
// passed by value in batches of up to kBatch; whoever holds the record owns the order.

#include <double11/core/ids.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace double11 {

/// Most lines in a basket.
inline constexpr std::size_t kMaxLines = 4;

/// Most orders that travel together. Larger batches share the cost of a hop among more orders;
/// 256 records of 64 bytes still fit the first-level cache with room for what the stage touches.
inline constexpr std::size_t kBatch = 256;

/// What happens to the order next. It names the work, not the place; the placement names that.
enum class Step : std::uint8_t {
  admit,     ///< admission decides
  reserve,   ///< inventory reserves the lines that are still open
  pay,       ///< payment starts or queues
  answer,    ///< the payment channel answers (or the wait for it ends)
  dispatch,  ///< logistics assigns warehouse, parcel and ETA
  release,   ///< inventory takes the reserved lines back
  refund,    ///< a late payment arrives and goes back
  repay,     ///< the same for one that has been tried again: the order itself is elsewhere
  confirm,   ///< the payment succeeded: the door says whether the buyer still waits
  finish,    ///< the order is over: the door is told, and books it
  none,      ///< nothing with this record: the order has ended, or waits in a queue as a copy
};
inline constexpr std::size_t kSteps = 11;

/// How the payment of this order goes; drawn when it starts.
enum class PaymentAnswer : std::uint8_t {
  none,           ///< not asked yet
  approved,       ///< in time
  declined,       ///< in time
  late_approval,  ///< after the shop has given up: refunded
  late_decline,   ///< after the shop has given up: expired
  again,          ///< no, or not in time; the order will try once more
};

/// Most payments that are tried for one order, Order::attempt has room for them.
inline constexpr unsigned kMaxAttempts = 15;

/// Most payment channels, Order::channel() has room for them.
inline constexpr unsigned kMaxChannels = 8;

/// Most regions, Order::region has room for them.
inline constexpr unsigned kMaxRegions = 64;

/// Aligned, so that it never straddles two lines.
struct alignas(64) Order {
  OrderId id;
  Instant planned;  ///< planned arrival; every latency counts from here
  Instant at;       ///< when the step before `step` ended
  /// The instant that bounds the present wait: the end of the reservation; the channel's own answer
  /// time from the start of the last payment on.
  Instant until = kNever;
  std::array<SkuId, kMaxLines> sku{};
  std::array<std::uint8_t, kMaxLines> quantity{};  ///< 0 in lines that are not used
  BuyerId buyer;
  std::uint32_t amount_fen = 0;  ///< price of the whole basket
  std::uint8_t region : 6 = 0;   ///< index into `traffic.regions`
  std::uint8_t channel_low : 2 = 0;
  std::uint8_t lines : 3 = 0;    ///< used elements of sku and quantity
  std::uint8_t attempt : 4 = 0;  ///< payments that were tried before the present or next one
  /// The payment server serves others at the same time, and one of them will free it.
  bool shares_server : 1 = false;
  /// Bit i: line i is reserved. Bits 4 to 7 hold the failure outcome, see ends_as().
  std::uint8_t marks = 0;
  Step step : 4 = Step::admit;
  PaymentAnswer answer : 3 = PaymentAnswer::none;
  std::uint8_t channel_high : 1 = 0;

  static constexpr std::uint8_t kLineMask = (1U << kMaxLines) - 1U;

  /// `count` up to kMaxLines.
  void set_lines(std::size_t count) { lines = count & 7U; }
  /// `index` below kMaxRegions.
  void set_region(std::size_t index) { region = index & (kMaxRegions - 1); }
  /// The payment channel of the present or last payment, index into `payment.channels`.
  [[nodiscard]] unsigned channel() const { return channel_low | unsigned{channel_high} << 2U; }
  /// `index` below kMaxChannels.
  void set_channel(unsigned index) {
    channel_low = index & 3U;
    channel_high = index >> 2U & 1U;
  }

  /// Of all lines together.
  [[nodiscard]] std::int64_t units() const {
    std::int64_t sum = 0;
    for (const std::uint8_t each : quantity) sum += each;
    return sum;
  }

  /// Bits of the lines in use.
  [[nodiscard]] unsigned all_lines() const { return (1U << lines) - 1U; }
  /// Bits of the lines that are reserved now.
  [[nodiscard]] unsigned reserved_lines() const { return unsigned{marks} & kLineMask; }
  /// True when every line is reserved.
  [[nodiscard]] bool fully_reserved() const { return reserved_lines() == all_lines(); }
  [[nodiscard]] bool is_reserved(std::size_t line) const {
    return (unsigned{marks} >> line & 1U) != 0;
  }
  void mark_reserved(std::size_t line) { marks = static_cast<std::uint8_t>(marks | (1U << line)); }
  void mark_all_reserved() { marks = static_cast<std::uint8_t>(marks | all_lines()); }
  void mark_released(std::size_t line) { marks = static_cast<std::uint8_t>(marks & ~(1U << line)); }

  /// The outcome an order will have once its stock is released; dispatched means none yet.
  [[nodiscard]] Outcome ends_as() const { return static_cast<Outcome>(marks >> 4U); }
  void will_end_as(Outcome outcome) {
    marks = static_cast<std::uint8_t>((static_cast<unsigned>(outcome) << 4U) | (marks & kLineMask));
  }
};
static_assert(sizeof(Order) == 64, "an order is one cache line");
static_assert(std::is_trivially_copyable_v<Order>, "orders cross threads by memcpy");
static_assert(kMaxLines == 4 && kOutcomes <= 16, "marks holds four lines and a 4-bit outcome");

}  // namespace double11
