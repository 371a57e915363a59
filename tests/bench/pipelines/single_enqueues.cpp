#include <atomic>
#include <cstddef>
#include <span>
#include <thread>
#include <vector>

#include <concurrentqueue/concurrentqueue.h>

#include "bench/pipelines/desks.hpp"
#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

// Enough that nobody is idle, few enough to stay in the cache.
constexpr std::int64_t kUnderWayMost = 4096;

class Crew {
 public:
  Crew(Shop& shop, Desks& desks) : shop_(shop), desks_(desks) {}

  // What is nearest to its end first; new orders only where few are under way. An order that waits
  // for its payment is not.
  void work() {
    Desk& desk = desks_.mine();
    std::vector<Order> orders;
    Order order;
    while (!over_.load(std::memory_order_relaxed)) {
      if (finishing_.try_dequeue(order)) {
        desk.finish({&order, 1});
      } else if (paying_.try_dequeue(order)) {
        desk.pay({&order, 1}, [this](std::span<Order> done) {
          for (const Order& one : done) finishing_.enqueue(one);
        });
        end(1);
      } else if (reserving_.try_dequeue(order)) {
        desk.reserve({&order, 1});
        paying_.enqueue(order);
      } else if (under_way_.load(std::memory_order_relaxed) < kUnderWayMost) {
        make(desk, orders);
      }
    }
    while (finishing_.try_dequeue(order)) desk.finish({&order, 1});
  }

 private:
  void make(Desk& desk, std::vector<Order>& orders) {
    // Counted before it is taken: while it is made, the run is not over.
    under_way_.fetch_add(1);
    if (const auto slice = shop_.next_slice()) {
      orders.clear();
      desk.make(*slice, orders);
      under_way_.fetch_add(static_cast<std::int64_t>(orders.size()));
      for (const Order& order : orders) reserving_.enqueue(order);
    } else {
      all_made_.store(true);
    }
    end(1);
  }

  void end(std::int64_t count) {
    if (under_way_.fetch_sub(count) == count && all_made_.load()) over_.store(true);
  }

  using Queue = moodycamel::ConcurrentQueue<Order>;

  Shop& shop_;
  Desks& desks_;
  Queue reserving_;
  Queue paying_;
  Queue finishing_;
  alignas(64) std::atomic<std::int64_t> under_way_{0};
  alignas(64) std::atomic<bool> all_made_{false};
  std::atomic<bool> over_{false};
};

}  // namespace

void single_enqueues(const scenario::Scenario& scenario, std::uint32_t threads,
                     measure::RunRecord& record) {
  Shop shop(scenario, threads);
  Desks desks(shop, threads);
  Crew crew(shop, desks);
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 1; i < threads; ++i) others.emplace_back([&] { crew.work(); });
    crew.work();
  }
  desks.finish_rest();
  desks.add_to(record);
}

}  // namespace double11::bench
