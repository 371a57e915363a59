#pragma once
// What sets orders apart from those of the common shopper: bots, baskets and price reach of a
// segment, live shows. Each changes orders that the common draws have filled, by draws of its own
// purpose, so that the others stay what they are.

#include <double11/core/alias_table.hpp>
#include <double11/core/order.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/scenario/segments.hpp>
#include <double11/traffic/live_shows.hpp>
#include <double11/traffic/popularity.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace double11::traffic {

class Crowd {
 public:
  /// Keeps references to both.
  Crowd(const scenario::Scenario& scenario, const Popularity& popularity);

  /// Everybody is the common shopper: the calls below would change nothing.
  [[nodiscard]] bool is_common() const { return common_; }

  /// Most orders that are worked on together.
  static constexpr std::size_t kGroup = 64;

  /// Who a group of orders comes from.
  struct Origins {
    std::array<const LiveShows::Item*, kGroup> item;  ///< of a show's order, else null
    std::array<bool, kGroup> is_bot;
  };

  /// Decides it, with buyers and numbers of lines by it. `shoppers` are the random blocks that the
  /// common draws used; `shows` is the shows' part where the orders are. Any thread.
  void gather(std::span<Order> orders, std::span<const RandomBlock> shoppers,
              const LiveShows::Share& shows, Origins& origins) const;

  /// Lines by it, once the common draws have filled them; and the prices of the baskets. Any
  /// thread.
  void choose(std::span<Order> orders, const Origins& origins) const;

 private:
  void draw(Purpose purpose, std::uint32_t round, std::span<const Order> orders,
            std::span<RandomBlock> random) const;
  void aim(Order& order) const;
  void stay_within(Order& order, std::int64_t reach_fen) const;
  [[nodiscard]] std::int64_t price_fen(SkuId sku) const;

  const scenario::Scenario& scenario_;
  const Popularity& popularity_;
  std::uint64_t seed_;
  bool has_shows_;
  std::uint64_t bots_below_;
  std::uint64_t aims_below_;
  std::uint32_t first_bot_;
  scenario::Segments segments_;
  bool has_baskets_ = false;
  bool has_reach_ = false;
  std::vector<std::optional<AliasTable>> baskets_;  // by segment, where it has its own
  bool common_;
};

}  // namespace double11::traffic
