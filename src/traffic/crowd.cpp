#include <double11/core/ensure.hpp>
#include <double11/scenario/bots.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/traffic/crowd.hpp>

#include <algorithm>

namespace double11::traffic {
namespace {

// Rounds of Purpose::bot: one per line, and this for the order.
constexpr std::uint32_t kBotRound = kMaxLines;

// Rounds of Purpose::line from this one on: another SKU instead of one that is too dear.
constexpr std::uint32_t kOtherRound = 32;
constexpr std::uint32_t kOthersMost = 8;

}  // namespace

Crowd::Crowd(const scenario::Scenario& scenario, const Popularity& popularity)
    : scenario_(scenario),
      popularity_(popularity),
      seed_(static_cast<std::uint64_t>(scenario.seed)),
      has_shows_(!scenario.traffic.reveals.empty()),
      bots_below_(threshold_of(scenario.traffic.bots.share)),
      aims_below_(threshold_of(scenario.traffic.bots.hot_share)),
      first_bot_(static_cast<std::uint32_t>(scenario::first_bot(scenario.traffic))),
      segments_(scenario.traffic) {
  for (const scenario::Segment& segment : scenario.traffic.segments) {
    const bool own = std::any_of(segment.basket.begin(), segment.basket.end(),
                                 [](double share) { return share > 0; });
    baskets_.emplace_back();
    if (own) baskets_.back().emplace(std::vector(segment.basket.begin(), segment.basket.end()));
    has_baskets_ = has_baskets_ || own;
    has_reach_ = has_reach_ || segment.price_reach.fen > 0;
  }
  common_ = !has_shows_ && scenario.traffic.bots.share == 0 && !has_baskets_ && !has_reach_;
}

void Crowd::draw(Purpose purpose, std::uint32_t round, std::span<const Order> orders,
                 std::span<RandomBlock> random) const {
  for (std::size_t i = 0; i < orders.size(); ++i) {
    random[i] = counter_block(purpose, orders[i].id.value, round);
  }
  randomize(seed_, random.first(orders.size()));
}

void Crowd::gather(std::span<Order> orders, std::span<const RandomBlock> shoppers,
                   const LiveShows::Share& shows, Origins& origins) const {
  ensure(orders.size() <= kGroup, "a group is worked on in arrays of its largest size");
  std::array<RandomBlock, kGroup> random;
  origins.item.fill(nullptr);
  origins.is_bot.fill(false);
  if (has_shows_) {
    draw(Purpose::live_show, 0, orders, random);
    for (std::size_t i = 0; i < orders.size(); ++i) origins.item[i] = shows.pick(random[i]);
  }
  if (scenario_.traffic.bots.share > 0) {
    const auto bots = static_cast<std::uint64_t>(scenario_.traffic.bots.count);
    draw(Purpose::bot, kBotRound, orders, random);
    for (std::size_t i = 0; i < orders.size(); ++i) {
      const bool is_bot = origins.item[i] == nullptr && random[i].word[0] < bots_below_;
      const std::uint64_t bits = shoppers[i].wide(0);
      origins.is_bot[i] = is_bot;
      orders[i].buyer = {is_bot
                             ? first_bot_ + static_cast<std::uint32_t>(below(bits, bots))
                             : static_cast<std::uint32_t>(below(bits, std::uint64_t{first_bot_}))};
    }
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (origins.item[i] != nullptr) {
      orders[i].set_lines(1);
    } else if (has_baskets_) {
      // The bits that the common basket is drawn from.
      const std::uint64_t bits = mix(shoppers[i].wide(1));
      const auto& basket = baskets_[segments_.of(orders[i].buyer)];
      if (basket) orders[i].set_lines(1 + basket->pick(bits, static_cast<std::uint32_t>(bits)));
    }
  }
}

void Crowd::choose(std::span<Order> orders, const Origins& origins) const {
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Order& order = orders[i];
    if (const LiveShows::Item* const item = origins.item[i]) {
      order.sku[0] = item->sku;
      order.quantity[0] = static_cast<std::uint8_t>(item->quantity);
      order.amount_fen = static_cast<std::uint32_t>(price_fen(item->sku) * item->quantity);
    } else if (origins.is_bot[i]) {
      aim(order);
    } else if (has_reach_) {
      const auto& segment = scenario_.traffic.segments[segments_.of(order.buyer)];
      if (segment.price_reach.fen > 0) stay_within(order, segment.price_reach.fen);
    }
  }
}

void Crowd::aim(Order& order) const {
  const scenario::Bots& bots = scenario_.traffic.bots;
  std::int64_t amount = 0;
  for (std::uint32_t line = 0; line < order.lines; ++line) {
    const RandomBlock random = random_block(seed_, Purpose::bot, order.id.value, line);
    if (random.word[0] < aims_below_) {
      order.sku[line] = {below(random.word[1], static_cast<std::uint32_t>(bots.aim))};
    }
    const std::uint32_t quantity =
        1 + below(random.word[2], static_cast<std::uint32_t>(bots.quantity_max));
    order.quantity[line] = static_cast<std::uint8_t>(quantity);
    amount += price_fen(order.sku[line]) * quantity;
  }
  order.amount_fen = static_cast<std::uint32_t>(amount);
}

// Another SKU than one that is too dear, as long as there is patience to look; as many units as the
// money buys; then the lines that still fit.
void Crowd::stay_within(Order& order, std::int64_t reach_fen) const {
  std::int64_t price = price_fen(order.sku[0]);
  for (std::uint32_t other = 0; price > reach_fen && other < kOthersMost; ++other) {
    order.sku[0] =
        popularity_.pick(random_block(seed_, Purpose::line, order.id.value, kOtherRound + other));
    price = price_fen(order.sku[0]);
  }
  const std::int64_t units =
      std::clamp<std::int64_t>(reach_fen / price, 1, std::int64_t{order.quantity[0]});
  order.quantity[0] = static_cast<std::uint8_t>(units);
  std::int64_t amount = price * units;
  std::size_t lines = 1;
  for (; lines < order.lines; ++lines) {
    const std::int64_t more = price_fen(order.sku[lines]) * order.quantity[lines];
    if (amount + more > reach_fen) break;
    amount += more;
  }
  for (std::size_t line = lines; line < order.lines; ++line) {
    order.sku[line] = {};
    order.quantity[line] = 0;
  }
  order.set_lines(lines);
  order.amount_fen = static_cast<std::uint32_t>(amount);
}

std::int64_t Crowd::price_fen(SkuId sku) const {
  return scenario::list_price_of(scenario_.catalogue, sku).fen;
}

}  // namespace double11::traffic
