#include <double11/measure/buyer_books.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace double11::measure {
namespace {

// Keeps the choice of orders apart from their places in the table.
constexpr std::uint64_t kChoiceSalt = mix(11);

}  // namespace

void BuyerBooks::dispatched(const Order& order) {
  if (kept_.units) {
    std::uint32_t units = 0;
    for (std::size_t line = 0; line < order.lines; ++line) units += order.quantity[line];
    if (units > 0) units_.add(order.buyer.value, units);
  }
  if (kept_.clicks) add_clicks(order.id.first_click().value, 1);
}

void BuyerBooks::merge(const BuyerBooks& other) {
  units_.merge(other.units_);
  forget_to(other.forgotten_bits_);
  other.clicks_.for_each(
      [this](std::uint64_t first_click, std::uint32_t clicks) { add_clicks(first_click, clicks); });
}

bool BuyerBooks::is_looked_at(std::uint64_t first_click) const {
  const std::uint64_t forgotten = (std::uint64_t{1} << forgotten_bits_) - 1;
  return (mix(first_click ^ kChoiceSalt) & forgotten) == 0;
}

void BuyerBooks::add_clicks(std::uint64_t first_click, std::uint32_t clicks) {
  if (!is_looked_at(first_click)) return;
  clicks_.add(first_click, clicks);
  if (clicks_.size() > clicks_most_) forget_to(forgotten_bits_ + 1);
}

void BuyerBooks::forget_to(unsigned bits) {
  if (bits <= forgotten_bits_) return;
  forgotten_bits_ = bits;
  clicks_.keep_if([this](std::uint64_t first_click) { return is_looked_at(first_click); });
}

std::int64_t BuyerBooks::buyers_above(std::int64_t limit) const {
  std::int64_t above = 0;
  units_.for_each([&](std::uint32_t, std::uint32_t units) { above += units > limit ? 1 : 0; });
  return above;
}

BuyerBooks::Most BuyerBooks::most() const {
  Most most;
  units_.for_each([&](std::uint32_t buyer, std::uint32_t units) {
    if (units > most.units || (units == most.units && buyer < most.buyer.value)) {
      most = {BuyerId{buyer}, units};
    }
  });
  return most;
}

double BuyerBooks::top_share(double share) const {
  std::vector<std::uint32_t> all;
  all.reserve(units_.size());
  std::uint64_t sum = 0;
  units_.for_each([&](std::uint32_t, std::uint32_t units) {
    all.push_back(units);
    sum += units;
  });
  if (all.empty()) return 0;
  const auto wanted = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
  const std::size_t first = std::min(wanted, all.size());
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(first);
  if (end != all.end()) std::nth_element(all.begin(), end, all.end(), std::greater<>());
  std::uint64_t of_first = 0;
  for (auto at = all.begin(); at != end; ++at) of_first += *at;
  return static_cast<double>(of_first) / static_cast<double>(sum);
}

std::int64_t BuyerBooks::doubles() const {
  std::int64_t doubles = 0;
  clicks_.for_each([&](std::uint64_t, std::uint32_t clicks) { doubles += clicks > 1 ? 1 : 0; });
  return doubles;
}

OrderId BuyerBooks::first_double() const {
  std::uint64_t first = UINT64_MAX;
  clicks_.for_each([&](std::uint64_t id, std::uint32_t clicks) {
    if (clicks > 1) first = std::min(first, id);
  });
  return OrderId(first);
}

}  // namespace double11::measure
