#pragma once
// Turns the logs of frames into what the report needs. Each worker has one; sums of integers only,
// so that it does not matter which worker recorded which frame.

#include <double11/measure/books.hpp>
#include <double11/measure/delivery_books.hpp>
#include <double11/measure/fingerprints.hpp>
#include <double11/measure/histogram.hpp>
#include <double11/measure/latency_series.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/series.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <span>
#include <vector>

#include "virtual_time/frame.hpp"

namespace double11::virtual_time {

class Recorder {
 public:
  explicit Recorder(const scenario::Scenario& scenario);

  void record(const Frame& frame);

  /// Fills in what has been recorded so far.
  void look(measure::Snapshot& snapshot) const;

  void add_to(measure::RunRecord& record) const;

 private:
  void record_arrivals(const Frame& frame);
  void record_arrived(std::span<const Order> orders);
  void record_straight(std::span<const Order> orders);
  void record_admitted(const Frame& frame);
  void record_durable(const Frame& frame);
  void record_ended(const Frame& frame);
  void record_failed(const Order& order, Outcome outcome);

  bool has_rows_;  // reserved is what is durable
  measure::Books books_;
  measure::DeliveryBooks delivery_;
  std::vector<measure::DeliveryBooks::Delivery> deliveries_;  // of one frame
  std::vector<std::int64_t> latencies_ns_;                    // of one step in one frame
  measure::Histogram reserved_latency_;
  measure::Histogram durable_latency_;  // where there are rows
  measure::Histogram refused_latency_;  // of orders that were admitted and found no stock
  measure::Histogram dispatched_latency_;
  measure::Series series_;
  measure::LatencySeries latency_series_;
  measure::Fingerprints fingerprints_;
  Wide time_in_flight_ns_ = 0;  // modulo 2^128 while some are still to leave
  std::array<std::int64_t, kStages> orders_{};
};

}  // namespace double11::virtual_time
