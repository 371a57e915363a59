#pragma once
// What the big screen shows: the state of one run as texts for browsers (JSON) and for Prometheus.
// The run writes it, the server reads it; any thread. docs/screen.md has the fields.

#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/screen/tick.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace double11::screen {

class Board {
 public:
  /// Ticks that are kept for who comes late; then every second one goes.
  static constexpr std::size_t kHistory = 600;

  /// `command`: the command line, for people. `scenario` must outlive it.
  Board(const scenario::Scenario& scenario, measure::Runtime runtime, std::int64_t workers,
        std::string command);

  /// The run has come as far as this; `paused` if it stands still. Snapshots in order.
  void show(const measure::Snapshot& snapshot, bool paused);
  /// The run is over; `result` is report::json().
  void conclude(const std::string& result);

  /// Rises with every change.
  [[nodiscard]] std::uint64_t version() const;

  /// What a viewer is told first: the scenario, and every tick so far. With the version it tells
  /// of.
  [[nodiscard]] std::string hello(std::uint64_t& version) const;
  /// The last tick; empty before the first.
  [[nodiscard]] std::string tick() const;
  /// How it ended; empty before.
  [[nodiscard]] std::string end() const;
  /// The whole result at the end; before, the last tick with "status" RUNNING.
  [[nodiscard]] std::string result() const;
  /// Everything that can be counted, in the text format of Prometheus, version 0.0.4
  /// (https://prometheus.io/docs/instrumenting/exposition_formats/).
  [[nodiscard]] std::string metrics() const;

 private:
  [[nodiscard]] std::string json_of(const Tick& tick, bool paused) const;

  const scenario::Scenario& scenario_;
  std::string about_;  // of hello(), without its end

  mutable std::mutex mutex_;  // for all that follows
  Ticker ticker_;
  std::uint64_t version_ = 0;
  std::vector<std::string> history_;
  std::size_t keep_every_ = 1;
  std::size_t ticks_ = 0;
  std::string tick_;
  measure::Snapshot snapshot_;
  std::string end_;
  std::string result_;
  std::string status_ = "RUNNING";
  std::int64_t violations_ = 0;
};

}  // namespace double11::screen
