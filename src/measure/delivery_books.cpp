#include <double11/measure/delivery_books.hpp>

namespace double11::measure {

DeliveryBooks::DeliveryBooks(const scenario::Scenario& scenario)
    : promise_{scenario.logistics.promise.domestic, scenario.logistics.promise.overseas},
      by_day_(!is_plain_logistics(scenario)),
      paid_(scenario.logistics.starts_at),
      delivered_(scenario.logistics.starts_at) {
  const auto& regions = scenario.traffic.regions;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (regions[i].overseas) overseas_ |= std::uint64_t{1} << i;
  }
}

void DeliveryBooks::count_all(std::span<const Delivery> deliveries) {
  for (const Delivery& one : deliveries) count(one);
}

void DeliveryBooks::count_days(Instant paid, Instant eta) {
  paid_.add(paid);
  delivered_.add(eta);
}

void DeliveryBooks::merge(const DeliveryBooks& other) {
  for (std::size_t i = 0; i < promises_.size(); ++i) {
    promises_[i].parcels += other.promises_[i].parcels;
    promises_[i].kept += other.promises_[i].kept;
    promises_[i].first = std::min(promises_[i].first, other.promises_[i].first);
  }
  paid_.merge(other.paid_);
  delivered_.merge(other.delivered_);
}

}  // namespace double11::measure
