#pragma once
// The scenario: everything one file says about a sale, with units resolved and limits checked.
// Member initialisers are the defaults that the key table (keys.hpp) documents. A value obtained
// from load.hpp satisfies every limit; code that takes a Scenario may rely on that.

#include <double11/core/money.hpp>
#include <double11/core/outcome.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/logistics.hpp>
#include <double11/scenario/network.hpp>
#include <double11/scenario/random_duration.hpp>

#include <cstdint>
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
};

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
};

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
};

struct Admission {
  std::int64_t in_flight_limit = 1'000'000;
  std::int64_t queue_limit = 100'000;
};

/// Who may change the stock of a SKU, and how (stages/inventory.hpp).
enum class Strategy : std::uint8_t { owner_shard, escrow, shared_atomic, mutex, unsafe };

struct Inventory {
  Strategy strategy = Strategy::owner_shard;
  Duration reservation_ttl{std::chrono::minutes(15)};
};

/// From `at` for `duration` the channel works at `factor` times its speed; 0 is an outage.
struct SpeedWindow {
  Duration at{0};
  Duration duration{0};
  double factor = 0;
};

/// From `at` on there are this many servers. Payments under way are finished.
struct ServerStep {
  Duration at{0};
  std::int64_t servers = 1;
};

/// Who of a queue of orders is served next.
enum class QueueOrder : std::uint8_t {
  fifo,
  lifo,
  priority,  ///< the segment of the smallest priority, fifo within
  dearest,   ///< the dearest basket, fifo among equals
};

/// A duration as it was measured, and how often.
struct MeasuredDuration {
  Duration value{0};
  double weight = 1;
};

struct Payment {
  std::int64_t servers = 1'000'000;
  std::vector<ServerStep> calendar;  ///< by time
  std::int64_t queue_limit = 10'000'000;
  QueueOrder discipline = QueueOrder::fifo;
  /// Most waiting orders that a server takes at once; they share one time at the channel.
  std::int64_t batch_most = 1;
  /// Time in the queue after which a buyer leaves.
  RandomDuration patience{Distribution::none};
  RandomDuration latency;
  std::vector<MeasuredDuration> histogram;  ///< of an empirical latency
  std::vector<SpeedWindow> slowdowns;       ///< by time, one after the other
  Breakdown breakdown;
  double decline_probability = 0;
  Duration timeout{std::chrono::seconds(30)};
  /// Most payments that are tried for one order while its reservation holds.
  std::int64_t attempts = 1;
  Duration retry_delay{0};
  double retry_backoff = 1;
  double retry_jitter = 0;
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
  Traffic traffic;
  Catalogue catalogue;
  Admission admission;
  Inventory inventory;
  Payment payment;
  Logistics logistics;
  Run run;
  Simulate simulate;
  Network network;
};

/// Whether this is a network of stations instead of a sale; then catalogue, admission, inventory,
/// payment and logistics do not matter.
inline bool is_network(const Scenario& scenario) {
  return !scenario.network.stations.empty();
}

}  // namespace double11::scenario
