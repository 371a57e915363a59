#include <double11/core/ensure.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <cmath>

namespace double11::traffic {
namespace {

// Unit of the exponential table: one expected arrival.
constexpr double kOne = 4294967296.0;

// Rounds of Purpose::line: one per line for the SKU, and these for the quantity.
constexpr std::uint32_t kQuantityRound = 16;

AliasTable region_table(const scenario::Traffic& traffic) {
  std::vector<double> shares;
  for (const auto& region : traffic.regions) shares.push_back(region.share);
  return AliasTable(shares);
}

std::uint64_t slices_of(Duration duration) {
  return static_cast<std::uint64_t>((duration + scenario::kSlice - Duration(1)) / scenario::kSlice);
}

}  // namespace

Arrivals::Arrivals(const scenario::Scenario& scenario)
    : scenario_(scenario),
      curve_(scenario.traffic),
      popularity_(scenario.catalogue),
      regions_(region_table(scenario.traffic)),
      basket_(scenario.traffic.basket),
      unit_exponential_([](double, double from_above) { return -std::log(from_above) * kOne; }),
      seed_(static_cast<std::uint64_t>(scenario.seed)),
      slices_(slices_of(scenario.duration)) {}

Instant Arrivals::start_of(std::uint64_t slice) const {
  const Duration start = scenario::kSlice * static_cast<std::int64_t>(slice);
  return Instant(std::min(start, scenario_.duration));
}

void Arrivals::make(std::uint64_t slice, std::vector<Order>& into) const {
  const std::size_t first = into.size();
  if (scenario_.traffic.arrivals == scenario::Arrivals::poisson) {
    plan_poisson(slice, into);
  } else {
    plan_constant(slice, into);
  }
  for (std::size_t i = first; i < into.size(); ++i) fill(into[i]);
}

void Arrivals::plan_poisson(std::uint64_t slice, std::vector<Order>& into) const {
  const Instant start = start_of(slice);
  const Duration length = start_of(slice + 1) - start;
  const double expected = curve_.expected_until(start + length) - curve_.expected_until(start);
  if (expected <= 0) return;
  const double ns_per_unit = static_cast<double>(length.count()) / (expected * kOne);
  double at_ns = 0;
  RandomBlock random{};
  for (std::uint32_t index = 0;; ++index) {
    if (index % 2 == 0) random = random_block(seed_, Purpose::arrival_gap, slice, index / 2);
    at_ns += static_cast<double>(unit_exponential_(random.wide(index % 2))) * ns_per_unit;
    if (at_ns >= static_cast<double>(length.count())) return;
    ensure(index < OrderId::kIndexEnd, "slice overflow: kRateMaxPerS leaves room for ten times");
    Order& order = into.emplace_back();
    order.id = OrderId(slice, index);
    order.planned = start + Duration(static_cast<std::int64_t>(at_ns));
  }
}

void Arrivals::plan_constant(std::uint64_t slice, std::vector<Order>& into) const {
  const Instant start = start_of(slice);
  const Duration length = start_of(slice + 1) - start;
  const double before = curve_.expected_until(start);
  const double expected = curve_.expected_until(start + length) - before;
  std::uint32_t index = 0;
  for (auto k = static_cast<std::int64_t>(std::ceil(before - 0.5));
       static_cast<double>(k) + 0.5 < before + expected; ++k) {
    const double share = std::max(0.0, (static_cast<double>(k) + 0.5 - before) / expected);
    Order& order = into.emplace_back();
    order.id = OrderId(slice, index++);
    order.planned =
        start + Duration(static_cast<std::int64_t>(share * static_cast<double>(length.count())));
  }
}

void Arrivals::fill(Order& order) const {
  const RandomBlock shopper = random_block(seed_, Purpose::shopper, order.id.value);
  order.at = order.planned;
  order.buyer = {static_cast<std::uint32_t>(
      below(shopper.wide(0), static_cast<std::uint64_t>(scenario_.traffic.buyers)))};
  // One 64-bit mix per further decision keeps the block count at one for the shopper.
  order.region = static_cast<std::uint8_t>(regions_.pick(mix(shopper.word[2]), shopper.word[3]));
  const std::uint64_t basket = mix(shopper.wide(1));
  order.lines =
      static_cast<std::uint8_t>(1 + basket_.pick(basket, static_cast<std::uint32_t>(basket)));
  std::int64_t amount_fen = 0;
  for (std::uint32_t line = 0; line < order.lines; ++line) {
    order.sku[line] = popularity_.pick(random_block(seed_, Purpose::line, order.id.value, line));
    std::uint32_t quantity = 1;
    if (scenario_.traffic.quantity_max > 1) {
      const RandomBlock random =
          random_block(seed_, Purpose::line, order.id.value, kQuantityRound + line);
      quantity += below(random.word[0], static_cast<std::uint32_t>(scenario_.traffic.quantity_max));
    }
    order.quantity[line] = static_cast<std::uint8_t>(quantity);
    amount_fen += scenario::price_of(scenario_.catalogue, order.sku[line]).fen * quantity;
  }
  order.amount_fen = static_cast<std::uint32_t>(amount_fen);
}

std::uint64_t fingerprint_of(const Order& order) {
  std::uint64_t print = mix(order.id.value);
  const auto add = [&](std::uint64_t low, std::uint64_t high) {
    print = mix(print ^ (low | (high << 32U)));
  };
  add(static_cast<std::uint64_t>(nanoseconds_of(order.planned)), 0);
  for (std::size_t line = 0; line < order.lines; ++line) {
    add(order.sku[line].value, order.quantity[line]);
  }
  add(order.buyer.value, order.region);
  add(order.amount_fen, order.lines);
  return print;
}

}  // namespace double11::traffic
