#pragma once
// One line of a file of orders, from text and to text. The form:
//
//   at,buyer,sku,quantity,price,region[,order]
//   0.000001234,4711,17,2,19.90,east,1
//
// at: seconds since the start, up to nine decimals. price: yuan for one unit, up to two decimals;
// empty: that of the catalogue. region: a name of traffic.regions, in double quotes where it has a
// comma or a quote (RFC 4180). order: a whole number; lines that follow each other with the same
// one are a basket. Without that column, lines of the same instant and buyer are.

#include <double11/core/order.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace double11::scenario {

inline constexpr std::string_view kOrderColumns = "at,buyer,sku,quantity,price,region";
inline constexpr std::string_view kOrderColumnsAll = "at,buyer,sku,quantity,price,region,order";

/// One line of a basket.
struct OrderRow {
  std::int64_t at_ns = 0;
  BuyerId buyer;
  SkuId sku;
  std::uint32_t quantity = 0;
  std::uint32_t price_fen = 0;  ///< 0: not said
  std::uint32_t region = 0;     ///< index into traffic.regions
  std::int64_t order = -1;      ///< -1: there is no such column
};

/// What is wrong with a line.
struct RowMistake {
  std::size_t column = 0;  ///< from 1 on; 0: the whole line
  std::string message;     ///< "found ...; allowed: ..."
};

/// What was found is cut, and control characters in it are not shown.
RowMistake mistake_of(std::size_t column, std::string_view found, std::string_view allowed);

/// "line 7, column 3 (sku)".
std::string place_of(std::int64_t line, std::size_t column);

/// Whether `next`, which follows `row`, is a further line of its basket.
inline bool is_same_basket(const OrderRow& row, const OrderRow& next) {
  return row.order >= 0 ? row.order == next.order
                        : row.at_ns == next.at_ns && row.buyer == next.buyer;
}

/// Reads lines for one scenario, which must outlive it. One thread.
class OrderRowReader {
 public:
  OrderRowReader(const Scenario& scenario, bool has_order_column);

  /// `line` is without its end.
  std::variant<OrderRow, RowMistake> read(std::string_view line);

 private:
  [[nodiscard]] bool find_region(std::string_view name, std::uint32_t& region) const;

  const Scenario& scenario_;
  std::size_t columns_;
  std::string unquoted_;
};

/// Appends the lines of `order` with all columns and line ends. Prices are those of the scenario.
void append_rows(const Scenario& scenario, const Order& order, std::int64_t number,
                 std::string& text);

/// Whether rows of this scenario can be read back: no name of a region has a line end.
bool can_be_recorded(const Scenario& scenario);

}  // namespace double11::scenario
