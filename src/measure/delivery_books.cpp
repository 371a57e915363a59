#include <double11/measure/delivery_books.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace double11::measure {

DeliveryBooks::DeliveryBooks(const scenario::Scenario& scenario)
    : promise_{scenario.logistics.promise.domestic, scenario.logistics.promise.overseas},
      by_minute_(!is_plain_logistics(scenario)),
      paid_(scenario.logistics.starts_at),
      delivered_(scenario.logistics.starts_at) {
  const auto& regions = scenario.traffic.regions;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (regions[i].overseas) overseas_ |= std::uint64_t{1} << i;
  }
}

void DeliveryBooks::dispatched_all(std::span<const Delivery> deliveries) {
  for (const Delivery& one : deliveries) {
    time_s_.record((one.eta - one.paid) / std::chrono::seconds(1));
    ++by_region_[one.region];
  }
  if (overseas_ == 0 && !by_minute_) {
    count_domestic(deliveries);
  } else {
    count_all(deliveries);
  }
}

// The usual case keeps its sums in registers.
void DeliveryBooks::count_domestic(std::span<const Delivery> deliveries) {
  PromiseCounts counts = promises_[kDomestic];
  counts.parcels += std::ssize(deliveries);
  for (const Delivery& one : deliveries) {
    counts.kept += one.eta - one.paid <= promise_[kDomestic] ? 1 : 0;
    counts.first = std::min(counts.first, one.eta);
  }
  promises_[kDomestic] = counts;
}

void DeliveryBooks::count_all(std::span<const Delivery> deliveries) {
  for (const Delivery& one : deliveries) {
    const std::size_t where = overseas_ >> one.region & 1U;
    PromiseCounts& counts = promises_[where];
    ++counts.parcels;
    counts.kept += one.eta - one.paid <= promise_[where] ? 1 : 0;
    counts.first = std::min(counts.first, one.eta);
    if (by_minute_) {
      paid_.add(one.paid);
      delivered_.add(one.eta);
    }
  }
}

void DeliveryBooks::merge(const DeliveryBooks& other) {
  for (std::size_t i = 0; i < promises_.size(); ++i) {
    promises_[i].parcels += other.promises_[i].parcels;
    promises_[i].kept += other.promises_[i].kept;
    promises_[i].first = std::min(promises_[i].first, other.promises_[i].first);
  }
  time_s_.merge(other.time_s_);
  for (std::size_t i = 0; i < by_region_.size(); ++i) by_region_[i] += other.by_region_[i];
  paid_.merge(other.paid_);
  delivered_.merge(other.delivered_);
}

}  // namespace double11::measure
