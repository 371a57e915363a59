// A network of queues in virtual time: its replications side by side.
#include <double11/live/run.hpp>
#include <double11/report/html.hpp>
#include <double11/report/network_result.hpp>
#include <double11/report/network_verdict.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "cli/simulations.hpp"

namespace double11::cli {
namespace {

// Replications are dealt out to threads; each is the same whoever runs it.
class Replications {
 public:
  Replications(const scenario::Scenario& scenario, const std::atomic<bool>& stop, bool quiet)
      : scenario_(scenario),
        simulator_(scenario),
        stop_(stop),
        quiet_(quiet),
        duration_(scenario.simulate.until > Duration(0) ? scenario.simulate.until
                                                        : scenario.duration),
        count_(static_cast<std::size_t>(scenario.simulate.replications)),
        result_(count_) {}

  // Fewer than wished for after an interruption.
  const report::NetworkResult& run(std::uint32_t threads) {
    {
      std::vector<std::jthread> others;
      for (std::uint32_t i = 1; i < std::min<std::size_t>(threads, count_); ++i) {
        others.emplace_back([this] { work(); });
      }
      work();
    }
    if (failure_) std::rethrow_exception(failure_);
    return result_;
  }

 private:
  void work() {
    try {
      virtual_time::NetworkOptions options;
      options.stop = [this] { return stop_.load(std::memory_order_relaxed); };
      std::optional<ProgressLine> line;
      if (!quiet_ && count_ == 1) {
        line.emplace(duration_, ProgressLine::About::time_left);
        options.on_progress = [&line](Duration now) { line->show({0, 0, 0, Instant(now)}); };
      }
      for (std::size_t next = 0; (next = next_.fetch_add(1)) < count_;) {
        if (stop_.load(std::memory_order_relaxed) && next > 0) return;
        virtual_time::NetworkRecord record = simulator_.run(next, options);
        const bool stopped = record.stopped;
        report::Verdict verdict = report::judge(scenario_, record);
        result_.add(next, std::move(record), std::move(verdict));
        if (!stopped) show();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = count_;
    }
  }

  void show() {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (quiet_ || count_ == 1) return;
    say(fmt::format("replication {} of {}\n", done_, count_));
  }

  const scenario::Scenario& scenario_;
  virtual_time::NetworkSimulator simulator_;
  const std::atomic<bool>& stop_;
  bool quiet_;
  Duration duration_;
  std::size_t count_;
  report::NetworkResult result_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

int simulate_network(const scenario::Scenario& scenario, const SimulationOutput& output) {
  const Interrupt interrupt;
  Replications replications(scenario, interrupt.requested(), output.quiet);
  const report::NetworkResult& result = replications.run(live::workers_of(scenario));

  const Baseline::Held held = output.baseline->hold(result.json(scenario, output.again),
                                                    report::exit_code_of(result.status()));
  output.files->deliver(held.json, result.text(scenario, output.quiet) + held.text, report::html);
  return held.code;
}

}  // namespace double11::cli
