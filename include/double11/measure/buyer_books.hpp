#pragma once
// Books by buyer: what the laws "no buyer above the limit" and "no order dispatched twice" are
// checked against. They are kept only in scenarios that have such a limit, or buyers who click more
// than once: a table of what was dispatched, and nothing of what the door remembers. One writer.

#include <double11/core/ids.hpp>
#include <double11/core/order.hpp>
#include <double11/measure/count_table.hpp>

#include <cstddef>
#include <cstdint>

namespace double11::measure {

class BuyerBooks {
 public:
  /// Which of the tables there are.
  struct Kept {
    bool units = false;   ///< units by buyer
    bool clicks = false;  ///< dispatched clicks by order
  };

  /// Most orders in the table of clicks; beyond it every other order is forgotten, again and again.
  /// The table then has 2^23 places of 16 bytes, 128 MiB for each worker, and for a moment twice
  /// that while it is rebuilt.
  static constexpr std::size_t kClicksMost = std::size_t{1} << 22U;

  explicit BuyerBooks(Kept kept, std::size_t clicks_most = kClicksMost)
      : kept_(kept), clicks_most_(clicks_most) {}

  /// `order` was dispatched.
  void dispatched(const Order& order);

  /// Adds the books of another writer, who keeps the same tables.
  void merge(const BuyerBooks& other);

  [[nodiscard]] Kept kept() const { return kept_; }

  [[nodiscard]] std::int64_t units_of(BuyerId buyer) const { return units_.of(buyer.value); }
  /// Buyers who got anything.
  [[nodiscard]] std::int64_t buyers() const { return static_cast<std::int64_t>(units_.size()); }
  /// Those who got more than `limit` units.
  [[nodiscard]] std::int64_t buyers_above(std::int64_t limit) const;

  struct Most {
    BuyerId buyer;
    std::int64_t units = 0;
  };
  /// Who got most, the smallest id among equals; 0 units when nobody got any.
  [[nodiscard]] Most most() const;

  /// Share of all units that went to the `share` (0 to 1) of the buyers who got anything who got
  /// most, rounded up to a whole buyer; 0 when nobody got any.
  [[nodiscard]] double top_share(double share) const;

  /// Orders looked at: dispatched ones, a click and its further clicks being one order.
  [[nodiscard]] std::int64_t orders() const { return static_cast<std::int64_t>(clicks_.size()); }
  /// Of them, those of which more than one click was dispatched.
  [[nodiscard]] std::int64_t doubles() const;
  /// First click of the double of the smallest id; meaningless without doubles.
  [[nodiscard]] OrderId first_double() const;
  /// One order in so many is looked at: 1 up to kClicksMost orders.
  [[nodiscard]] std::int64_t one_in() const { return std::int64_t{1} << forgotten_bits_; }

 private:
  [[nodiscard]] bool is_looked_at(std::uint64_t first_click) const;
  void add_clicks(std::uint64_t first_click, std::uint32_t clicks);
  void forget_to(unsigned bits);

  Kept kept_;
  std::size_t clicks_most_;
  unsigned forgotten_bits_ = 0;
  CountTable<std::uint32_t, std::uint32_t> units_;
  CountTable<std::uint64_t, std::uint32_t> clicks_;
};

}  // namespace double11::measure
