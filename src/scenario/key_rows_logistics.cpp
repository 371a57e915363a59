// Rows of logistics, and of the places of regions.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

// Half of the way around the earth, in both directions.
constexpr Range kPlaceKm{-20'000, 20'000};
constexpr Range kTimeOfDay{0, kDay};
constexpr Range kParcelCost{0, 1e6};

void add_warehouses(Table& table) {
  table.add_list(
      "logistics.warehouses", {1, 64}, "Warehouses that can take orders.",
      [](Scenario & s) -> auto& { return s.logistics.warehouses; });
  table
      .add(
          "logistics.warehouses[].name", Kind::text, {1, 60}, "Name of the warehouse.",
          [](Scenario & s, std::size_t i) -> auto& { return s.logistics.warehouses[i].name; })
      .required = true;
  table
      .add(
          "logistics.warehouses[].region", Kind::text, {1, 60},
          "Region it stands in, one of traffic.regions.",
          [](Scenario & s, std::size_t i) -> auto& { return s.logistics.warehouses[i].region; })
      .required = true;
  table
      .add(
          "logistics.warehouses[].capacity", Kind::rate, {1e-6, 1e9},
          "Parcels it can pick; more than that waits, and the ETA says so.",
          [](Scenario & s, std::size_t i) -> auto& {
            return s.logistics.warehouses[i].capacity_per_s;
          })
      .required = true;
  table.add(
      "logistics.warehouses[].x_km", Kind::number, kPlaceKm,
      "East of an origin of your choice; counts with logistics.speed_km_per_h.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.warehouses[i].x_km; });
  table.add(
      "logistics.warehouses[].y_km", Kind::number, kPlaceKm, "North of that origin.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.warehouses[i].y_km; });
}

void add_transit(Table& table) {
  table.add(
      "logistics.transit_near", Kind::duration, {0, 30 * kDay},
      "From a warehouse to a buyer in its own region; with positions, to whoever lives next door.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.transit_near; });
  table.add(
      "logistics.transit_far", Kind::duration, {0, 30 * kDay},
      "From a warehouse to a buyer in another region.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.transit_far; });
  table.add(
      "logistics.departure_period", Kind::duration, {0, 30 * kDay},
      "Parcels leave a warehouse at whole multiples of this (trucks). 0s: at once.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.departure_period; });
  table.add(
      "logistics.speed_km_per_h", Kind::number, {0, 10'000},
      "Above 0, positions count: transit is transit_near + distance / speed, and transit_far does "
      "not matter.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.speed_km_per_h; });
  table.add(
      "logistics.starts_at", Kind::duration, {0, kDay - 1},
      "Time of day at which the scenario starts; shifts, cut-offs and days go by it.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.starts_at; });
  table.add(
      "logistics.cost_near", Kind::money, kParcelCost,
      "Transport of a parcel within a region; with positions, to whoever lives next door.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.cost_near; });
  table.add(
      "logistics.cost_far", Kind::money, kParcelCost, "Transport of a parcel to another region.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.cost_far; });
  table.add(
      "logistics.cost_per_100km", Kind::money, kParcelCost,
      "With positions, what 100 km add to the transport of a parcel.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.cost_per_100km; });
}

// The keys of one crew of a shift.
template <typename Member>
void add_crew(Table& table, const std::string& word, const std::string& one, Member crew) {
  table.add(
      "logistics.shifts[]." + word, Kind::count, {0, 1e6},
      "How many " + word + " pick.", [crew](Scenario & s, std::size_t i) -> auto& {
        return crew(s, i).posts;
      });
  table.add(
      "logistics.shifts[]." + one + "_rate", Kind::rate, {1e-6, 1e6},
      "Parcels that one " + one + " picks.", [crew](Scenario & s, std::size_t i) -> auto& {
        return crew(s, i).rate_per_s;
      });
  table.add(
      "logistics.shifts[]." + one + "_hour", Kind::money, {0, 1e6},
      "Cost of one " + one + " for an hour of the shift, busy or not.",
      [crew](Scenario & s, std::size_t i) -> auto& { return crew(s, i).cost_per_hour; });
}

void add_shifts(Table& table) {
  table.add_list(
      "logistics.shifts", {0, 256},
      "Who picks when. A warehouse with shifts picks only then, and never more than its capacity; "
      "without, always at its capacity.",
      [](Scenario & s) -> auto& { return s.logistics.shifts; });
  table.add(
      "logistics.shifts[].warehouse", Kind::text, {0, 60},
      "Name of the warehouse; none: every warehouse has this shift.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.shifts[i].warehouse; });
  table.add(
      "logistics.shifts[].from", Kind::duration, kTimeOfDay, "Time of day at which it begins.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.shifts[i].from; });
  table.add(
      "logistics.shifts[].to", Kind::duration, kTimeOfDay,
      "Time of day at which it ends; before `from`: on the next day.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.shifts[i].to; });
  add_crew(
      table, "people", "person",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.shifts[i].people; });
  add_crew(
      table, "robots", "robot",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.shifts[i].robots; });
}

void add_carriers(Table& table) {
  table.add_list(
      "logistics.carriers", {0, 64},
      "Who takes parcels from warehouses to buyers. None: nothing holds a parcel up there.",
      [](Scenario & s) -> auto& { return s.logistics.carriers; });
  table
      .add(
          "logistics.carriers[].name", Kind::text, {1, 60}, "Name of the carrier.",
          [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].name; })
      .required = true;
  table.add(
      "logistics.carriers[].region", Kind::text, {0, 60},
      "Region of the buyers it serves; none: all regions.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].region; });
  table.add(
      "logistics.carriers[].share", Kind::number, {0, 1e6},
      "Its part of the parcels to a region, against the others that serve it.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].share; });
  table.add(
      "logistics.carriers[].opens", Kind::duration, kTimeOfDay,
      "Time of day from which it takes parcels.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].opens; });
  table.add(
      "logistics.carriers[].cut_off", Kind::duration, kTimeOfDay,
      "Time of day until which it takes parcels; what comes later goes the next day.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].cut_off; });
  table.add(
      "logistics.carriers[].parcels_per_day", Kind::count, {0, 1e12},
      "Most parcels it takes in a day; the others go the next day. 0: no limit.",
      [](Scenario & s, std::size_t i) -> auto& { return s.logistics.carriers[i].parcels_per_day; });
}

void add_stock(Table& table) {
  table.add_choice(
      "logistics.stock.policy", {"none", "central", "uniform", "forecast", "perfect"},
      "How the stock of each SKU lies in the warehouses: not counted by warehouse; all in the "
      "first; as much in each; by forecast demand near each; by the shares of the regions near "
      "each.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.stock.policy; });
  table.add(
      "logistics.stock.forecast_error", Kind::number, {0, 3},
      "Standard deviation of the logarithm of a forecast, drawn by SKU and region. Of policy "
      "forecast, and of anticipatory shipping unless the policy is perfect.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.stock.forecast_error; });
  table.add(
      "logistics.stock.transfer", Kind::duration, {0, 30 * kDay},
      "When no warehouse has all lines of an order: until what one of them lacks has come from "
      "others.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.stock.transfer; });
  table.add(
      "logistics.anticipatory.share", Kind::share, {0, 1},
      "Share of the forecast demand of each SKU and region that lies at the last mile before it is "
      "ordered; what is not ordered there goes back. The forecast knows traffic.curve alone: not "
      "shows, bots or traffic.replay.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.anticipatory.share; });
  Key& last_mile = table.add(
      "logistics.anticipatory.last_mile", Kind::duration, {0, 30 * kDay},
      "From payment to the buyer for what lies there.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.anticipatory.last_mile; });
  limit_to(last_mile, "logistics.anticipatory.share", "logistics.anticipatory.share is above 0",
           [](const Scenario& s, std::size_t) { return s.logistics.anticipatory.share > 0; });
  table.add(
      "logistics.promise.domestic", Kind::duration, {0, 400 * kDay},
      "What buyers are promised from payment to the door.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.promise.domestic; });
  table.add(
      "logistics.promise.overseas", Kind::duration, {0, 400 * kDay},
      "The same for regions that are overseas.",
      [](Scenario & s, std::size_t) -> auto& { return s.logistics.promise.overseas; });
}

}  // namespace

void add_region_places(Table& table) {
  table.add_choice(
      "traffic.regions[].overseas", {"no", "yes"}, "Which of the delivery promises holds there.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.regions[i].overseas; });
  table.add(
      "traffic.regions[].x_km", Kind::number, kPlaceKm,
      "East of an origin of your choice; counts with logistics.speed_km_per_h.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.regions[i].x_km; });
  table.add(
      "traffic.regions[].y_km", Kind::number, kPlaceKm, "North of that origin.",
      [](Scenario & s, std::size_t i) -> auto& { return s.traffic.regions[i].y_km; });
}

void add_logistics(Table& table) {
  add_warehouses(table);
  add_transit(table);
  add_shifts(table);
  add_carriers(table);
  add_stock(table);
}

}  // namespace double11::scenario
