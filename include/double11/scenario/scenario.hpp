#pragma once
// The scenario: everything one file says about a sale, with units resolved and limits checked.
// Member initialisers are the defaults that the key table (keys.hpp) documents. A value obtained
// from load.hpp satisfies every limit; code that takes a Scenario may rely on that.

#include <double11/core/money.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/admission.hpp>
#include <double11/scenario/clients.hpp>
#include <double11/scenario/faults.hpp>
#include <double11/scenario/logistics.hpp>
#include <double11/scenario/network.hpp>
#include <double11/scenario/payment.hpp>
#include <double11/scenario/random_duration.hpp>
#include <double11/scenario/report.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace double11::scenario {

/// How the rate goes from one curve point to the next.
enum class Shape : std::uint8_t { step, ramp };

/// A point of the traffic curve.
struct CurvePoint {
  Duration at{0};
  double rate_per_s = 0;
  Shape shape = Shape::step;
};

/// Gaps between arrivals, in units of expected arrivals; mmpp: see Mmpp.
enum class Arrivals : std::uint8_t { poisson, constant, erlang, hyperexponential, mmpp };

/// The curve is multiplied by 1 + amplitude * sin(2 pi t / period).
struct Wave {
  double amplitude = 0;
  Duration period{std::chrono::hours(24)};
};

/// Poisson arrivals whose rate alternates: high_factor times the curve for an exponential time of
/// mean high_mean, then for one of mean low_mean so much less that the curve is the mean.
struct Mmpp {
  double high_factor = 2;
  Duration high_mean{std::chrono::seconds(1)};
  Duration low_mean{std::chrono::seconds(3)};
};

/// Where buyers live; `share` of all orders comes from here.
struct Region {
  std::string name = "everywhere";
  double share = 1.0;
  bool overseas = false;
  double x_km = 0;
  double y_km = 0;
};

/// A kind of buyers; every buyer belongs to one for good (segments.hpp).
struct Segment {
  std::string name = "everybody";
  double share = 1.0;         ///< of the buyers
  std::int64_t priority = 0;  ///< smaller goes first, where priority decides
  double patience_factor = 1;
  /// Like Traffic::basket, for orders of this segment; all 0: that of the traffic.
  std::array<double, 4> basket{};
  MoneyFen price_reach{0};  ///< most that a whole basket may cost; 0: no limit
};

/// How many watch the live show `show` from `at` on; lines between the points.
struct ViewerPoint {
  std::string show = "show";
  Duration at{0};
  std::int64_t viewers = 0;
};

/// The host of a live show presents a SKU: a share of those who watch orders it, each after an
/// exponential time.
struct Reveal {
  std::string show = "show";
  Duration at{0};
  std::int64_t sku = 0;
  double click_through = 0;
  Duration reaction_mean{std::chrono::seconds(5)};
  std::int64_t quantity = 1;
};

/// Buyers that are programs: those with the highest numbers (bots.hpp).
struct Bots {
  double share = 0;  ///< of the orders of the curve
  std::int64_t count = 1'000;
  std::int64_t aim = 1;  ///< how many SKUs, from the most popular on, they are after
  double hot_share = 1;  ///< of their lines, for those SKUs
  double speed = 10;     ///< what their delays between two tries are divided by
  std::int64_t quantity_max = 1;
};

struct Replay;
class ArrivalSource;

struct Traffic {
  std::vector<CurvePoint> curve;
  Arrivals arrivals = Arrivals::poisson;
  std::int64_t arrivals_shape = 2;  ///< erlang: exponential parts of a gap
  double arrivals_scv = 4;          ///< hyperexponential: squared variation of a gap
  Mmpp mmpp;
  Wave wave;
  double scale = 1.0;
  std::int64_t buyers = 500'000'000;
  /// basket[i]: share of orders with i+1 lines.
  std::vector<double> basket{1.0};
  std::int64_t quantity_max = 1;
  std::vector<Region> regions{Region{}};
  std::vector<Segment> segments{Segment{}};
  std::vector<ViewerPoint> viewers;  ///< by show, then by time
  std::vector<Reveal> reveals;
  Bots bots;
  /// File of orders that come instead of all that (order_file.hpp); empty: none.
  std::string replay;
  /// What the loader found in that file; no key. Null without one.
  std::shared_ptr<const Replay> replayed;
  /// Who plans the orders instead of all that, of a program of one's own (arrival_source.hpp); no
  /// key. Null in scenarios from files.
  std::shared_ptr<const ArrivalSource> source;
  DoubleClicks double_clicks;
  Retry retry;
};

/// Whether a file or a program brings the orders, so that curve and shows say nothing of them.
inline bool is_from_outside(const Traffic& traffic) {
  return traffic.replayed || traffic.source;
}

/// SKUs 0 to skus-1 by falling popularity; the first hot_skus form the hot set.
struct Catalogue {
  std::int64_t skus = 100'000;
  double popularity_exponent = 0.3;
  std::int64_t stock = 1'000;
  MoneyFen price_min{5'000};
  MoneyFen price_max{20'000};
  std::int64_t hot_skus = 0;
  double hot_share = 0;
  std::int64_t hot_stock = 10'000;
  /// Price in fen by SKU where traffic.replay says it, 0 where not; no key. Null without a replay.
  std::shared_ptr<const std::vector<std::uint32_t>> replayed_prices;
};

/// Who may change the stock of a SKU, and how (stages/inventory.hpp).
enum class Strategy : std::uint8_t { owner_shard, escrow, shared_atomic, mutex, unsafe };

/// How reservations become durable: not at all, or as updates of a database row for each SKU, one
/// by one or in groups (stages/rows.hpp).
enum class RowModel : std::uint8_t { none, plain, group };

/// What it costs to change such a row.
struct Row {
  RowModel model = RowModel::none;
  Duration lock{0};
  Duration lock_crowded{0};  ///< instead, while `crowd` or more wait for the row
  std::int64_t crowd = 0;    ///< 0: nobody is ever too many
  double crowd_bend = 0;     ///< from `lock` to `lock_crowded`: 0 on a line, 1 on a square
  Duration update{0};
  Duration commit{0};
  std::int64_t group_most = 1'000;  ///< updates that share one lock and one commit
  Duration round_trip{0};           ///< of each update, outside the row
};

struct Inventory {
  Strategy strategy = Strategy::shared_atomic;
  Duration reservation_ttl{std::chrono::minutes(15)};
  Row row;
};

enum class Pace : std::uint8_t { max, real };
enum class Placement : std::uint8_t { sharded, staged };

/// How `double11 run` executes the scenario.
struct Run {
  Pace pace = Pace::max;
  Placement placement = Placement::sharded;
  std::int64_t workers = 0;  ///< 0: one per core
  Duration generator_lag_limit{std::chrono::milliseconds(20)};
};

/// How `double11 simulate` executes the scenario.
struct Simulate {
  Duration warm_up{0};            ///< statistics start here
  std::int64_t replications = 1;  ///< independent ones, by seed
  double scale = 1;               ///< multiplies every rate of the traffic, in simulations only
  Duration until{0};              ///< the simulation ends here; 0: at the end of the traffic
  /// What `scale` was before it was carried out (scaled.hpp); no key of the file.
  double applied_scale = 1;
};

/// The orders-per-second target of the sale.
struct Target {
  double rate_per_s = 0;  ///< 0: none
  Funnel of = Funnel::reserved;
};

struct Scenario {
  std::string name;
  std::string title;
  std::vector<std::string> sources;
  std::vector<std::string> assumptions;
  std::int64_t seed = 11;
  Duration duration{std::chrono::seconds(60)};
  Target target;
  std::vector<std::string> thresholds;
  std::vector<PublishedPoint> published;
  Traffic traffic;
  Catalogue catalogue;
  Admission admission;
  Inventory inventory;
  Payment payment;
  Logistics logistics;
  std::vector<Fault> faults;
  Run run;
  Simulate simulate;
  Report report;
  Network network;
};

/// Whether this is a network of stations instead of a sale; then catalogue, admission, inventory,
/// payment and logistics do not matter.
inline bool is_network(const Scenario& scenario) {
  return !scenario.network.stations.empty();
}

/// Whether warehouses differ in nothing but place and capacity. Then any number of shards can
/// divide them; everything else (shifts, carriers, stock, costs, faults) is kept in one place.
inline bool is_plain_logistics(const Scenario& scenario) {
  const Logistics& logistics = scenario.logistics;
  const auto is_of_logistics = [](const Fault& fault) {
    return fault_group(fault.of) == "logistics";
  };
  return logistics.shifts.empty() && logistics.carriers.empty() && logistics.speed_km_per_h == 0 &&
         logistics.cost_near.fen == 0 && logistics.cost_far.fen == 0 &&
         logistics.cost_per_100km.fen == 0 && logistics.stock.policy == StockPolicy::none &&
         logistics.anticipatory.share == 0 &&
         std::none_of(scenario.faults.begin(), scenario.faults.end(), is_of_logistics);
}

/// Whether buyers click more than once for an order.
inline bool has_further_clicks(const Scenario& scenario) {
  return scenario.traffic.retry.attempts > 1 || scenario.traffic.double_clicks.share > 0;
}

/// Whether anything is at the door but credits and a plain queue for them; then the door is one
/// place that sees every click and is told how every order ends.
inline bool has_door(const Scenario& scenario) {
  const Admission& admission = scenario.admission;
  return has_further_clicks(scenario) || scenario.traffic.retry.timeout.count() > 0 ||
         admission.bot_filter.hit > 0 || admission.bot_filter.false_alarm > 0 ||
         admission.buyer_rate.clicks_most > 0 || admission.buyer_units_most > 0 ||
         admission.sold_out_short_cut || admission.waiting_room.rate_per_s > 0 ||
         admission.rate_limit.rate_per_s > 0 || admission.control != OverloadControl::none;
}

}  // namespace double11::scenario
