#include <double11/core/ensure.hpp>
#include <double11/core/quantile_laws.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/traffic/arrivals.hpp>
#include <double11/traffic/source_walk.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace double11::traffic {
namespace {

// Unit of the exponential table: one expected arrival.
constexpr double kOne = 4294967296.0;

// Orders whose random numbers are drawn together.
constexpr std::size_t kGroup = Crowd::kGroup;

// Of the gaps between Poisson arrivals.
constexpr std::size_t kGapBlocks = 64;

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
      law_(scenario.traffic, scenario.duration),
      shows_(scenario.traffic),
      popularity_(scenario.catalogue),
      crowd_(scenario, popularity_),
      regions_(region_table(scenario.traffic)),
      basket_(scenario.traffic.basket),
      unit_exponential_(exponential_table(kOne)),
      seed_(static_cast<std::uint64_t>(scenario.seed)),
      slices_(slices_of(scenario.duration)) {}

Instant Arrivals::start_of(std::uint64_t slice) const {
  const Duration start = scenario::kSlice * static_cast<std::int64_t>(slice);
  return Instant(std::min(start, scenario_.duration));
}

void Arrivals::make(std::uint64_t slice, std::uint64_t end, ArrivalCursor& cursor,
                    std::vector<Order>& into) const {
  if (scenario_.traffic.source) {
    for (; slice < end; ++slice) plan_from_source(slice, cursor, into);
    return;
  }
  if (scenario_.traffic.replayed) {
    if (!cursor.replay_) cursor.replay_ = std::make_unique<ReplayWalk>(scenario_);
    for (; slice < end; ++slice) cursor.replay_->make(slice, into);
    return;
  }
  std::size_t first = into.size();
  if (shows_.empty() && scenario_.traffic.arrivals == scenario::Arrivals::poisson) {
    plan_poisson(slice, end, into);
    return fill_all(std::span(into).subspan(first), cursor.shows_);
  }
  double before = law_.curve.expected_until(start_of(slice));
  for (; slice < end; ++slice) {
    const double until = law_.curve.expected_until(start_of(slice + 1));
    const double of_curve = until - before;
    before = until;
    if (shows_.empty()) {
      plan(slice, of_curve, cursor, into);
      continue;
    }
    // The shows' part is another one in each slice.
    cursor.shows_.move_to(shows_, start_of(slice), start_of(slice + 1), of_curve);
    plan(slice, of_curve + cursor.shows_.expected(), cursor, into);
    fill_all(std::span(into).subspan(first), cursor.shows_);
    first = into.size();
  }
  fill_all(std::span(into).subspan(first), cursor.shows_);
}

void Arrivals::plan(std::uint64_t slice, double expected, ArrivalCursor& cursor,
                    std::vector<Order>& into) const {
  switch (scenario_.traffic.arrivals) {
    case scenario::Arrivals::poisson:
      return plan_poisson(slice, expected, into);
    case scenario::Arrivals::constant:
      return plan_constant(slice, into);
    case scenario::Arrivals::erlang:
    case scenario::Arrivals::hyperexponential:
    case scenario::Arrivals::mmpp:
      return plan_walk(slice, cursor, into);
  }
}

// What the source left open is drawn, in runs of orders that follow each other.
void Arrivals::plan_from_source(std::uint64_t slice, ArrivalCursor& cursor,
                                std::vector<Order>& into) const {
  std::vector<Order>& planned = cursor.planned_;
  traffic::plan_from_source(scenario_, {slice, start_of(slice), start_of(slice + 1), seed_},
                            planned);
  const auto is_open = [](const Order& order) { return order.lines == 0; };
  for (auto from = planned.begin(); from != planned.end();) {
    from = std::find_if(from, planned.end(), is_open);
    const auto to = std::find_if_not(from, planned.end(), is_open);
    fill_all(std::span(from, to), cursor.shows_);
    from = to;
  }
  into.insert(into.end(), planned.begin(), planned.end());
}

double Arrivals::expected() const {
  if (scenario_.traffic.source) return std::fmax(scenario_.traffic.source->expected(), 0);
  if (scenario_.traffic.replayed) {
    return static_cast<double>(scenario_.traffic.replayed->orders);
  }
  const Instant end = start_of(slices_);
  return law_.curve.expected_until(end) + shows_.expected_in(Instant{}, end);
}

double Arrivals::expected_in(std::uint64_t slice, std::uint64_t count) const {
  const Instant from = start_of(slice);
  const Instant to = start_of(slice + count);
  double expected = law_.curve.expected_until(to) - law_.curve.expected_until(from);
  if (!shows_.empty()) expected += shows_.expected_in(from, to);
  return expected;
}

// Exponential gaps within one slice, one after the other.
struct Arrivals::Gaps {
  std::uint64_t slice;
  Instant start;
  double length_ns;
  double ns_per_unit;
  double at_ns = 0;
  std::uint32_t index = 0;  // of the next arrival

  // Blocks of two gaps each that will hardly ever be too few for so many expected arrivals.
  static std::size_t blocks_for(double expected) {
    return static_cast<std::size_t>(expected + 2 * std::sqrt(expected) + 1) / 2 + 1;
  }
};

Arrivals::Gaps Arrivals::gaps_of(std::uint64_t slice, double expected) const {
  const Instant start = start_of(slice);
  const auto length_ns = static_cast<double>((start_of(slice + 1) - start).count());
  return {slice, start, length_ns, length_ns / (expected * kOne)};
}

// The counters of the slice's next gaps.
void Arrivals::count_gaps(const Gaps& gaps, std::span<RandomBlock> blocks) {
  for (std::uint32_t i = 0; i < blocks.size(); ++i) {
    blocks[i] = counter_block(Purpose::arrival_gap, gaps.slice, gaps.index / 2 + i);
  }
}

// Two from each block, in units of the table.
void Arrivals::draw_gaps(std::span<RandomBlock> blocks, std::span<std::int64_t> units) const {
  randomize(seed_, blocks);
  std::array<std::uint64_t, 2 * kGapBlocks> bits;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bits[2 * i] = blocks[i].wide(0);
    bits[2 * i + 1] = blocks[i].wide(1);
  }
  unit_exponential_.draw(std::span(bits).first(2 * blocks.size()), 0,
                         units.first(2 * blocks.size()));
}

// False when the slice is over.
bool Arrivals::walk(Gaps& gaps, std::span<const std::int64_t> units, std::vector<Order>& into) {
  for (const std::int64_t unit : units) {
    gaps.at_ns += static_cast<double>(unit) * gaps.ns_per_unit;
    if (gaps.at_ns >= gaps.length_ns) return false;
    ensure(gaps.index < OrderId::kIndexEnd,
           "slice overflow: kRateMaxPerS leaves room for ten times");
    Order& order = into.emplace_back();
    order.id = OrderId(gaps.slice, gaps.index++);
    order.planned = gaps.start + Duration(static_cast<std::int64_t>(gaps.at_ns));
  }
  return true;
}

void Arrivals::walk_to_end(Gaps& gaps, std::size_t blocks, std::vector<Order>& into) const {
  std::array<RandomBlock, kGapBlocks> random;
  std::array<std::int64_t, 2 * kGapBlocks> units;
  for (;;) {
    // In eights, as they are drawn.
    const std::size_t eights = (std::max<std::size_t>(blocks, 1) + 7) / 8;
    const auto some = std::span(random).first(std::min(kGapBlocks, eights * 8));
    count_gaps(gaps, some);
    draw_gaps(some, units);
    if (!walk(gaps, std::span(units).first(2 * some.size()), into)) return;
    blocks -= std::min(blocks, some.size());
  }
}

void Arrivals::plan_poisson(std::uint64_t slice, double expected, std::vector<Order>& into) const {
  if (expected <= 0) return;
  Gaps gaps = gaps_of(slice, expected);
  walk_to_end(gaps, Gaps::blocks_for(expected), into);
}

// The same for slices that follow one another. The gaps of those with few arrivals are drawn
// together.
void Arrivals::plan_poisson(std::uint64_t slice, std::uint64_t end,
                            std::vector<Order>& into) const {
  std::array<RandomBlock, kGapBlocks> random;
  std::array<std::int64_t, 2 * kGapBlocks> units;
  std::array<Gaps, kGapBlocks> gaps;
  std::array<std::size_t, kGapBlocks + 1> first{};  // of the blocks of each
  double before = law_.curve.expected_until(start_of(slice));
  while (slice < end) {
    std::size_t together = 0;
    for (; slice < end && together < kGapBlocks; ++slice) {
      const double until = law_.curve.expected_until(start_of(slice + 1));
      const double expected = until - before;
      if (expected > 0) {
        const std::size_t blocks = Gaps::blocks_for(expected);
        if (first[together] + blocks > kGapBlocks) {
          if (together > 0) break;
          plan_poisson(slice, expected, into);
        } else {
          gaps[together] = gaps_of(slice, expected);
          first[together + 1] = first[together] + blocks;
          count_gaps(gaps[together], std::span(random).subspan(first[together], blocks));
          ++together;
        }
      }
      before = until;
    }
    draw_gaps(std::span(random).first(first[together]), units);
    for (std::size_t i = 0; i < together; ++i) {
      const auto own = std::span(units).subspan(2 * first[i], 2 * (first[i + 1] - first[i]));
      if (walk(gaps[i], own, into)) walk_to_end(gaps[i], 1, into);
    }
  }
}

void Arrivals::plan_constant(std::uint64_t slice, std::vector<Order>& into) const {
  const Instant start = start_of(slice);
  const Duration length = start_of(slice + 1) - start;
  const double before = law_.curve.expected_until(start);
  const double expected = law_.curve.expected_until(start + length) - before;
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

void Arrivals::plan_walk(std::uint64_t slice, ArrivalCursor& cursor,
                         std::vector<Order>& into) const {
  if (!cursor.walk_ || slice < cursor.slice_) {
    cursor.walk_.emplace(law_, seed_);
    cursor.next_ = cursor.walk_->next();
    cursor.slice_ = 0;
    cursor.reached_ = 0;
  }
  // Slice by slice, so that rounding of an integral that hardly grows cannot show one arrival to
  // two slices: what is behind one end is behind all that follow.
  const auto end_of_slice = [&] {
    return std::max(cursor.reached_, law_.curve.expected_until(start_of(cursor.slice_ + 1)));
  };
  for (; cursor.slice_ < slice; ++cursor.slice_) cursor.reached_ = end_of_slice();
  const double begin = cursor.reached_;
  const double end = end_of_slice();
  cursor.reached_ = end;
  ++cursor.slice_;
  while (cursor.next_ < begin) cursor.next_ = cursor.walk_->next();
  const Instant start = start_of(slice);
  const std::int64_t length_ns = (start_of(slice + 1) - start).count();
  for (std::uint32_t index = 0; cursor.next_ < end; ++index) {
    // The rate of mmpp while it is high has that limit, too. Gaps of an erlang scatter less than
    // those of Poisson arrivals. Those of a hyperexponential are at worst a run of its quicker
    // part, whose mean is more than half of all: 2 M in a slice, and eight times that is out of
    // reach.
    ensure(index < OrderId::kIndexEnd, "slice overflow: kRateMaxPerS leaves room for ten times");
    Order& order = into.emplace_back();
    order.id = OrderId(slice, index);
    const double share = (cursor.next_ - begin) / (end - begin);
    const auto at_ns = static_cast<std::int64_t>(share * static_cast<double>(length_ns));
    order.planned = start + Duration(std::min(at_ns, length_ns - 1));
    cursor.next_ = cursor.walk_->next();
  }
}

void Arrivals::fill_all(std::span<Order> orders, const LiveShows::Share& shows) const {
  for (std::size_t done = 0; done < orders.size(); done += kGroup) {
    fill(orders.subspan(done, std::min(kGroup, orders.size() - done)), shows);
  }
}

void Arrivals::fill(std::span<Order> orders, const LiveShows::Share& shows) const {
  std::array<RandomBlock, kGroup> shoppers;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    shoppers[i] = counter_block(Purpose::shopper, orders[i].id.value);
  }
  randomize(seed_, std::span(shoppers).first(orders.size()));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Order& order = orders[i];
    const RandomBlock& shopper = shoppers[i];
    order.at = order.planned;
    order.buyer = {static_cast<std::uint32_t>(
        below(shopper.wide(0), static_cast<std::uint64_t>(scenario_.traffic.buyers)))};
    // One 64-bit mix per further decision keeps the block count at one for the shopper.
    order.set_region(regions_.pick(mix(shopper.word[2]), shopper.word[3]));
    const std::uint64_t basket = mix(shopper.wide(1));
    order.set_lines(1 + basket_.pick(basket, static_cast<std::uint32_t>(basket)));
  }
  if (crowd_.is_common()) return fill_lines(orders);
  Crowd::Origins origins;
  crowd_.gather(orders, shoppers, shows, origins);
  fill_lines(orders);
  crowd_.choose(orders, origins);
}

// The lines of all baskets in one list, so that no branch depends on a basket.
void Arrivals::fill_lines(std::span<Order> orders) const {
  std::array<std::uint32_t, kGroup * kMaxLines> lines;  // order * kMaxLines + line
  std::array<RandomBlock, kGroup * kMaxLines> random;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < orders.size(); ++i) {
    for (std::uint32_t line = 0; line < kMaxLines; ++line) {
      lines[count] = static_cast<std::uint32_t>(i * kMaxLines) + line;
      random[count] = counter_block(Purpose::line, orders[i].id.value, line);
      count += line < orders[i].lines ? 1U : 0U;
    }
  }
  randomize(seed_, std::span(random).first(count));
  std::array<SkuId, kGroup * kMaxLines> skus;
  popularity_.pick_all(std::span(random).first(count), std::span(skus).first(count));
  std::array<std::uint32_t, kGroup * kMaxLines> prices_fen;
  scenario::list_prices(scenario_.catalogue, std::span(skus).first(count),
                        std::span(prices_fen).first(count));
  const auto quantity_end = static_cast<std::uint32_t>(scenario_.traffic.quantity_max);
  if (quantity_end > 1) {
    for (std::uint32_t i = 0; i < count; ++i) {
      random[i] = counter_block(Purpose::line, orders[lines[i] / kMaxLines].id.value,
                                kQuantityRound + lines[i] % kMaxLines);
    }
    randomize(seed_, std::span(random).first(count));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    Order& order = orders[lines[i] / kMaxLines];
    const std::uint32_t line = lines[i] % kMaxLines;
    const std::uint32_t quantity =
        1U + (quantity_end > 1 ? below(random[i].word[0], quantity_end) : 0U);
    order.sku[line] = skus[i];
    order.quantity[line] = static_cast<std::uint8_t>(quantity);
    order.amount_fen += prices_fen[i] * quantity;
  }
}

std::uint64_t fingerprint_of(const Order& order) {
  const auto pair = [](std::uint64_t low, std::uint64_t high) { return low | (high << 32U); };
  // Lines that are not used are all zero, so a basket has one print only. The constants keep the
  // places apart and the factors from being 0.
  const std::uint64_t when =
      fold(mix(order.id.value), mix(1) ^ static_cast<std::uint64_t>(nanoseconds_of(order.planned)));
  const std::uint64_t skus = fold(mix(2) ^ pair(order.sku[0].value, order.sku[1].value),
                                  mix(3) ^ pair(order.sku[2].value, order.sku[3].value));
  const std::uint64_t rest =
      fold(mix(4) ^ pair(std::bit_cast<std::uint32_t>(order.quantity), order.buyer.value),
           mix(5) ^ pair(order.amount_fen, order.region | (std::uint64_t{order.lines} << 8U)));
  return mix(mix(when ^ skus) + rest);
}

}  // namespace double11::traffic
