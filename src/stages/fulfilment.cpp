#include <double11/core/random.hpp>
#include <double11/stages/fulfilment.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {
namespace {

using scenario::Scenario;

// Nobody's carrier, where there are none.
constexpr std::size_t kNoCarrier = SIZE_MAX;

constexpr double kHourNs = 3600e9;

// Parcels before it is tried again whether dispatch_quickly() can go on: at night, or during an
// outage, it cannot for long.
constexpr std::uint32_t kSlowOnes = 64;

struct Place {
  const std::string& region;
  double x_km;
  double y_km;
};

Place place_of(const scenario::Region& region) {
  return {region.name, region.x_km, region.y_km};
}

Place place_of(const scenario::Warehouse& warehouse) {
  return {warehouse.region, warehouse.x_km, warehouse.y_km};
}

double distance_km(const Place& from, const Place& to) {
  return std::hypot(from.x_km - to.x_km, from.y_km - to.y_km);
}

Duration time_of(const scenario::Logistics& logistics, const Place& from, const Place& to) {
  if (logistics.speed_km_per_h > 0) {
    return logistics.transit_near +
           Duration(std::llround(distance_km(from, to) / logistics.speed_km_per_h * kHourNs));
  }
  return from.region == to.region ? logistics.transit_near : logistics.transit_far;
}

std::int64_t cost_of(const scenario::Logistics& logistics, const Place& from, const Place& to) {
  if (logistics.speed_km_per_h > 0) {
    return logistics.cost_near.fen +
           std::llround(distance_km(from, to) / 100 *
                        static_cast<double>(logistics.cost_per_100km.fen));
  }
  return (from.region == to.region ? logistics.cost_near : logistics.cost_far).fen;
}

std::vector<std::vector<std::uint32_t>> nearest(const Scenario& scenario) {
  std::vector<std::vector<std::uint32_t>> homes;
  for (const scenario::Region& region : scenario.traffic.regions) {
    Duration least = Duration::max();
    std::vector<std::uint32_t>& home = homes.emplace_back();
    for (std::uint32_t i = 0; i < scenario.logistics.warehouses.size(); ++i) {
      const Duration time =
          time_of(scenario.logistics, place_of(scenario.logistics.warehouses[i]), place_of(region));
      if (time < least) home.clear();
      if (time <= least) home.push_back(i);
      least = std::min(least, time);
    }
  }
  return homes;
}

Instant rounded_up(Instant at, Duration period) {
  if (period.count() == 0) return at;
  const std::int64_t trucks = (nanoseconds_of(at) + period.count() - 1) / period.count();
  return Instant(period * trucks);
}

// The index of the least, the first of several. By mask, not by branch: it is hard to guess.
std::size_t first_least(const std::vector<Instant>& list) {
  std::size_t index = 0;
  Instant least = list[0];
  for (std::size_t i = 1; i < list.size(); ++i) {
    const std::size_t less = std::size_t{0} - static_cast<std::size_t>(list[i] < least);
    index ^= (index ^ i) & less;
    least = std::min(least, list[i]);
  }
  return index;
}

}  // namespace

Fulfilment::Fulfilment(const Scenario& scenario)
    : scenario_(scenario),
      period_(scenario.logistics.departure_period),
      transfer_(scenario.logistics.stock.transfer),
      regions_(scenario.traffic.regions.size()),
      homes_(nearest(scenario)),
      stock_(scenario, homes_),
      soonest_(scenario.logistics.warehouses.size()) {
  const scenario::Logistics& logistics = scenario.logistics;
  const auto& warehouses = logistics.warehouses;
  counts_.handed = measure::MinuteCounts(logistics.starts_at);
  for (std::size_t i = 0; i < warehouses.size(); ++i) {
    lines_.add(picking_clock(scenario, i));
    const Place from = place_of(warehouses[i]);
    for (const scenario::Warehouse& other : warehouses) {
      transfer_fen_.push_back(cost_of(logistics, from, place_of(other)));
    }
  }
  for (const scenario::Region& region : scenario.traffic.regions) {
    for (const scenario::Warehouse& warehouse : warehouses) {
      times_.push_back(time_of(logistics, place_of(warehouse), place_of(region)));
      fen_.push_back(cost_of(logistics, place_of(warehouse), place_of(region)));
    }
  }
  for (std::size_t i = 0; i < logistics.carriers.size(); ++i) {
    carriers_.push_back(carrier_days(scenario, i));
  }
  counts_.carriers.resize(carriers_.size());
  // Without a carrier parcels leave when they are ready.
  is_quick_ = lines_.has_lanes() && period_.count() == 0;
  opens_.resize(carriers_.size() + 1);
  opens_.back().ns.fill(0);
  stretches_.resize(opens_.size() * PickingRow::kLanes);
  for (std::size_t region = 0; region < regions_; ++region) {
    PickingRow::Lanes& ways = ways_.emplace_back();
    for (std::size_t i = 0; is_quick_ && i < lines_.size(); ++i) {
      ways.ns[i] = times_to(region)[i].count();
    }
  }
  for (const scenario::Region& region : scenario.traffic.regions) {
    std::vector<Choice>& choices = choices_.emplace_back();
    double all = 0;
    const auto share_of = [&](const scenario::Carrier& carrier) {
      return carrier.region.empty() || carrier.region == region.name ? carrier.share : 0.0;
    };
    for (const scenario::Carrier& carrier : logistics.carriers) all += share_of(carrier);
    double sum = 0;
    for (std::size_t i = 0; i < logistics.carriers.size(); ++i) {
      if (share_of(logistics.carriers[i]) <= 0) continue;
      sum += share_of(logistics.carriers[i]);
      choices.push_back({threshold_of(std::min(1.0, sum / all)), i});
    }
    if (!choices.empty()) choices.back().below = UINT64_MAX;
  }
  for (std::size_t region = 0; stock_.has_ahead() && region < regions_; ++region) {
    const std::int64_t units = stock_.ahead_units(region);
    counts_.ahead_units += units;
    counts_.ahead.fen += units * fen_of(homes_[region].front(), region);
  }
}

// By a hash of the order, so that the choice needs no state.
std::size_t Fulfilment::carrier_for(const Order& order) const {
  const auto& choices = choices_[order.region];
  if (choices.size() < 2) return choices.empty() ? kNoCarrier : choices.front().carrier;
  const std::uint64_t drawn = mix(mix(order.id.value)) >> 32U;
  return std::find_if(choices.begin(), choices.end(),
                      [&](const Choice& choice) { return drawn < choice.below; })
      ->carrier;
}

// What is complete then waits for its truck, and goes on with its carrier.
inline CarrierDays::Handover Fulfilment::handover(std::size_t carrier, Instant complete) {
  const Instant ready = rounded_up(complete, period_);
  return carrier == kNoCarrier ? CarrierDays::Handover{ready} : carriers_[carrier].handover(ready);
}

Fulfilment::Plan Fulfilment::plan(const Order& order, std::size_t warehouse, std::int64_t found,
                                  std::int64_t wanted, std::size_t carrier) {
  Plan plan;
  plan.warehouse = warehouse;
  plan.found = found;
  plan.picked = lines_.picked_by(warehouse, order.at);
  // What is there is picked meanwhile; the parcel waits for the rest.
  const Instant complete =
      found < wanted ? std::max(plan.picked, order.at + transfer_) : plan.picked;
  plan.handover = handover(carrier, complete);
  plan.eta = plan.handover.leaves + times_to(order.region)[warehouse];
  return plan;
}

Parcel Fulfilment::dispatch(const Order& order) {
  if (!stock_.has_ahead() && !stock_.by_warehouse()) {
    const std::size_t carrier = carrier_for(order);
    if (const auto parcel = dispatch_quickly(order, carrier)) return *parcel;
    const Plan best = earliest(order, carrier);
    carry_out(order, best, carrier);
    return {static_cast<std::uint32_t>(best.warehouse), best.eta};
  }
  const RegionalStock::Needs needs = RegionalStock::needs_of(order);
  if (stock_.has_ahead() && stock_.take_ahead(needs, order.region)) {
    ++counts_.ahead_parcels;
    counts_.handed.add(order.at);
    return {homes_[order.region].front(), order.at + scenario_.logistics.anticipatory.last_mile};
  }
  const std::size_t carrier = carrier_for(order);
  const Plan best =
      stock_.by_warehouse() ? fullest(order, needs, carrier) : earliest(order, carrier);
  if (stock_.by_warehouse()) take_stock(best, needs);
  carry_out(order, best, carrier);
  return {static_cast<std::uint32_t>(best.warehouse), best.eta};
}

// What earliest() and carry_out() do, for as long as it is the same for each order: a pick, a way,
// and the day of a carrier. Nothing, and nothing done, when it may be something else this time.
std::optional<Parcel> Fulfilment::dispatch_quickly(const Order& order, std::size_t carrier) {
  if (!is_quick_) return std::nullopt;
  if (slow_ones_left_ > 0) {
    --slow_ones_left_;
    return std::nullopt;
  }
  const std::size_t whose = std::min(carrier, carriers_.size());
  PickingRow::Taken taken = lines_.take_earliest(order.at, opens_[whose], ways_[order.region]);
  if (!taken.any) [[unlikely]] {
    look_ahead(order.at);
    taken = lines_.take_earliest(order.at, opens_[whose], ways_[order.region]);
    if (!taken.any) {
      slow_ones_left_ = kSlowOnes;
      return std::nullopt;
    }
  }
  const Instant eta{Duration(taken.eta_ns)};
  CarrierDays::Handover handover = stretches_[whose * PickingRow::kLanes + taken.line];
  handover.leaves = eta - times_to(order.region)[taken.line];
  hand_over(order, taken.line, carrier, handover);
  return Parcel{static_cast<std::uint32_t>(taken.line), eta};
}

// How carriers go on with what is picked next, and for how long.
void Fulfilment::look_ahead(Instant at) {
  if (!is_quick_) return;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Instant ready = lines_.picked_by(i, at);
    Instant until = PickingClock::kLatest;
    for (std::size_t carrier = 0; carrier < carriers_.size(); ++carrier) {
      const CarrierDays::Stretch stretch = carriers_[carrier].stretch_from(ready);
      until = std::min(until, stretch.until);
      opens_[carrier].ns[i] = nanoseconds_of(stretch.opens);
      stretches_[carrier * PickingRow::kLanes + i] = stretch.of_the_first;
    }
    lines_.allow(i, at, until);
  }
}

// The warehouse with the earliest ETA, the first of several. Trucks and carriers only make it
// later, so they are asked only where pick and way alone would be early enough.
Fulfilment::Plan Fulfilment::earliest(const Order& order, std::size_t carrier) {
  const Duration* const times = times_to(order.region);
  const std::size_t warehouses = lines_.size();
  for (std::size_t i = 0; i < warehouses; ++i) {
    soonest_[i] = lines_.picked_by(i, order.at) + times[i];
  }
  const std::size_t first = first_least(soonest_);
  const auto eta_from = [&](std::size_t warehouse) {
    const Instant picked = soonest_[warehouse] - times[warehouse];
    return handover(carrier, picked).leaves + times[warehouse];
  };
  std::size_t best = first;
  Instant eta = eta_from(first);
  // Nobody is before the first when nothing holds it up.
  for (std::size_t i = 0; eta > soonest_[first] && i < warehouses; ++i) {
    if (i == first || soonest_[i] > eta) continue;
    const Instant other = eta_from(i);
    if (other > eta || (other == eta && i > best)) continue;
    best = i;
    eta = other;
  }
  return plan(order, best, 0, 0, carrier);
}

// Of the warehouses that have most of it the one with the earliest ETA.
Fulfilment::Plan Fulfilment::fullest(const Order& order, const RegionalStock::Needs& needs,
                                     std::size_t carrier) {
  Plan best;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::int64_t found = stock_.found(needs, i);
    if (found < best.found) continue;
    const Plan candidate = plan(order, i, found, needs.total, carrier);
    if (found > best.found || candidate.eta < best.eta) best = candidate;
  }
  return best;
}

void Fulfilment::take_stock(const Plan& plan, const RegionalStock::Needs& needs) {
  counts_.transferred_parcels += plan.found < needs.total ? 1 : 0;
  counts_.missing_units +=
      stock_.take(needs, plan.warehouse, [&](RegionalStock::Source from, std::int64_t units) {
        transfer(from, units, plan.warehouse);
      });
}

void Fulfilment::carry_out(const Order& order, const Plan& plan, std::size_t carrier) {
  lines_.take(plan.warehouse, plan.picked);
  hand_over(order, plan.warehouse, carrier, plan.handover);
}

void Fulfilment::hand_over(const Order& order, std::size_t warehouse, std::size_t carrier,
                           const CarrierDays::Handover& handover) {
  counts_.transport.fen += fen_of(warehouse, order.region);
  counts_.handed.add(handover.leaves);
  if (carrier == kNoCarrier) return;
  measure::CarrierCounts& counts = counts_.carriers[carrier];
  ++counts.parcels;
  counts.after_cut_off += handover.after_cut_off ? 1 : 0;
  counts.over_capacity += handover.over_capacity ? 1 : 0;
  if (carriers_[carrier].book(handover)) look_ahead(order.at);
}

void Fulfilment::transfer(RegionalStock::Source from, std::int64_t units, std::size_t to) {
  std::size_t warehouse = from.index;
  if (from.last_mile) {
    // Back from the last mile first.
    warehouse = homes_[from.index].front();
    counts_.returned_units += units;
    counts_.returns.fen += units * fen_of(warehouse, from.index);
  }
  counts_.transferred_units += units;
  counts_.transfers.fen += units * transfer_fen_[warehouse * lines_.size() + to];
}

measure::FulfilmentCounts Fulfilment::counts() const {
  measure::FulfilmentCounts all = counts_;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    all.labour +=
        labour_cost(scenario_, i, std::max(Instant(scenario_.duration), lines_.free_at(i)));
  }
  for (std::size_t region = 0; stock_.has_ahead() && region < regions_; ++region) {
    const std::int64_t units = stock_.ahead_units(region);
    all.returned_units += units;
    all.returns.fen += units * fen_of(homes_[region].front(), region);
  }
  all.units_left = stock_.left();
  return all;
}

}  // namespace double11::stages
