#pragma once
// What became of the delivery promises, written by whoever books the end of an order: each
// dispatched order's ETA against what its region was promised, the first parcels, and parcels by
// day where a scenario goes over days. Merging adds; one writer at a time.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/day_counts.hpp>
#include <double11/scenario/scenario.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

namespace double11::measure {

struct PromiseCounts {
  std::int64_t parcels = 0;
  std::int64_t kept = 0;   ///< of these, with an ETA within the promise
  Instant first = kNever;  ///< ETA of the parcel that is there first
};

class DeliveryBooks {
 public:
  static constexpr std::size_t kDomestic = 0;
  static constexpr std::size_t kOverseas = 1;

  explicit DeliveryBooks(const scenario::Scenario& scenario);

  /// What is counted of an order that was dispatched.
  struct Delivery {
    Instant paid;
    Instant eta;
    std::uint32_t region;
  };

  /// A paid order was dispatched; order.at is when it was paid. Returns whether the promise holds.
  bool dispatched(const Order& order, Instant eta) { return count({order.at, eta, order.region}); }

  /// The same for many.
  void dispatched_all(std::span<const Delivery> deliveries) {
    if (overseas_ != 0 || by_day_) [[unlikely]] {
      return count_all(deliveries);
    }
    // The usual case keeps its sums in registers.
    PromiseCounts counts = promises_[kDomestic];
    counts.parcels += std::ssize(deliveries);
    for (const Delivery& one : deliveries) {
      counts.kept += one.eta - one.paid <= promise_[kDomestic] ? 1 : 0;
      counts.first = std::min(counts.first, one.eta);
    }
    promises_[kDomestic] = counts;
  }

  void merge(const DeliveryBooks& other);

  /// Of regions at home and of regions overseas.
  [[nodiscard]] const PromiseCounts& domestic() const { return promises_[kDomestic]; }
  [[nodiscard]] const PromiseCounts& overseas() const { return promises_[kOverseas]; }
  /// Empty where logistics is plain.
  [[nodiscard]] const DayCounts& paid_by_day() const { return paid_; }
  [[nodiscard]] const DayCounts& delivered_by_day() const { return delivered_; }

 private:
  bool count(const Delivery& one) {
    const std::size_t where = overseas_ >> one.region & 1U;
    PromiseCounts& counts = promises_[where];
    const bool holds = one.eta - one.paid <= promise_[where];
    ++counts.parcels;
    counts.kept += holds ? 1 : 0;
    counts.first = std::min(counts.first, one.eta);
    if (by_day_) count_days(one.paid, one.eta);
    return holds;
  }
  void count_all(std::span<const Delivery> deliveries);
  void count_days(Instant paid, Instant eta);

  std::uint64_t overseas_ = 0;  // bit by region
  std::array<Duration, 2> promise_;
  std::array<PromiseCounts, 2> promises_;
  bool by_day_;
  DayCounts paid_;
  DayCounts delivered_;
};
static_assert(kMaxRegions <= 64, "DeliveryBooks has a bit for each region");

}  // namespace double11::measure
