#include <double11/core/random.hpp>
#include <double11/measure/books.hpp>
#include <double11/measure/series.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/published.hpp>

#include <algorithm>
#include <numeric>

namespace double11::measure {
namespace {

// Orders that are priced together: as many as stay in the first-level cache beside what they write.
constexpr std::size_t kPricedTogether = 64;

BuyerBooks::Kept kept_for(const scenario::Scenario& scenario) {
  const bool fairness = scenario.report.fairness == scenario::Switch::on;
  return {scenario.admission.buyer_units_most > 0 || fairness, has_further_clicks(scenario)};
}

}  // namespace

void OrderSet::add(OrderId id) {
  ++count;
  id_sum += id.value;
  id_prints += mix(id.value);
}

void OrderSet::remove(OrderId id) {
  --count;
  id_sum -= id.value;
  id_prints -= mix(id.value);
}

OrderSet& OrderSet::operator+=(const OrderSet& other) {
  count += other.count;
  id_sum += other.id_sum;
  id_prints += other.id_prints;
  return *this;
}

SegmentBooks& SegmentBooks::operator+=(const SegmentBooks& other) {
  arrivals += other.arrivals;
  for (std::size_t i = 0; i < kOutcomes; ++i) outcomes[i] += other.outcomes[i];
  latency.merge(other.latency);
  return *this;
}

Books::Books(const scenario::Scenario& scenario) : Books(scenario, kept_for(scenario)) {}

Books::Books(const scenario::Scenario& scenario, BuyerBooks::Kept kept)
    : catalogue_(&scenario.catalogue),
      units_sold_(static_cast<std::size_t>(scenario.catalogue.skus)),
      segments_(scenario.traffic) {
  if (segments_.size() > 1) by_segment_.resize(segments_.size());
  if (kept.units || kept.clicks) by_buyer_.emplace(kept);
  if (scenario.report.fairness == scenario::Switch::on) {
    fairness_.emplace(scenario.duration, scenario::first_bot(scenario.traffic));
  }
  if (scenario::asks_for_turnover(scenario)) {
    turnover_over_time_.emplace(Series::interval_for(scenario.duration), scenario.duration,
                                series_tail(scenario));
  }
  has_more_ = !by_segment_.empty() || by_buyer_ || fairness_ || turnover_over_time_;
}

void Books::arrived(const Order& order, std::uint64_t print) {
  arrivals_.add(order.id);
  stream_print_ += print;
  if (has_more_) count_more_arrivals(order, 1);
}

void Books::arrived_all(std::span<const Order> orders, std::uint64_t prints) {
  OrderSet set;
  for (const Order& order : orders) set.add(order.id);
  arrivals_ += set;
  stream_print_ += prints;
  if (!has_more_) return;
  for (const Order& order : orders) count_more_arrivals(order, 1);
}

void Books::withdrawn(const Order& order, std::uint64_t print) {
  arrivals_.remove(order.id);
  stream_print_ -= print;
  if (has_more_) count_more_arrivals(order, -1);
}

void Books::ended(const Order& order, Outcome outcome) {
  outcomes_[index_of(outcome)].add(order.id);
  const MoneyFen price =
      outcome == Outcome::dispatched ? sell(order, prices_of(order)) : MoneyFen{};
  if (has_more_) end_more(order, outcome, price);
}

void Books::ended_all(std::span<const Order> orders, std::span<const Outcome> outcomes) {
  for (std::size_t done = 0; done < orders.size(); done += kPricedTogether) {
    const std::size_t count = std::min(kPricedTogether, orders.size() - done);
    ended_group(orders.subspan(done, count), outcomes.subspan(done, count));
  }
}

void Books::dispatched_all(std::span<const Order> orders) {
  static constexpr std::array<Outcome, kPricedTogether> kAllDispatched = [] {
    std::array<Outcome, kPricedTogether> outcomes{};
    outcomes.fill(Outcome::dispatched);
    return outcomes;
  }();
  for (std::size_t done = 0; done < orders.size(); done += kPricedTogether) {
    const std::size_t count = std::min(kPricedTogether, orders.size() - done);
    ended_group(orders.subspan(done, count), std::span(kAllDispatched).first(count));
  }
}

void Books::ended_group(std::span<const Order> orders, std::span<const Outcome> outcomes) {
  std::array<std::uint32_t, kPricedTogether * kMaxLines> prices;
  for (const Order& order : orders) prefetch(order);
  prices_of(orders, prices);
  OrderSet dispatched;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const Order& order = orders[i];
    MoneyFen price;
    if (outcomes[i] == Outcome::dispatched) [[likely]] {
      dispatched.add(order.id);
      price = sell(order, std::span(prices).subspan(i * kMaxLines).first<kMaxLines>());
    } else {
      outcomes_[index_of(outcomes[i])].add(order.id);
    }
    if (has_more_) end_more(order, outcomes[i], price);
  }
  outcomes_[index_of(Outcome::dispatched)] += dispatched;
}

// From the catalogue, whatever the order says.
std::array<std::uint32_t, kMaxLines> Books::prices_of(const Order& order) const {
  std::array<std::uint32_t, kMaxLines> fen;
  for (std::size_t line = 0; line < kMaxLines; ++line) {
    fen[line] = static_cast<std::uint32_t>(scenario::price_of(*catalogue_, order.sku[line]).fen);
  }
  return fen;
}

void Books::prices_of(std::span<const Order> orders, std::span<std::uint32_t> fen) const {
  if (catalogue_->replayed_prices) {
    for (std::size_t i = 0; i < orders.size(); ++i) {
      std::ranges::copy(prices_of(orders[i]), fen.subspan(i * kMaxLines).begin());
    }
    return;
  }
  std::array<SkuId, kPricedTogether * kMaxLines> skus;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    std::ranges::copy(orders[i].sku, skus.begin() + static_cast<std::ptrdiff_t>(i * kMaxLines));
  }
  const std::size_t count = orders.size() * kMaxLines;
  scenario::list_prices(*catalogue_, std::span(skus).first(count), fen.first(count));
}

// Of lines that are not used no units are sold, so that no branch depends on how many there are.
MoneyFen Books::sell(const Order& order, std::span<const std::uint32_t, kMaxLines> prices_fen) {
  std::int64_t price_fen = 0;
  std::uint32_t units = 0;
  for (std::size_t line = 0; line < kMaxLines; ++line) {
    const std::uint32_t is_used = line < order.lines ? ~std::uint32_t{0} : 0;
    const std::uint32_t quantity = order.quantity[line] & is_used;
    units_sold_[order.sku[line].value] += quantity;
    units += quantity;
    price_fen += std::int64_t{prices_fen[line]} * quantity;
  }
  units_sold_total_ += units;
  turnover_ += {price_fen};
  return {price_fen};
}

void Books::count_more_arrivals(const Order& order, std::int64_t by) {
  if (!by_segment_.empty()) by_segment_[segments_.of(order.buyer)].arrivals += by;
  if (fairness_) by > 0 ? fairness_->arrived(order) : fairness_->withdrawn(order);
}

// What only some scenarios have.
void Books::end_more(const Order& order, Outcome outcome, MoneyFen price) {
  const bool dispatched = outcome == Outcome::dispatched;
  if (!by_segment_.empty()) {
    SegmentBooks& segment = by_segment_[segments_.of(order.buyer)];
    ++segment.outcomes[index_of(outcome)];
    if (dispatched) segment.latency.record((order.at - order.planned).count());
  }
  if (!dispatched) return;
  if (by_buyer_) by_buyer_->dispatched(order);
  if (fairness_) fairness_->dispatched(order);
  if (turnover_over_time_) turnover_over_time_->add(order.at, price);
}

std::int64_t Books::skus_sold() const {
  return std::count_if(units_sold_.begin(), units_sold_.end(),
                       [](std::uint32_t units) { return units > 0; });
}

double Books::top_share(std::int64_t first) const {
  if (units_sold_total_ == 0) return 0;
  const auto end = units_sold_.begin() + std::min<std::int64_t>(first, std::ssize(units_sold_));
  const auto units = std::accumulate(units_sold_.begin(), end, std::int64_t{0});
  return static_cast<double>(units) / static_cast<double>(units_sold_total_);
}

void Books::merge(const Books& other) {
  arrivals_ += other.arrivals_;
  stream_print_ += other.stream_print_;
  for (std::size_t i = 0; i < kOutcomes; ++i) outcomes_[i] += other.outcomes_[i];
  for (std::size_t i = 0; i < units_sold_.size(); ++i) units_sold_[i] += other.units_sold_[i];
  units_sold_total_ += other.units_sold_total_;
  turnover_ += other.turnover_;
  for (std::size_t i = 0; i < by_segment_.size(); ++i) by_segment_[i] += other.by_segment_[i];
  if (by_buyer_) by_buyer_->merge(*other.by_buyer_);
  if (fairness_) fairness_->merge(*other.fairness_);
  if (turnover_over_time_) turnover_over_time_->merge(*other.turnover_over_time_);
}

OrderSet Books::all_outcomes() const {
  OrderSet all;
  for (const OrderSet& set : outcomes_) all += set;
  return all;
}

}  // namespace double11::measure
