#pragma once
// A network of queueing stations, for simulations in virtual time. Lists are flat: what belongs to
// a station names it. A value obtained from load.hpp names known stations only.

#include <double11/core/time.hpp>
#include <double11/scenario/random_duration.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace double11::scenario {

/// Who is served next, or how the servers are shared.
enum class Discipline : std::uint8_t {
  fifo,        ///< first come first served
  lifo,        ///< last come first served, not preemptive
  priority,    ///< class of the smallest priority first, fifo within; services are not interrupted
  preemptive,  ///< the same, but interrupts; interrupted work is resumed
  sharing,     ///< all at once, each at speed min(1, servers / jobs) (egalitarian sharing)
};

/// A token bucket: holds up to `burst` tokens, `rate_per_s` come in; full at the start.
struct TokenBucket {
  double rate_per_s = 0;  ///< 0: no bucket
  std::int64_t burst = 0;
};

/// What a job does that finds neither a server nor a place in the queue.
struct Retrial {
  /// Time until it tries again; Distribution::none: it is lost instead.
  RandomDuration delay{Distribution::none};
  /// Probability that it stays after a retry that failed.
  double persistence = 1;
  /// Most retries; 0: no limit.
  std::int64_t attempts = 0;
};

/// Exponential times between failures and repairs of a whole station; its work is resumed.
struct Breakdown {
  Duration up{0};  ///< mean; 0: it never fails
  Duration down{0};
};

struct NetworkStation {
  std::string name;
  std::int64_t servers = 1;
  RandomDuration service;
  Discipline discipline = Discipline::fifo;
  /// Most that wait; more are blocked (lost, or in orbit). With sharing: most beyond the servers.
  std::int64_t queue_limit = 1'000'000'000;
  /// Time in queue after which a job leaves.
  RandomDuration patience{Distribution::none};
  /// Most jobs that a server takes at once; they share one service time.
  std::int64_t batch_most = 1;
  /// Served jobs leave at whole multiples of this; 0: at once.
  Duration departure_period{0};
  TokenBucket tokens;
  /// Copies of the station; a job has a task in each and leaves when all are done (fork-join).
  std::int64_t branches = 1;
  /// The service time is the longest of this many draws (split-merge).
  std::int64_t tasks = 1;
  double failure_probability = 0;
  /// A service that would last longer is stopped then and has failed; 0: none.
  Duration timeout{0};
  /// Most services of one visit; a job whose last one fails is lost. 0: no limit.
  std::int64_t attempts = 1;
  Duration retry_delay{0};
  /// Each further delay of a visit is this many times as long.
  double retry_backoff = 1;
  /// A delay is shortened by up to this share, evenly.
  double retry_jitter = 0;
  Retrial retrial;
  Breakdown breakdown;
};

/// Share of the jobs that leave `from` and go to `to`; "out" is the outside.
struct Route {
  std::string from;
  std::string to;
  double share = 1;
};

/// From `at` on the station has this many servers. Services under way are finished.
struct CapacityStep {
  std::string station;
  Duration at{0};
  std::int64_t servers = 1;
};

/// From `at` for `duration` the station works at `factor` times its speed; 0 is an outage.
struct Slowdown {
  std::string station;
  Duration at{0};
  Duration duration{0};
  double factor = 0;
};

struct JobClass {
  std::string name = "all";
  double share = 1;
  std::int64_t priority = 0;  ///< smaller goes first
  double service_factor = 1;
};

/// An explicit arrival at the first station.
struct TraceJob {
  Duration at{0};
  Duration service{0};  ///< its service time there; elsewhere it is drawn as usual
};

/// A service time of a station with Distribution::empirical, with its weight.
struct HistogramCell {
  std::string station;
  Duration value{0};
  double weight = 1;
};

struct Network {
  std::vector<NetworkStation> stations;
  /// Empty: in series, as listed. Else jobs enter at the first station, and what the routes from a
  /// station leave over goes out.
  std::vector<Route> routes;
  std::vector<CapacityStep> calendar;
  std::vector<Slowdown> slowdowns;
  std::vector<JobClass> classes{JobClass{}};
  std::vector<TraceJob> trace;
  std::vector<HistogramCell> histogram;
  /// Users of a closed network, each thinking at the start; 0: open.
  std::int64_t population = 0;
  RandomDuration think;
  std::int64_t arrivals_batch = 1;
  std::vector<Duration> probes;
};

}  // namespace double11::scenario
