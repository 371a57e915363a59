// Logistics over days, parcel by parcel against a slow model that looks for everything from the
// start: minutes of shifts, days of carriers, units on shelves.
#include <double11/core/random.hpp>
#include <double11/stages/fulfilment.hpp>
#include <double11/stages/logistics.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "stages/orders.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using scenario::Scenario;
using scenario::small_scenario;
using scenario::StockPolicy;

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr std::int64_t kDayNs = 1440 * kMinuteNs;

// Everything anew for each parcel, from lists.
class SlowLogistics {
 public:
  explicit SlowLogistics(const Scenario& scenario)
      : scenario_(scenario), free_ns_(scenario.logistics.warehouses.size()) {
    const auto warehouses = scenario.logistics.warehouses.size();
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus; ++sku) {
      const std::int64_t units = sku < scenario.catalogue.hot_skus ? scenario.catalogue.hot_stock
                                                                   : scenario.catalogue.stock;
      for (std::size_t i = 0; i < warehouses; ++i) {
        // Uniform: the tests' stock is a multiple of the number of warehouses.
        stock_[{sku, i}] = scenario.logistics.stock.policy == StockPolicy::central
                               ? (i == 0 ? units : 0)
                               : units / static_cast<std::int64_t>(warehouses);
      }
    }
  }

  Parcel dispatch(const Order& order) {
    const auto& logistics = scenario_.logistics;
    const std::map<std::uint32_t, std::int64_t> needs = needs_of(order);
    std::int64_t wanted = 0;
    for (const auto& [sku, units] : needs) wanted += units;
    std::int64_t best_found = -1;
    std::int64_t best_eta = 0;
    std::size_t best = 0;
    for (std::size_t i = 0; i < logistics.warehouses.size(); ++i) {
      const std::int64_t found = found_at(needs, i);
      const std::int64_t eta = leaves_ns(order, i, found < wanted) + transit_ns(i, order.region);
      if (found > best_found || (found == best_found && eta < best_eta)) {
        best_found = found;
        best_eta = eta;
        best = i;
      }
    }
    const std::int64_t leaves = leaves_ns(order, best, best_found < wanted);
    free_ns_[best] = picked_ns(best, std::max(nanoseconds_of(order.at), free_ns_[best]));
    ++booked_[{carrier_of(order), day_of(leaves)}];
    if (logistics.stock.policy != StockPolicy::none) take(needs, best);
    return {static_cast<std::uint32_t>(best), Instant(Duration(best_eta))};
  }

  std::int64_t transferred() const { return transferred_; }
  std::int64_t units_of(std::uint32_t sku) const {
    std::int64_t units = 0;
    for (std::size_t i = 0; i < free_ns_.size(); ++i) units += stock_.at({sku, i});
    return units;
  }

 private:
  static std::map<std::uint32_t, std::int64_t> needs_of(const Order& order) {
    std::map<std::uint32_t, std::int64_t> needs;
    for (std::size_t line = 0; line < order.lines; ++line) {
      needs[order.sku[line].value] += order.quantity[line];
    }
    return needs;
  }

  std::int64_t found_at(const std::map<std::uint32_t, std::int64_t>& needs, std::size_t i) const {
    std::int64_t found = 0;
    for (const auto& [sku, units] : needs) {
      found += scenario_.logistics.stock.policy == StockPolicy::none
                   ? units
                   : std::min(units, stock_.at({sku, i}));
    }
    return found;
  }

  std::int64_t day_of(std::int64_t ns) const {
    return (ns + scenario_.logistics.starts_at.count()) / kDayNs;
  }

  // Posts that pick in the minute after `ns`; each parcel takes 2 s of four of them.
  std::int64_t posts_at(std::size_t warehouse, std::int64_t ns) const {
    const std::int64_t time_of_day = (ns + scenario_.logistics.starts_at.count()) % kDayNs;
    std::int64_t posts = 0;
    bool any = false;
    for (const scenario::Shift& shift : scenario_.logistics.shifts) {
      if (!shift.warehouse.empty() &&
          shift.warehouse != scenario_.logistics.warehouses[warehouse].name) {
        continue;
      }
      any = true;
      const std::int64_t from = shift.from.count();
      const std::int64_t to = shift.to.count();
      const bool on = from < to ? from <= time_of_day && time_of_day < to
                                : time_of_day < to || from <= time_of_day;
      if (on) posts += shift.people.posts + shift.robots.posts;
    }
    return any ? std::min<std::int64_t>(posts, 4) : 4;
  }

  std::int64_t picked_ns(std::size_t warehouse, std::int64_t at) const {
    std::int64_t work = 4 * 2'000'000'000LL;
    for (;;) {
      const std::int64_t end = (at / kMinuteNs + 1) * kMinuteNs;
      const std::int64_t posts = posts_at(warehouse, at);
      if (posts > 0 && at + (work + posts - 1) / posts <= end)
        return at + (work + posts - 1) / posts;
      work -= posts * (end - at);
      at = end;
    }
  }

  std::size_t carrier_of(const Order& order) const {
    const auto& carriers = scenario_.logistics.carriers;
    // The tests have two for all regions, with equal shares.
    return carriers.size() < 2 ? 0 : mix(mix(order.id.value)) >> 63U;
  }

  std::int64_t leaves_ns(const Order& order, std::size_t warehouse, bool incomplete) const {
    const auto& logistics = scenario_.logistics;
    std::int64_t at = picked_ns(warehouse, std::max(nanoseconds_of(order.at), free_ns_[warehouse]));
    if (incomplete) {
      at = std::max(at, nanoseconds_of(order.at) + logistics.stock.transfer.count());
    }
    if (const std::int64_t period = logistics.departure_period.count(); period > 0) {
      while (at % period != 0) at += period - at % period;
    }
    if (logistics.carriers.empty()) return at;
    const scenario::Carrier& carrier = logistics.carriers[carrier_of(order)];
    for (std::int64_t day = day_of(at);; ++day) {
      const std::int64_t midnight = day * kDayNs - logistics.starts_at.count();
      if (at > midnight + carrier.cut_off.count()) continue;
      const auto booked = booked_.find({carrier_of(order), day});
      if (carrier.parcels_per_day > 0 && booked != booked_.end() &&
          booked->second >= carrier.parcels_per_day) {
        continue;
      }
      return std::max(at, midnight + carrier.opens.count());
    }
  }

  std::int64_t transit_ns(std::size_t warehouse, std::size_t region) const {
    const auto& logistics = scenario_.logistics;
    const scenario::Warehouse& from = logistics.warehouses[warehouse];
    const scenario::Region& to = scenario_.traffic.regions[region];
    if (logistics.speed_km_per_h > 0) {
      // The tests' places are all on one line.
      return logistics.transit_near.count() +
             std::llround(std::abs(from.x_km - to.x_km) / logistics.speed_km_per_h * 3600e9);
    }
    return (from.region == to.name ? logistics.transit_near : logistics.transit_far).count();
  }

  void take(const std::map<std::uint32_t, std::int64_t>& needs, std::size_t warehouse) {
    for (const auto& [sku, units] : needs) {
      std::size_t from = warehouse;
      for (std::int64_t unit = 0; unit < units; ++unit) {
        if (stock_[{sku, from}] == 0) {
          from = 0;
          for (std::size_t i = 0; i < free_ns_.size(); ++i) {
            if (stock_[{sku, i}] > stock_[{sku, from}]) from = i;
          }
        }
        --stock_[{sku, from}];
        if (from != warehouse) ++transferred_;
      }
    }
  }

  const Scenario& scenario_;
  std::vector<std::int64_t> free_ns_;
  std::map<std::pair<std::uint32_t, std::size_t>, std::int64_t> stock_;
  std::map<std::pair<std::size_t, std::int64_t>, std::int64_t> booked_;
  std::int64_t transferred_ = 0;
};

std::string hours(std::uint64_t count) {
  return std::to_string(count) + "h";
}

std::vector<std::string> random_settings(std::mt19937_64& random) {
  const auto one_of = [&](const std::vector<std::string>& values) {
    return values[random() % values.size()];
  };
  std::vector<std::string> settings{
      "catalogue.skus=12",
      "catalogue.hot.skus=2",
      "catalogue.stock=" + one_of({"12", "60"}),
      "catalogue.hot.stock=" + one_of({"0", "120"}),
      R"(traffic.regions=[{"name":"east","share":0.5,"x_km":0},)"
      R"({"name":"middle","share":0.3,"x_km":700},)"
      R"({"name":"west","share":0.2,"x_km":1500,"overseas":"yes"}])",
      R"(logistics.warehouses=[{"name":"e","region":"east","capacity":"0.5/s"},)"
      R"({"name":"m","region":"middle","capacity":"0.5/s","x_km":690},)"
      R"({"name":"w","region":"west","capacity":"0.5/s","x_km":1400}])",
      "logistics.stock.policy=" + one_of({"none", "central", "uniform"}),
      "logistics.stock.transfer=" + one_of({"0s", "5h", "24h"}),
      "logistics.departure_period=" + one_of({"0s", "0s", "2h"}),
      "logistics.speed_km_per_h=" + one_of({"0", "40"}),
      "logistics.transit_near=" + one_of({"0s", "6h"}),
      "logistics.starts_at=" + hours(random() % 24),
      "logistics.cost_near=1 yuan"};
  if (random() % 4 != 0) {
    std::string shifts = R"([{"warehouse":"e","from":")" + hours(random() % 12) + R"(","to":")" +
                         hours(12 + random() % 12) + R"(","people":4,"person_rate":"0.125/s"})";
    for (std::uint64_t more = random() % 3; more > 0; --more) {
      const std::uint64_t from = random() % 24;
      shifts += R"(,{"warehouse":"e","from":")" + hours(from) + R"(","to":")" +
                hours((from + 1 + random() % 23) % 24) + R"(","robots":)" +
                std::to_string(random() % 3) + R"(,"robot_rate":"0.125/s"})";
    }
    settings.push_back("logistics.shifts=" + shifts + "]");
  }
  if (random() % 3 != 0) {
    const std::uint64_t opens = random() % 10;
    std::string carriers = R"([{"name":"a","opens":")" + hours(opens) + R"(","cut_off":")" +
                           hours(opens + 4 + random() % 10) + R"(","parcels_per_day":)" +
                           one_of({"0", "30", "200"}) + "}";
    if (random() % 2 == 0) carriers += R"(,{"name":"b","parcels_per_day":25})";
    settings.push_back("logistics.carriers=" + carriers + "]");
  }
  return settings;
}

TEST_CASE("Fulfilment: parcel by parcel as a slow model has it") {
  std::int64_t transferred = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    const auto settings = random_settings(random);
    std::string all = "seed " + std::to_string(seed) + ":";
    for (const std::string& setting : settings) all += " --set " + setting;
    INFO(all);
    const Scenario scenario = small_scenario(settings);
    Fulfilment fulfilment(scenario);
    SlowLogistics slow(scenario);
    std::map<std::uint32_t, std::int64_t> left;
    for (std::uint32_t sku = 0; sku < 12; ++sku) {
      left[sku] = sku < 2 ? scenario.catalogue.hot_stock : scenario.catalogue.stock;
    }
    Instant now{};
    for (std::uint64_t i = 0; i < 400; ++i) {
      // Half of them in a rush, half over the following days.
      now += Duration(
          static_cast<std::int64_t>(random() % (i < 200 ? 1'000'000'000 : 900'000'000'000)));
      Order order = order_of(i);
      order.set_lines(0);
      order.at = now;
      order.set_region(random() % 3);
      for (std::size_t lines = 1 + random() % 3; lines > 0; --lines) {
        const auto sku = static_cast<std::uint32_t>(random() % 12);
        const auto units = static_cast<std::uint8_t>(1 + random() % 3);
        if (left[sku] < units) continue;  // as inventory would
        left[sku] -= units;
        order.sku[order.lines] = SkuId{sku};
        order.quantity[order.lines] = units;
        order.set_lines(order.lines + std::size_t{1});
      }
      if (order.lines == 0) continue;
      const Parcel parcel = fulfilment.dispatch(order);
      const Parcel expected = slow.dispatch(order);
      INFO("order " << i << " at " << nanoseconds_of(now));
      REQUIRE(parcel.warehouse == expected.warehouse);
      REQUIRE(nanoseconds_of(parcel.eta) == nanoseconds_of(expected.eta));
      REQUIRE(parcel.eta >= order.at);
    }
    const measure::FulfilmentCounts counts = fulfilment.counts();
    CHECK(counts.missing_units == 0);
    CHECK(counts.transferred_units == slow.transferred());
    transferred += counts.transferred_units;
    for (std::uint32_t sku = 0; sku < counts.units_left.size(); ++sku) {
      REQUIRE(counts.units_left[sku] == slow.units_of(sku));
      REQUIRE(counts.units_left[sku] == left[sku]);
    }
  }
  CHECK(transferred > 100);
}

// Stock of every policy, with a part of it at the last mile: where it goes from may be unclear, but
// no unit is there twice or lost, whoever orders it where.
TEST_CASE("Fulfilment: what inventory sells is somewhere, to the last unit") {
  for (const std::string policy : {"central", "uniform", "forecast", "perfect"}) {
    for (const std::string ahead : {"0", "0.3", "1"}) {
      INFO(policy << ", " << ahead << " ahead, seed 3");
      const Scenario scenario = small_scenario(
          {"logistics.stock.policy=" + policy, "logistics.anticipatory.share=" + ahead,
           "logistics.stock.forecast_error=1", "catalogue.skus=40", "catalogue.stock=37",
           "catalogue.hot.stock=150"});
      Fulfilment fulfilment(scenario);
      std::vector<std::int64_t> left(40, 37);
      std::fill_n(left.begin(), 5, 150);
      std::mt19937_64 random(3);
      for (std::uint64_t i = 0; i < 3000; ++i) {
        const auto sku = static_cast<std::uint32_t>(random() % 40);
        const auto units = static_cast<std::uint8_t>(1 + random() % 4);
        // All but a few SKUs are sold out in the end.
        if (left[sku] < units || sku % 10 == 9) continue;
        left[sku] -= units;
        Order order = order_of(i, {{sku, units}});
        order.at = Instant(i * 1s);
        order.set_region(random() % 3);
        fulfilment.dispatch(order);
      }
      const auto counts = fulfilment.counts();
      CHECK(counts.missing_units == 0);
      CHECK(
          std::equal(left.begin(), left.end(), counts.units_left.begin(), counts.units_left.end()));
    }
  }
}

// What makes logistics plain again must decide as plain logistics does.
TEST_CASE("Fulfilment: with nothing but costs it decides like plain logistics") {
  for (const std::string period : {"0s", "7ms"}) {
    const std::vector<std::string> settings{
        "logistics.departure_period=" + period, "logistics.transit_near=10ms",
        "logistics.transit_far=14ms", "logistics.warehouses[0].capacity=1k/s",
        "logistics.warehouses[1].capacity=500/s"};
    auto priced = settings;
    priced.push_back("logistics.cost_far=3 yuan");
    const Scenario plain_scenario = small_scenario(settings);
    const Scenario priced_scenario = small_scenario(priced);
    Logistics plain(plain_scenario, 1);
    Logistics over_days(priced_scenario, 1);
    std::mt19937_64 random(5);
    Instant now{};
    std::int64_t far = 0;
    for (std::uint64_t i = 0; i < 3000; ++i) {
      now += Duration(static_cast<std::int64_t>(random() % 1'200'000));
      Order order = order_of(i);
      order.at = now;
      order.set_region(random() % 3);
      const Parcel one = plain.dispatch(order);
      const Parcel other = over_days.dispatch(order);
      INFO("order " << i << ", seed 5, departures every " << period);
      REQUIRE(one.warehouse == other.warehouse);
      REQUIRE(one.eta == other.eta);
      far += order.region != (one.warehouse == 0 ? 0 : 2) ? 1 : 0;
    }
    CHECK(far > 0);
    CHECK(over_days.fulfilment_counts().transport.fen == far * 300);
    CHECK(plain.fulfilment_counts().transport.fen == 0);
    CHECK(over_days.counts().id_prints == plain.counts().id_prints);
    CHECK(over_days.counts().by_warehouse == plain.counts().by_warehouse);
  }
}

TEST_CASE("Fulfilment: carriers get their shares of the parcels") {
  const Scenario scenario =
      small_scenario({R"(logistics.carriers=[{"name":"a","share":3},{"name":"b","share":1},)"
                      R"({"name":"c","region":"west","share":4},{"name":"none","share":0}])"});
  Fulfilment fulfilment(scenario);
  constexpr int kOrders = 20'000;
  for (std::uint64_t i = 0; i < kOrders; ++i) {
    Order order = order_of(OrderId(i % 100, static_cast<std::uint32_t>(i / 100)).value);
    order.set_region(i % 2 == 0 ? 0 : 2);
    fulfilment.dispatch(order);
  }
  const auto counts = fulfilment.counts();
  const std::array<double, 4> expected{0.5 * 0.75 + 0.5 * 0.375, 0.5 * 0.25 + 0.5 * 0.125, 0.25, 0};
  for (std::size_t i = 0; i < 4; ++i) {
    const double sd = std::sqrt(kOrders * expected[i] * (1 - expected[i]));
    INFO("carrier " << i << ": " << counts.carriers[i].parcels);
    CHECK(std::abs(static_cast<double>(counts.carriers[i].parcels) - kOrders * expected[i]) <=
          4 * sd);
  }
}

TEST_CASE("Fulfilment: what lies at the last mile is there soon, once, and the rest goes back") {
  const Scenario scenario =
      small_scenario({"logistics.anticipatory.share=1", "logistics.anticipatory.last_mile=12min",
                      "logistics.cost_near=2 yuan", "logistics.cost_far=5 yuan",
                      "catalogue.stock=1000", "catalogue.hot.stock=1000"});
  Fulfilment fulfilment(scenario);
  const std::int64_t ahead = fulfilment.counts().ahead_units;
  REQUIRE(ahead > 0);
  std::int64_t soon = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    Order order = order_of(i, {{0, 1}});
    order.at = Instant(1s);
    order.set_region(0);
    const Parcel parcel = fulfilment.dispatch(order);
    if (parcel.eta == Instant(1s + 12min)) {
      ++soon;
      REQUIRE(soon == static_cast<std::int64_t>(i + 1));  // the first ones, until it is empty
    }
  }
  const auto counts = fulfilment.counts();
  CHECK(soon > 0);
  CHECK(soon < 1000);
  CHECK(counts.ahead_parcels == soon);
  CHECK(counts.ahead_units == ahead);
  CHECK(counts.returned_units == ahead - soon);
  CHECK(counts.transport.fen == (1000 - soon) * 200);
  // The middle region is as far from both warehouses.
  CHECK(counts.ahead.fen > ahead * 200);
  CHECK(counts.ahead.fen < ahead * 500);
  CHECK(counts.returns < counts.ahead);
}

TEST_CASE("Fulfilment: at the extremes of every key nothing overflows") {
  const Scenario scenario = small_scenario(
      {"duration=400d", R"(logistics.warehouses[0].capacity=0.000001/s)",
       R"(logistics.warehouses[1].capacity=0.000001/s)", "logistics.transit_near=30d",
       "logistics.transit_far=30d", "logistics.departure_period=30d",
       "logistics.cost_near=10000 yuan", "logistics.cost_far=10000 yuan",
       "logistics.stock.policy=central", "logistics.stock.transfer=30d",
       "catalogue.stock=2000000000", "catalogue.hot.stock=2000000000",
       R"(logistics.shifts=[{"from":"0s","to":"1ns","people":1000000,"person_hour":"10000 yuan"}])",
       R"(logistics.carriers=[{"name":"slow","cut_off":"1ns","parcels_per_day":1}])"});
  Fulfilment fulfilment(scenario);
  for (std::uint64_t i = 0; i < 300; ++i) {
    Order order = order_of(i, {{0, 100}, {1, 100}, {2, 100}, {3, 100}});
    order.at = Instant(400 * 24h);
    const Parcel parcel = fulfilment.dispatch(order);
    REQUIRE(parcel.eta > order.at);
    REQUIRE(parcel.eta < Instant(std::chrono::years(200)));
  }
  CHECK(fulfilment.counts().cost().fen > 0);
}

}  // namespace
}  // namespace double11::stages
