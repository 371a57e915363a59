#include "cli/crowded_counter.hpp"

#include <double11/core/order.hpp>
#include <double11/stages/inventory.hpp>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <functional>
#include <thread>
#include <vector>

namespace double11::cli {
namespace {

constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kWindow = 16;  // calls, about 10 us
constexpr std::size_t kWindows = 300;
constexpr std::size_t kFewest = 10;
constexpr std::size_t kMostWindows = 8000;  // 8 million units
constexpr double kUndisturbed = 1.2;        // wall-clock time over CPU time

using Clock = std::chrono::steady_clock;

// CPU time of this thread: waiting for a core that others use is not the counter's doing.
double cpu_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Two cache lines apart: x86 fetches lines in pairs.
struct alignas(128) Progress {
  std::atomic<std::size_t> calls{0};
};

struct Taken {
  double ns = 0;
  std::size_t units = 0;
};

class Taker {
 public:
  Taker(stages::Inventory& inventory, std::vector<Progress>& progress, std::uint32_t number,
        bool is_hot, std::atomic<std::size_t>& content)
      : inventory_(inventory),
        progress_(progress),
        number_(number),
        content_(content),
        orders_(kAtOnce) {
    for (std::size_t i = 0; i < orders_.size(); ++i) {
      orders_[i].set_lines(1);
      orders_[i].quantity[0] = 1;
      const std::size_t own = (1 + number * kAtOnce + i) * kAtOnce;
      orders_[i].sku[0].value = static_cast<std::uint32_t>(is_hot ? 0 : own);
    }
  }

  Taken take() {
    Taken taken;
    std::size_t counted = 0;
    // Who has seen enough goes on until the others have: they need company.
    for (std::size_t i = 0; i < kMostWindows && content_ < progress_.size(); ++i) {
      const std::vector<std::size_t> before = seen();
      const Clock::time_point began_at = Clock::now();
      const double began_ns = cpu_ns();
      for (std::size_t call = 0; call < kWindow; ++call) take_some();
      const double ns = cpu_ns() - began_ns;
      const double wall_ns =
          static_cast<double>(std::chrono::nanoseconds(Clock::now() - began_at).count());
      // Who was sent off the core meanwhile has seen the others move without running beside them.
      if (wall_ns > kUndisturbed * ns || !all_moved(before, seen())) continue;
      taken.ns += ns;
      taken.units += kWindow * kAtOnce;
      if (++counted == kWindows) ++content_;
    }
    return taken;
  }

 private:
  void take_some() {
    for (Order& order : orders_) order.marks = 0;
    inventory_.reserve(number_, orders_);
    progress_[number_].calls.fetch_add(1, std::memory_order_relaxed);
  }

  [[nodiscard]] std::vector<std::size_t> seen() const {
    std::vector<std::size_t> calls;
    for (const Progress& one : progress_) {
      calls.push_back(one.calls.load(std::memory_order_relaxed));
    }
    return calls;
  }

  static bool all_moved(const std::vector<std::size_t>& before,
                        const std::vector<std::size_t>& after) {
    return std::equal(before.begin(), before.end(), after.begin(), std::not_equal_to<>());
  }

  stages::Inventory& inventory_;
  std::vector<Progress>& progress_;
  std::uint32_t number_;
  std::atomic<std::size_t>& content_;  // how many threads have enough windows
  std::vector<Order> orders_;
};

}  // namespace

std::optional<double> crowded_take_ns(const scenario::Scenario& scenario, std::uint32_t threads,
                                      bool is_hot) {
  // A single shard would need no atomic operations; here there are always others.
  const auto inventory = stages::Inventory::create(scenario, std::max(2U, threads));
  std::vector<Progress> progress(threads);
  std::barrier start(static_cast<std::ptrdiff_t>(threads));
  std::atomic<std::size_t> content{0};
  std::vector<Taken> taken(threads);
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 0; i < threads; ++i) {
      others.emplace_back([&, i] {
        Taker taker(*inventory, progress, i, is_hot, content);
        start.arrive_and_wait();
        taken[i] = taker.take();
      });
    }
  }
  Taken all;
  for (const Taken& one : taken) {
    all.ns += one.ns;
    all.units += one.units;
  }
  if (all.units < kFewest * kWindow * kAtOnce) return std::nullopt;
  return all.ns / static_cast<double>(all.units);
}

}  // namespace double11::cli
