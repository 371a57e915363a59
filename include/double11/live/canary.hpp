#pragma once
// Known bugs that can be planted into a run, one order each, to see the audit catch them.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace double11::live {

enum class Canary : std::uint8_t {
  none,
  lost_order,          ///< an order vanishes between inventory and payment
  double_dispatch,     ///< logistics makes two parcels for one order
  leaked_reservation,  ///< the stock of a failed order does not go back
  lost_arrival,        ///< a planned arrival never reaches admission
  forgotten_refund,    ///< a late payment is kept
  wrong_amount,        ///< a payment captures a fen too much
  stranded_payment,    ///< a paid order is sent home as declined
  lost_unit,           ///< of a reservation that goes back, one unit does not
  oversold_unit,       ///< a buyer who was refused gets the goods all the same
  misfiled_outcome,    ///< a declined order is booked as sold out
  misfiled_patience,   ///< a buyer who lost patience is booked as sold out
};

inline constexpr std::array<std::string_view, 12> kCanaryNames{
    "none",         "lost_order",       "double_dispatch",  "leaked_reservation",
    "lost_arrival", "forgotten_refund", "wrong_amount",     "stranded_payment",
    "lost_unit",    "oversold_unit",    "misfiled_outcome", "misfiled_patience"};

/// The canary of this name, if there is one.
inline std::optional<Canary> canary_of(std::string_view name) {
  for (std::size_t i = 0; i < kCanaryNames.size(); ++i) {
    if (kCanaryNames[i] == name) return static_cast<Canary>(i);
  }
  return std::nullopt;
}

}  // namespace double11::live
