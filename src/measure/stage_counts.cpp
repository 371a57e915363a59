#include <double11/measure/stage_counts.hpp>

#include <algorithm>
#include <cstddef>

namespace double11::measure {

ReservationCounts& ReservationCounts::operator+=(const ReservationCounts& other) {
  granted += other.granted;
  released += other.released;
  units_granted += other.units_granted;
  units_released += other.units_released;
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
  return *this;
}

ParcelCounts& ParcelCounts::operator+=(const ParcelCounts& other) {
  parcels += other.parcels;
  id_sum += other.id_sum;
  id_prints += other.id_prints;
  by_warehouse.resize(std::max(by_warehouse.size(), other.by_warehouse.size()));
  for (std::size_t i = 0; i < other.by_warehouse.size(); ++i) {
    by_warehouse[i] += other.by_warehouse[i];
  }
  return *this;
}

}  // namespace double11::measure
