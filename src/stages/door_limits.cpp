#include <double11/stages/door_limits.hpp>

#include <algorithm>

namespace double11::stages {
DoorLimits::DoorLimits(const scenario::Scenario& scenario)
    : clicks_most_(scenario.admission.buyer_rate.clicks_most),
      window_(scenario.admission.buyer_rate.window),
      units_most_(scenario.admission.buyer_units_most) {
  if (scenario.admission.sold_out_short_cut) {
    shelves_.resize(static_cast<std::size_t>(scenario.catalogue.skus));
  }
}

bool DoorLimits::count_click(const Order& order, Instant now) {
  if (clicks_most_ == 0) return true;
  const std::int64_t window = now.time_since_epoch() / window_;
  if (window != present_window_) {
    clicks_.clear();
    present_window_ = window;
  }
  return ++clicks_[order.buyer.value].count <= clicks_most_;
}

bool DoorLimits::take_units(const Order& order) {
  if (units_most_ == 0) return true;
  const std::int64_t wanted = order.units();
  if (wanted > units_most_) return false;
  std::int64_t& units = units_[order.buyer.value];
  if (units + wanted > units_most_) return false;
  units += wanted;
  return true;
}

void DoorLimits::return_units(const Order& order) {
  if (units_most_ == 0) return;
  std::int64_t& units = units_[order.buyer.value];
  units -= order.units();
  if (units == 0) units_.erase(order.buyer.value);
}

bool DoorLimits::is_sold_out(const Order& order) const {
  if (shelves_.empty()) return false;
  for (std::size_t line = 0; line < order.lines; ++line) {
    const std::uint8_t refused = shelves_[order.sku[line].value].refused_from;
    if (refused != 0 && order.quantity[line] >= refused) return true;
  }
  return false;
}

void DoorLimits::learn(const Order& order, Outcome outcome) {
  if (shelves_.empty() || outcome == Outcome::dispatched) return;
  if (outcome == Outcome::sold_out && order.lines == 1) {
    Shelf& shelf = shelves_[order.sku[0].value];
    // News of a refusal that is older than what went back since is no news.
    if (order.at < shelf.returned_at) return;
    shelf.refused_from = shelf.refused_from == 0 ? order.quantity[0]
                                                 : std::min(shelf.refused_from, order.quantity[0]);
    return;
  }
  for (std::size_t line = 0; line < order.lines; ++line) {
    Shelf& shelf = shelves_[order.sku[line].value];
    shelf.returned_at = std::max(shelf.returned_at, order.at);
    shelf.refused_from = 0;
  }
}

}  // namespace double11::stages
