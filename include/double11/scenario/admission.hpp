#pragma once
// Admission as a scenario describes it: credits, and what stands at the door before them.

#include <double11/core/time.hpp>

#include <cstdint>

namespace double11::scenario {

/// What becomes of the second click of a double click.
enum class SecondClicks : std::uint8_t {
  suppress,  ///< recognised by its idempotency key: outcome duplicate
  pass,      ///< taken for another order, as in shops that lack the key
};

/// How the door keeps an overload away from the stages (stages/door.hpp has the parameters and
/// their sources). The first ones say who of the queue for credits is next, the last ones how many
/// orders may be in flight.
enum class OverloadControl : std::uint8_t {
  none,           ///< first come first served
  drop_expired,   ///< the same, without those whose buyer has stopped waiting
  lifo,           ///< last come first served
  codel,          ///< first come first served; who waited long is shed while the queue stands
  adaptive_lifo,  ///< last come first served and short waits only, while the queue stands
  vegas,          ///< a limit that follows the delay
  gradient2,      ///< a limit that follows the gradient of the delay
  sentinel,       ///< a limit from throughput and least delay (Little's law)
};

/// A share of the bots is recognised, and of the people taken for bots.
struct BotFilter {
  double hit = 0;
  double false_alarm = 0;
};

/// Most clicks of one buyer in any of the windows of this length; 0: no limit.
struct BuyerRate {
  std::int64_t clicks_most = 0;
  Duration window{std::chrono::seconds(1)};
};

/// People wait outside and are let in at a rate.
struct WaitingRoom {
  enum class Next : std::uint8_t { arrival, lot, opening_lot };

  double rate_per_s = 0;  ///< 0: there is none
  Duration opens{0};
  Next next = Next::arrival;
  std::int64_t limit = 100'000'000;
  /// While they wait their page asks how things are, as often as this; 0: never.
  Duration poll_period{0};
};

/// Orders are let through at a rate, with a burst and a warm-up.
struct RateLimit {
  double rate_per_s = 0;  ///< 0: there is none
  std::int64_t burst = 1'000;
  Duration warm_up{0};
  double cold_factor = 3;
};

struct Admission {
  std::int64_t in_flight_limit = 1'000'000;
  std::int64_t queue_limit = 100'000;
  SecondClicks second_clicks = SecondClicks::suppress;
  BotFilter bot_filter;
  BuyerRate buyer_rate;
  /// Most units of one buyer under way or dispatched; 0: no limit.
  std::int64_t buyer_units_most = 0;
  /// Who asks for what was sold out at the last look is told so at once.
  bool sold_out_short_cut = false;
  WaitingRoom waiting_room;
  RateLimit rate_limit;
  OverloadControl control = OverloadControl::none;
  /// drop_expired gives an order up so long before its buyer stops waiting.
  Duration expiry_margin{std::chrono::milliseconds(100)};
};

}  // namespace double11::scenario
