#include <double11/core/units.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/order_row.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace double11::scenario {
namespace {

constexpr std::array<std::string_view, 7> kColumns{"at",    "buyer",  "sku",  "quantity",
                                                   "price", "region", "order"};

// The range of their keys.
constexpr std::int64_t kAtMostNs = std::int64_t{400} * 86'400 * 1'000'000'000;
constexpr std::int64_t kQuantityMost = 100;
constexpr std::int64_t kPriceMostFen = 10'000'000;
static_assert(kPriceMostFen * kQuantityMost * static_cast<std::int64_t>(kMaxLines) <= kOrderFenMax,
              "no basket of such lines is too dear for Order::amount_fen");
constexpr std::int64_t kNumberMost = 1'000'000'000'000'000'000;

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size() &&
                         text.front() >= '0' && text.front() <= '9';
  return is_number && value <= most ? std::optional(value) : std::nullopt;
}

// "12.5" with two decimals is 1250. Up to `decimals` of them; more only if they are zeros would be
// another number than the text says, so they are refused.
std::optional<std::int64_t> fixed_point(std::string_view text, unsigned decimals,
                                        std::int64_t most) {
  const auto dot = std::min(text.find('.'), text.size());
  std::int64_t unit = 1;
  for (unsigned i = 0; i < decimals; ++i) unit *= 10;
  const auto whole = whole_number(text.substr(0, dot), most / unit);
  if (!whole) return std::nullopt;
  std::int64_t value = *whole * unit;
  if (dot < text.size()) {
    const std::string_view rest = text.substr(dot + 1);
    const auto fraction = rest.size() <= decimals ? whole_number(rest, unit) : std::nullopt;
    if (!fraction) return std::nullopt;
    for (std::size_t i = 0; i < rest.size(); ++i) unit /= 10;
    value += *fraction * unit;
  }
  return value <= most ? std::optional(value) : std::nullopt;
}

// Cuts the next field off `rest`, quoted fields with their quotes. False when a quote stays open or
// something follows a closed one.
bool take_field(std::string_view& rest, std::string_view& field) {
  std::size_t end = 0;
  if (!rest.empty() && rest[0] == '"') {
    // A doubled quote is a quote; a single one ends the field.
    end = rest.find('"', 1);
    while (end != std::string_view::npos && rest.substr(end, 2) == "\"\"") {
      end = rest.find('"', end + 2);
    }
    if (end == std::string_view::npos) return false;
    ++end;
    if (end < rest.size() && rest[end] != ',') return false;
  } else {
    end = std::min(rest.find(','), rest.size());
  }
  field = rest.substr(0, end);
  rest.remove_prefix(end);
  return true;
}

std::string fixed_text(std::int64_t value, std::int64_t unit, int decimals) {
  return fmt::format("{}.{:0{}}", value / unit, value % unit, decimals);
}

std::string quoted_where_needed(const std::string& name) {
  if (name.find_first_of(",\"") == std::string::npos) return name;
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

}  // namespace

RowMistake mistake_of(std::size_t column, std::string_view found, std::string_view allowed) {
  constexpr std::size_t kShown = 60;
  std::string shown(found.substr(0, kShown));
  // Whatever is in the file, the terminal stays as it is.
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c >= 0 && c < ' '; }, '?');
  if (found.size() > kShown) shown += "...";
  return {column, fmt::format("found \"{}\"; allowed: {}", shown, allowed)};
}

std::string place_of(std::int64_t line, std::size_t column) {
  return column == 0 ? fmt::format("line {}", line)
                     : fmt::format("line {}, column {} ({})", line, column, kColumns[column - 1]);
}

OrderRowReader::OrderRowReader(const Scenario& scenario, bool has_order_column)
    : scenario_(scenario), columns_(has_order_column ? kColumns.size() : kColumns.size() - 1) {}

std::variant<OrderRow, RowMistake> OrderRowReader::read(std::string_view line) {
  std::array<std::string_view, kColumns.size()> field;
  std::string_view rest = line;
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    std::string_view next;
    if (!take_field(rest, next)) {
      return RowMistake{std::min(count + 1, columns_),
                        "a double quote is not closed at the end of its field"};
    }
    if (count < columns_) field[count] = next;
    more = !rest.empty();
    if (more) rest.remove_prefix(1);
  }
  if (count != columns_) {
    return RowMistake{
        0, fmt::format("found {} columns; allowed: {}, as in the header", count, columns_)};
  }
  OrderRow row;
  const auto at = fixed_point(field[0], 9, kAtMostNs);
  if (!at) {
    return mistake_of(1, field[0], "seconds since the start, up to nine decimals, up to 400 days");
  }
  row.at_ns = *at;
  const auto buyer = whole_number(field[1], scenario_.traffic.buyers - 1);
  if (!buyer) {
    return mistake_of(2, field[1],
                      fmt::format("a whole number below traffic.buyers ({})",
                                  text_of_count(scenario_.traffic.buyers)));
  }
  row.buyer = {static_cast<std::uint32_t>(*buyer)};
  const auto sku = whole_number(field[2], scenario_.catalogue.skus - 1);
  if (!sku) {
    return mistake_of(3, field[2],
                      fmt::format("a whole number below catalogue.skus ({})",
                                  text_of_count(scenario_.catalogue.skus)));
  }
  row.sku = {static_cast<std::uint32_t>(*sku)};
  const auto quantity = whole_number(field[3], kQuantityMost);
  if (!quantity || *quantity == 0) {
    return mistake_of(4, field[3], fmt::format("a whole number from 1 to {}", kQuantityMost));
  }
  row.quantity = static_cast<std::uint32_t>(*quantity);
  if (!field[4].empty()) {
    const auto price = fixed_point(field[4], 2, kPriceMostFen);
    if (!price || *price == 0) {
      return mistake_of(5, field[4],
                        "yuan for one unit, from 0.01 to 100000.00, or nothing for the catalogue's "
                        "price");
    }
    row.price_fen = static_cast<std::uint32_t>(*price);
  }
  std::string_view region = field[5];
  if (!region.empty() && region[0] == '"') {
    unquoted_.clear();
    for (std::size_t i = 1; i + 1 < region.size(); ++i) {
      unquoted_ += region[i];
      if (region[i] == '"') ++i;
    }
    region = unquoted_;
  }
  if (!find_region(region, row.region)) {
    std::string names;
    for (const Region& known : scenario_.traffic.regions) {
      names += (names.empty() ? "" : ", ") + known.name;
    }
    return mistake_of(6, field[5], "the traffic.regions: " + names);
  }
  if (columns_ == kColumns.size()) {
    const auto order = whole_number(field[6], kNumberMost);
    if (!order)
      return mistake_of(7, field[6], "a whole number, the same for all lines of a basket");
    row.order = *order;
  }
  return row;
}

bool OrderRowReader::find_region(std::string_view name, std::uint32_t& region) const {
  const auto& regions = scenario_.traffic.regions;
  const auto found = std::find_if(regions.begin(), regions.end(),
                                  [&](const Region& known) { return known.name == name; });
  region = static_cast<std::uint32_t>(std::distance(regions.begin(), found));
  return found != regions.end();
}

void append_rows(const Scenario& scenario, const Order& order, std::int64_t number,
                 std::string& text) {
  for (std::size_t line = 0; line < order.lines; ++line) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{}\n",
                   fixed_text(nanoseconds_of(order.planned), 1'000'000'000, 9), order.buyer.value,
                   order.sku[line].value, order.quantity[line],
                   fixed_text(price_of(scenario.catalogue, order.sku[line]).fen, 100, 2),
                   quoted_where_needed(scenario.traffic.regions[order.region].name), number);
  }
}

bool can_be_recorded(const Scenario& scenario) {
  const auto& regions = scenario.traffic.regions;
  return std::none_of(regions.begin(), regions.end(), [](const Region& region) {
    return region.name.find_first_of("\r\n") != std::string::npos;
  });
}

}  // namespace double11::scenario
