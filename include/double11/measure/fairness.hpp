#pragma once
// Who gets what they came for: bots against people, early against late. Kept when a scenario asks
// for it. One writer.

#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace double11::measure {

/// Clicks and units of a part of the buyers.
struct PartCounts {
  std::int64_t arrivals = 0;
  std::int64_t dispatched = 0;  ///< orders
  std::int64_t units = 0;       ///< in dispatched orders

  PartCounts& operator+=(const PartCounts& other);
};

class Fairness {
 public:
  /// What became of the clicks of one tenth of the scenario's duration, by their planned times.
  struct Tenth {
    std::int64_t arrivals = 0;
    std::int64_t dispatched = 0;
    std::uint64_t latency_us = 0;  ///< of the dispatched, summed, microseconds rounded down
  };
  static constexpr std::size_t kTenths = 10;

  /// Buyers from `first_bot` on are bots.
  Fairness(Duration duration, std::int64_t first_bot)
      : duration_ns_(duration.count()), first_bot_(first_bot) {}

  void arrived(const Order& order) { count_arrival(order, 1); }
  void withdrawn(const Order& order) { count_arrival(order, -1); }
  void dispatched(const Order& order);

  void merge(const Fairness& other);

  [[nodiscard]] const std::array<Tenth, kTenths>& tenths() const { return tenths_; }
  [[nodiscard]] const PartCounts& bots() const { return bots_; }
  [[nodiscard]] const PartCounts& people() const { return people_; }

 private:
  void count_arrival(const Order& order, std::int64_t by);
  [[nodiscard]] std::size_t tenth_of(Instant planned) const;
  [[nodiscard]] PartCounts& part_of(BuyerId buyer) {
    return std::int64_t{buyer.value} >= first_bot_ ? bots_ : people_;
  }

  std::int64_t duration_ns_;
  std::int64_t first_bot_;
  std::array<Tenth, kTenths> tenths_{};
  PartCounts bots_;
  PartCounts people_;
};

}  // namespace double11::measure
