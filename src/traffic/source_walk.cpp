#include <double11/core/units.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/traffic/source_walk.hpp>

#include <string>

#include <fmt/format.h>

namespace double11::traffic {
namespace {

// As in the catalogue and in files of orders.
constexpr std::uint32_t kQuantityMost = 100;

class Check {
 public:
  Check(const scenario::Scenario& scenario, const scenario::ArrivalSource::Slice& slice)
      : scenario_(scenario), slice_(slice) {}

  // The order as the rest of the program wants it: only what the source may say is taken over.
  [[nodiscard]] Order checked(std::size_t index, const Order& said, Instant earliest) const {
    if (said.planned < slice_.start || said.planned >= slice_.end) {
      complain(index, "planned at " + text_of(said.planned),
               fmt::format("{} to before {}", text_of(slice_.start), text_of(slice_.end)));
    }
    if (said.planned < earliest) {
      complain(index, "planned at " + text_of(said.planned),
               fmt::format("{} or later, as the order before it", text_of(earliest)));
    }
    Order order;
    order.id = OrderId(slice_.number, static_cast<std::uint32_t>(index));
    order.planned = said.planned;
    order.at = said.planned;
    if (said.lines > 0) take_basket(index, said, order);
    return order;
  }

  [[noreturn]] void complain(std::size_t index, const std::string& found,
                             const std::string& allowed) const {
    throw SourceError(fmt::format("traffic source {}, slice {}, order {}: found {}; allowed: {}",
                                  scenario_.traffic.source->name(), slice_.number, index, found,
                                  allowed));
  }

 private:
  static std::string text_of(Instant instant) {
    return text_of_duration(instant.time_since_epoch());
  }

  void take_basket(std::size_t index, const Order& said, Order& order) const {
    if (said.lines > kMaxLines) {
      complain(index, fmt::format("{} lines", unsigned{said.lines}),
               fmt::format("0 to {}", kMaxLines));
    }
    below(index, "buyer", said.buyer.value, scenario_.traffic.buyers);
    below(index, "region", said.region,
          static_cast<std::int64_t>(scenario_.traffic.regions.size()));
    order.buyer = said.buyer;
    order.set_region(said.region);
    order.set_lines(said.lines);
    for (std::size_t line = 0; line < said.lines; ++line) {
      const std::uint32_t quantity = said.quantity[line];
      below(index, "sku", said.sku[line].value, scenario_.catalogue.skus);
      if (quantity < 1 || quantity > kQuantityMost) {
        complain(index, fmt::format("quantity {}", quantity),
                 fmt::format("1 to {}", kQuantityMost));
      }
      order.sku[line] = said.sku[line];
      order.quantity[line] = said.quantity[line];
      const MoneyFen price = scenario::list_price_of(scenario_.catalogue, said.sku[line]);
      order.amount_fen += static_cast<std::uint32_t>(price.fen * quantity);
    }
  }

  void below(std::size_t index, const char* what, std::int64_t found, std::int64_t end) const {
    if (found >= end) {
      complain(index, fmt::format("{} {}", what, found), fmt::format("0 to {}", end - 1));
    }
  }

  const scenario::Scenario& scenario_;
  const scenario::ArrivalSource::Slice& slice_;
};

}  // namespace

void plan_from_source(const scenario::Scenario& scenario,
                      const scenario::ArrivalSource::Slice& slice, std::vector<Order>& planned) {
  planned.clear();
  scenario.traffic.source->plan(slice, planned);
  const Check check(scenario, slice);
  if (planned.size() >= OrderId::kIndexEnd) {
    check.complain(planned.size() - 1, fmt::format("{} orders", planned.size()),
                   fmt::format("at most {} in a slice", OrderId::kIndexEnd - 1));
  }
  Instant earliest = slice.start;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    planned[i] = check.checked(i, planned[i], earliest);
    earliest = planned[i].planned;
  }
}

}  // namespace double11::traffic
