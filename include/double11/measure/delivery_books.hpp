#pragma once
// What became of the delivery promises, written by whoever books the end of an order: each
// dispatched order's ETA against what its region was promised, the first parcels, and parcels by
// minute where a scenario goes over days. Merging adds; one writer at a time.

#include <double11/core/order.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/histogram.hpp>
#include <double11/measure/minute_counts.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
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

    /// Field by field: GCC copies a whole one through the stack, and waits there for its halves.
    void set(Instant paid_at, Instant eta_at, std::uint32_t to_region) {
      paid = paid_at;
      eta = eta_at;
      region = to_region;
    }
  };

  /// Orders were dispatched.
  void dispatched_all(std::span<const Delivery> deliveries);

  void merge(const DeliveryBooks& other);

  /// Of regions at home and of regions overseas.
  [[nodiscard]] const PromiseCounts& domestic() const { return promises_[kDomestic]; }
  [[nodiscard]] const PromiseCounts& overseas() const { return promises_[kOverseas]; }
  /// From payment to ETA, in whole seconds.
  [[nodiscard]] const Histogram& time_s() const { return time_s_; }
  /// Dispatched orders by region of the buyers.
  [[nodiscard]] const std::array<std::int64_t, kMaxRegions>& by_region() const {
    return by_region_;
  }
  /// Empty where logistics is plain.
  [[nodiscard]] const MinuteCounts& paid() const { return paid_; }
  [[nodiscard]] const MinuteCounts& delivered() const { return delivered_; }

 private:
  void count_domestic(std::span<const Delivery> deliveries);
  void count_all(std::span<const Delivery> deliveries);

  std::uint64_t overseas_ = 0;  // bit by region
  std::array<Duration, 2> promise_;
  std::array<PromiseCounts, 2> promises_;
  Histogram time_s_;
  std::array<std::int64_t, kMaxRegions> by_region_{};
  bool by_minute_;
  MinuteCounts paid_;
  MinuteCounts delivered_;
};
static_assert(kMaxRegions <= 64, "DeliveryBooks has a bit for each region");

}  // namespace double11::measure
