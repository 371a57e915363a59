#pragma once
// Everything one run measured, whatever runtime produced it: the input of audit, verdict and
// report. Merged from the workers' private parts after they have stopped.

#include <double11/core/outcome.hpp>
#include <double11/core/random.hpp>
#include <double11/core/time.hpp>
#include <double11/measure/books.hpp>
#include <double11/measure/client_counts.hpp>
#include <double11/measure/delivery_books.hpp>
#include <double11/measure/door_counts.hpp>
#include <double11/measure/fingerprints.hpp>
#include <double11/measure/fulfilment_counts.hpp>
#include <double11/measure/histogram.hpp>
#include <double11/measure/latency_series.hpp>
#include <double11/measure/series.hpp>
#include <double11/measure/stage_counts.hpp>
#include <double11/measure/timeline.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace double11::measure {

/// What one stage cost and held.
struct StageLoad {
  std::int64_t workers = 0;  ///< threads that run the stage
  Duration busy{0};          ///< wall-clock time spent in it, summed over its workers
  std::int64_t orders = 0;   ///< orders handled (an order that visits twice counts twice)
  std::int64_t batches = 0;
  std::int64_t queue_most = 0;  ///< sum over workers of the most orders each saw waiting
};

/// Latency from planned arrival to a step of the funnel; offered has none.
using FunnelLatency = std::array<Histogram, kFunnelSteps>;

/// What executed the scenario, and so what its times mean.
enum class Runtime : std::uint8_t {
  pace_max,      ///< wall-clock throughput; scenario time follows the arrivals, approximately
  pace_real,     ///< wall-clock time
  virtual_time,  ///< exact scenario time
};

struct RunRecord {
  explicit RunRecord(const scenario::Scenario& scenario)
      : books(scenario),
        delivery(scenario),
        series(scenario),
        latency_series(scenario),
        timeline(scenario.duration) {}

  Books books;
  DoorCounts door;
  ClientCounts clients;  ///< zeros where every order is one click
  DeliveryBooks delivery;
  ReservationCounts reservations;
  PaymentCounts payments;
  ParcelCounts parcels;
  FulfilmentCounts fulfilment;
  /// Shelves after the last order ended, by SKU.
  std::vector<std::int32_t> available;
  std::vector<bool> refused;

  FunnelLatency latency;
  Histogram generator_lag;
  Series series;
  LatencySeries latency_series;
  Timeline timeline;

  std::array<StageLoad, kStages> stages{};
  Duration traffic_busy{0};  ///< wall-clock time spent making arrivals
  Duration payment_busy{0};  ///< modelled: sum of service times begun
  std::int64_t in_flight_most = 0;
  /// Abandoned at the door: sent home when the run was interrupted, or no longer waiting.
  std::int64_t sent_home = 0;
  std::int64_t still_in_flight = 0;  ///< orders without an outcome at the end

  /// In virtual time only, orders times nanoseconds: the integral over time of how many are in
  /// flight, kept by who gives credits, and the sum of their times in flight, from the logs of who
  /// came and who left. Little's law says that they are the same.
  Wide in_flight_integral_ns = 0;
  Wide time_in_flight_ns = 0;
  /// In virtual time only: what can be compared between runs, down to the minute of a stage.
  Fingerprints fingerprints;

  Runtime runtime = Runtime::pace_max;
  std::int64_t workers = 0;
  Duration wall{0};      ///< from the first arrival made to the last outcome
  Instant scenario_end;  ///< scenario time of the last outcome
  bool interrupted = false;
  bool steered = false;  ///< somebody paused it or changed its speed, so its rates are theirs
  /// When the traffic ended: the scenario's duration, or the instant of the interruption.
  Instant traffic_end;
};

/// How many orders took each step of the funnel, from the books and the stages' counts.
std::array<std::int64_t, kFunnelSteps> funnel_of(const RunRecord& record);

}  // namespace double11::measure
