#include <double11/measure/fulfilment_counts.hpp>

#include <algorithm>
#include <cstddef>

namespace double11::measure {

CarrierCounts& CarrierCounts::operator+=(const CarrierCounts& other) {
  parcels += other.parcels;
  after_cut_off += other.after_cut_off;
  over_capacity += other.over_capacity;
  return *this;
}

FulfilmentCounts& FulfilmentCounts::operator+=(const FulfilmentCounts& other) {
  labour += other.labour;
  transport += other.transport;
  transfers += other.transfers;
  ahead += other.ahead;
  returns += other.returns;
  transferred_parcels += other.transferred_parcels;
  transferred_units += other.transferred_units;
  ahead_units += other.ahead_units;
  ahead_parcels += other.ahead_parcels;
  returned_units += other.returned_units;
  missing_units += other.missing_units;
  handed.merge(other.handed);
  carriers.resize(std::max(carriers.size(), other.carriers.size()));
  for (std::size_t i = 0; i < other.carriers.size(); ++i) carriers[i] += other.carriers[i];
  units_left.resize(std::max(units_left.size(), other.units_left.size()));
  for (std::size_t i = 0; i < other.units_left.size(); ++i) units_left[i] += other.units_left[i];
  return *this;
}

}  // namespace double11::measure
