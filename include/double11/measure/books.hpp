#pragma once
// The books that the audit compares with those of the stages. Each worker has its own set; what
// one part of the program writes here, another part has counted for itself: traffic writes
// arrivals, the end of an order's way writes outcomes and sales, and none of it looks at the
// stages' counts.

#include <double11/core/money.hpp>
#include <double11/core/order.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/prefetch.hpp>
#include <double11/measure/buyer_books.hpp>
#include <double11/measure/fairness.hpp>
#include <double11/measure/histogram.hpp>
#include <double11/measure/money_series.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/scenario/segments.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace double11::measure {

/// A set of orders in constant space: equal sets have equal prints; two sets that differ in one
/// order give away its id.
struct OrderSet {
  std::int64_t count = 0;
  std::uint64_t id_sum = 0;     ///< of order ids, modulo 2^64
  std::uint64_t id_prints = 0;  ///< of mix(order id), modulo 2^64

  void add(OrderId id);
  void remove(OrderId id);
  OrderSet& operator+=(const OrderSet& other);
  bool operator==(const OrderSet&) const = default;
};

/// What became of the orders of one segment of the buyers.
struct SegmentBooks {
  std::int64_t arrivals = 0;
  std::array<std::int64_t, kOutcomes> outcomes{};
  Histogram latency;  ///< from planned arrival to dispatched

  SegmentBooks& operator+=(const SegmentBooks& other);
};

class Books {
 public:
  /// Empty books for all SKUs of `scenario`, which must outlive them, with the books by buyer that
  /// it needs.
  explicit Books(const scenario::Scenario& scenario);
  /// The same with books by buyer of one's own choice.
  Books(const scenario::Scenario& scenario, BuyerBooks::Kept kept);

  /// An arrival was planned; `print` is traffic::fingerprint_of(order).
  void arrived(const Order& order, std::uint64_t print);
  /// The same for many, with the sum of their prints.
  void arrived_all(std::span<const Order> orders, std::uint64_t prints);
  /// A click that the traffic did not plan: a second one, or a retry. It is no part of the stream
  /// that the seed gives, but has its outcome as any other.
  void arrived_again(const Order& order) { arrived(order, 0); }
  /// The run was interrupted before a planned arrival was released: it does not count after all.
  void withdrawn(const Order& order, std::uint64_t print);
  /// The order reached its final state. Dispatched orders are priced anew from the catalogue.
  void ended(const Order& order, Outcome outcome);

  /// The same for many, of which `outcomes` has one each.
  void ended_all(std::span<const Order> orders, std::span<const Outcome> outcomes);

  /// The same where all were dispatched.
  void dispatched_all(std::span<const Order> orders);

  void merge(const Books& other);

  [[nodiscard]] const OrderSet& arrivals() const { return arrivals_; }
  [[nodiscard]] std::uint64_t stream_print() const { return stream_print_; }
  [[nodiscard]] const OrderSet& outcomes(Outcome outcome) const {
    return outcomes_[index_of(outcome)];
  }
  [[nodiscard]] OrderSet all_outcomes() const;
  /// Units of a SKU in dispatched orders.
  [[nodiscard]] std::int64_t units_sold(SkuId sku) const { return units_sold_[sku.value]; }
  [[nodiscard]] std::int64_t units_sold() const { return units_sold_total_; }
  /// How many SKUs are in dispatched orders.
  [[nodiscard]] std::int64_t skus_sold() const;
  /// Share of the units in dispatched orders that the `first` most popular SKUs have; 0 when there
  /// are none.
  [[nodiscard]] double top_share(std::int64_t first) const;
  /// Catalogue price of everything dispatched.
  [[nodiscard]] MoneyFen turnover() const { return turnover_; }
  /// In the scenario's order; empty when there is one segment only.
  [[nodiscard]] const std::vector<SegmentBooks>& by_segment() const { return by_segment_; }

  // What follows is there only where the scenario asks for it.

  /// With a limit for each buyer, buyers who click more than once, or `report.fairness`.
  [[nodiscard]] const std::optional<BuyerBooks>& by_buyer() const { return by_buyer_; }
  /// With `report.fairness`.
  [[nodiscard]] const std::optional<Fairness>& fairness() const { return fairness_; }
  /// Catalogue price of what was dispatched, over time, when a published point is about it.
  [[nodiscard]] const std::optional<MoneySeries>& turnover_over_time() const {
    return turnover_over_time_;
  }

 private:
  void count_more_arrivals(const Order& order, std::int64_t by);
  void end_more(const Order& order, Outcome outcome, MoneyFen price);
  MoneyFen sell(const Order& order, std::span<const std::uint32_t, kMaxLines> prices_fen);
  [[nodiscard]] std::array<std::uint32_t, kMaxLines> prices_of(const Order& order) const;
  void prices_of(std::span<const Order> orders, std::span<std::uint32_t> fen) const;
  // Brings closer what the order will write if it was dispatched. Lines that are not used ask for
  // SKU 0, which is always near.
  void prefetch(const Order& order) const {
    for (const SkuId sku : order.sku) prefetch_to_write(&units_sold_[sku.value]);
  }
  void ended_group(std::span<const Order> orders, std::span<const Outcome> outcomes);

  const scenario::Catalogue* catalogue_;
  OrderSet arrivals_;
  std::uint64_t stream_print_ = 0;
  std::array<OrderSet, kOutcomes> outcomes_{};
  std::vector<std::uint32_t> units_sold_;
  std::int64_t units_sold_total_ = 0;
  MoneyFen turnover_;
  scenario::Segments segments_;
  std::vector<SegmentBooks> by_segment_;
  std::optional<BuyerBooks> by_buyer_;
  std::optional<Fairness> fairness_;
  std::optional<MoneySeries> turnover_over_time_;
  bool has_more_ = false;  // than every scenario has
};

}  // namespace double11::measure
