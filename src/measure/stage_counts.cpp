#include <double11/measure/stage_counts.hpp>

#include <algorithm>
#include <cstddef>

namespace double11::measure {
namespace {

// Lists of which one may still be empty.
template <typename Element>
void add_each(std::vector<Element>& to, const std::vector<Element>& from) {
  to.resize(std::max(to.size(), from.size()));
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
}

}  // namespace

ReservationCounts& ReservationCounts::operator+=(const ReservationCounts& other) {
  granted += other.granted;
  released += other.released;
  units_granted += other.units_granted;
  units_released += other.units_released;
  return *this;
}

ChannelCounts& ChannelCounts::operator+=(const ChannelCounts& other) {
  started += other.started;
  paid += other.paid;
  declined += other.declined;
  timed_out += other.timed_out;
  refunds += other.refunds;
  refused += other.refused;
  left += other.left;
  avoided += other.avoided;
  opened += other.opened;
  queue_most += other.queue_most;
  busy += other.busy;
  add_each(reasons, other.reasons);
  return *this;
}

PaymentCounts& PaymentCounts::operator+=(const PaymentCounts& other) {
  paid += other.paid;
  declined += other.declined;
  given_up += other.given_up;
  abandoned += other.abandoned;
  refused += other.refused;
  repeated += other.repeated;
  superseded += other.superseded;
  refunds += other.refunds;
  captured += other.captured;
  refunded += other.refunded;
  unrouted += other.unrouted;
  add_each(reasons, other.reasons);
  add_each(channels, other.channels);
  return *this;
}

ParcelCounts& ParcelCounts::operator+=(const ParcelCounts& other) {
  parcels += other.parcels;
  id_sum += other.id_sum;
  id_prints += other.id_prints;
  add_each(by_warehouse, other.by_warehouse);
  return *this;
}

}  // namespace double11::measure
