#include <double11/core/ensure.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/traffic/replay_walk.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

namespace double11::traffic {
namespace {

std::uint64_t slice_of(const scenario::OrderRow& row) {
  return static_cast<std::uint64_t>(row.at_ns / scenario::kSlice.count());
}

}  // namespace

ReplayWalk::ReplayWalk(const scenario::Scenario& scenario)
    : scenario_(scenario),
      replay_(*scenario.traffic.replayed),
      reader_(scenario, replay_.has_order_column) {}

void ReplayWalk::make(std::uint64_t slice, std::vector<Order>& into) {
  const auto& marks = replay_.marks;
  const auto after = std::upper_bound(
      marks.begin(), marks.end(), slice,
      [](std::uint64_t wanted, const scenario::Replay::Mark& mark) { return wanted < mark.slice; });
  if (after == marks.begin()) return;
  const std::int64_t mark = std::prev(after)->offset;
  if (!lines_ || slice < slice_ || (has_row_ && mark > offset_)) seek(mark);
  slice_ = slice + 1;
  while (has_row_ && slice_of(row_) < slice) read_row();
  Order order;
  for (std::uint32_t index = 0; has_row_ && slice_of(row_) == slice; ++index) {
    ensure(index < OrderId::kIndexEnd, "the file of traffic.replay was changed during the run");
    take_basket(OrderId(slice, index), order);
    if (order.planned < Instant(scenario_.duration)) into.push_back(order);
  }
}

void ReplayWalk::seek(std::int64_t offset) {
  lines_.emplace(replay_.file, offset);
  read_row();
}

void ReplayWalk::read_row() {
  std::string_view line;
  has_row_ = lines_->next(line);
  if (!has_row_) return;
  offset_ = lines_->offset();
  const auto row = reader_.read(line);
  ensure(std::holds_alternative<scenario::OrderRow>(row),
         "the file of traffic.replay was changed during the run");
  row_ = std::get<scenario::OrderRow>(row);
}

void ReplayWalk::take_basket(OrderId id, Order& order) {
  order = Order{};
  order.id = id;
  order.planned = Instant(Duration(row_.at_ns));
  order.at = order.planned;
  order.buyer = row_.buyer;
  order.set_region(row_.region);
  std::size_t lines = 0;
  std::int64_t amount = 0;
  scenario::OrderRow last;
  do {
    ensure(lines < kMaxLines, "the file of traffic.replay was changed during the run");
    order.sku[lines] = row_.sku;
    order.quantity[lines] = static_cast<std::uint8_t>(row_.quantity);
    const MoneyFen price = row_.price_fen != 0
                               ? MoneyFen{row_.price_fen}
                               : scenario::list_price_of(scenario_.catalogue, row_.sku);
    amount += price.fen * row_.quantity;
    ++lines;
    last = row_;
    read_row();
  } while (has_row_ && scenario::is_same_basket(last, row_));
  order.set_lines(lines);
  order.amount_fen = static_cast<std::uint32_t>(amount);
}

}  // namespace double11::traffic
