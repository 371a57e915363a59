// Rows of the group `traffic`; those of arrival processes and segments have files of their own.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

void add_shows(Table& table) {
  table.add_list(
      "traffic.shows.viewers", {0, 10'000},
      "Audience of live shows: points by rising time within a show; lines between them, nobody "
      "before the first, no change after the last.",
      [](Scenario & s) -> auto& { return s.traffic.viewers; });
  table.add(
      "traffic.shows.viewers[].show", Kind::text, {1, 60}, "Name of the show.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.viewers[i].show; });
  table
      .add(
          "traffic.shows.viewers[].at", Kind::duration, {0, 400 * kDay}, "When this point is.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.viewers[i].at; })
      .required = true;
  table
      .add(
          "traffic.shows.viewers[].viewers", Kind::count, {0, 4e9}, "How many watch then.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.viewers[i].viewers; })
      .required = true;
  table.add_list(
      "traffic.shows.reveals", {0, 1000},
      "Moments at which the host of a show presents a SKU (in a sale). They add Poisson arrivals "
      "of one line to the curve: a share of the viewers, each after an exponential time. "
      "traffic.scale "
      "multiplies them, too.",
      [](Scenario & s) -> auto& { return s.traffic.reveals; });
  table.add(
      "traffic.shows.reveals[].show", Kind::text, {1, 60}, "Name of the show.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].show; });
  table
      .add(
          "traffic.shows.reveals[].at", Kind::duration, {0, 400 * kDay}, "When.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].at; })
      .required = true;
  table
      .add(
          "traffic.shows.reveals[].sku", Kind::count, {0, 50e6}, "Which SKU, from 0 on.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].sku; })
      .required = true;
  table
      .add(
          "traffic.shows.reveals[].click_through", Kind::share, {0, 1},
          "Share of those who watch at that moment that orders it.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].click_through; })
      .required = true;
  table.add(
      "traffic.shows.reveals[].reaction_mean", Kind::duration, {1e6, kDay},
      "Mean of the exponential time from that moment to the order.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].reaction_mean; });
  table.add(
      "traffic.shows.reveals[].quantity", Kind::count, {1, 100}, "Units in each of these orders.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.reveals[i].quantity; });
}

void add_bots(Table& table) {
  table.add(
      "traffic.bots.share", Kind::share, {0, 1},
      "Share of the curve's orders, in a sale, that come from bots. 0: there are none.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.share; });
  const auto only = [](Key& key) {
    limit_to(key, "traffic.bots.share", "traffic.bots.share is above 0",
             [](const Scenario& s, std::size_t) { return s.traffic.bots.share > 0; });
  };
  only(table.add(
      "traffic.bots.count", Kind::count, {1, 4e9},
      "How many of traffic.buyers are bots: those with the highest numbers.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.count; }));
  only(table.add(
      "traffic.bots.aim", Kind::count, {1, 50e6},
      "How many SKUs, the most popular ones, bots are after, evenly.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.aim; }));
  only(table.add(
      "traffic.bots.hot_share", Kind::share, {0, 1},
      "Share of the bots' lines that are for those SKUs; the others are as everybody's.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.hot_share; }));
  only(table.add(
      "traffic.bots.speed", Kind::number, {1e-3, 1e6},
      "Delays before a bot tries again are divided by this.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.speed; }));
  only(table.add(
      "traffic.bots.quantity_max", Kind::count, {1, 100},
      "Units per line of a bot are uniform from 1 to this.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.bots.quantity_max; }));
}

}  // namespace

void add_traffic(Table& table) {
  table
      .add_list(
          "traffic.curve", {1, 10'000},
          "Rate of arrivals over scenario time: points by rising time, the first at 0s.",
          [](Scenario & s) -> auto& { return s.traffic.curve; })
      .required = true;
  table
      .add(
          "traffic.curve[].at", Kind::duration, {0, 400 * kDay}, "When this point is.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.curve[i].at; })
      .required = true;
  table
      .add(
          "traffic.curve[].rate", Kind::rate, {0, 1e9}, "Orders offered per second from here on.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.curve[i].rate_per_s; })
      .required = true;
  table.add_choice(
      "traffic.curve[].shape", {"step", "ramp"},
      "How it goes on to the next point: step keeps the rate, ramp draws a line.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.curve[i].shape; });
  add_arrivals(table);
  table.add(
      "traffic.scale", Kind::number, {1e-9, 1e6}, "Multiplies every rate of the curve.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.scale; });
  table.add(
      "traffic.buyers", Kind::count, {1, 4e9}, "How many buyers there are.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.buyers; });
  table.add_list(
      "traffic.basket", {1, 4}, "Share of orders with 1, 2, 3, 4 lines; the shares add up to 1.",
      [](Scenario & s) -> auto& { return s.traffic.basket; });
  table.add(
      "traffic.basket[]", Kind::share, {0, 1}, "Share of orders with this many lines.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.basket[i]; });
  table.add(
      "traffic.quantity_max", Kind::count, {1, 100}, "Units per line are uniform from 1 to this.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.quantity_max; });
  table.add_list(
      "traffic.regions", {1, 64}, "Where buyers live; the shares add up to 1.",
      [](Scenario & s) -> auto& { return s.traffic.regions; });
  table
      .add(
          "traffic.regions[].name", Kind::text, {1, 60}, "Name of the region.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.regions[i].name; })
      .required = true;
  table
      .add(
          "traffic.regions[].share", Kind::share, {0, 1}, "Share of orders from this region.",
          [](Scenario & s, std::size_t i) -> auto& { return s.traffic.regions[i].share; })
      .required = true;
  add_region_places(table);
  add_segments(table);
  add_shows(table);
  add_bots(table);
  add_clients(table);
  table.add(
      "traffic.replay", Kind::text, {0, 4096},
      "CSV file of orders that arrive in a sale instead of those of curve, shows and bots; "
      "docs/midnight.md says its form. Relative to the folder of the scenario file, or with --set "
      "to the working "
      "directory. Empty: none.",
      [](Scenario & s, std::size_t) -> auto& { return s.traffic.replay; });
}

}  // namespace double11::scenario
