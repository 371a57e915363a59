#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <queue>
#include <span>
#include <thread>
#include <vector>

#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

// The textbook's bounded queue.
class Queue {
 public:
  void push(const Order& order) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return orders_.size() < kMost; });
    orders_.push(order);
    has_any_.notify_one();
  }

  /// False when it is closed and empty.
  bool pop(Order& order) {
    std::unique_lock lock(mutex_);
    has_any_.wait(lock, [this] { return !orders_.empty() || closed_; });
    if (orders_.empty()) return false;
    order = orders_.front();
    orders_.pop();
    has_room_.notify_one();
    return true;
  }

  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    has_any_.notify_all();
  }

 private:
  static constexpr std::size_t kMost = 4096;

  std::mutex mutex_;
  std::condition_variable has_any_;
  std::condition_variable has_room_;
  std::queue<Order> orders_;
  bool closed_ = false;
};

}  // namespace

void mutex_queues(const scenario::Scenario& scenario, std::uint32_t /*threads*/,
                  measure::RunRecord& record) {
  Shop shop(scenario, 4);
  Desk source(shop, 0, 1);
  Desk stock(shop, 1, 1);
  Desk till(shop, 2, 1);
  Desk exit(shop, 3, 1);
  Queue reserving;
  Queue paying;
  Queue finishing;
  {
    const std::jthread inventory([&] {
      for (Order order; reserving.pop(order);) {
        stock.reserve({&order, 1});
        paying.push(order);
      }
      paying.close();
    });
    const std::jthread payment([&] {
      const auto on_done = [&](std::span<Order> done) {
        for (const Order& one : done) finishing.push(one);
      };
      for (Order order; paying.pop(order);) till.pay({&order, 1}, on_done);
      till.pay_rest(on_done);
      finishing.close();
    });
    const std::jthread logistics([&] {
      for (Order order; finishing.pop(order);) exit.finish({&order, 1});
    });
    std::vector<Order> orders;
    while (const auto slice = shop.next_slice()) {
      orders.clear();
      source.make(*slice, orders);
      for (const Order& order : orders) reserving.push(order);
    }
    reserving.close();
  }
  for (const Desk* const desk : {&source, &stock, &till, &exit}) desk->add_to(record);
}

}  // namespace double11::bench
