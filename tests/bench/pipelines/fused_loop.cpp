#include <memory>
#include <thread>
#include <vector>

#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

// One thread's world.
class Loop {
 public:
  Loop(const scenario::Scenario& scenario, std::uint32_t number, std::uint32_t threads)
      : number_(number), threads_(threads), shop_(scenario, 1), desk_(shop_, 0, threads) {}

  void run() {
    std::vector<Order> orders;
    const auto on_done = [&](std::span<Order> done) { gather(done); };
    for (std::uint64_t slice = number_; slice < shop_.arrivals.slices(); slice += threads_) {
      orders.clear();
      desk_.make(slice, orders);
      desk_.reserve(orders);
      desk_.pay(orders, on_done);
    }
    desk_.pay_rest(on_done);
    desk_.finish(done_);
  }

  void add_to(measure::RunRecord& record) const { desk_.add_to(record); }

 private:
  // In batches as large as those of the product.
  void gather(std::span<const Order> done) {
    done_.insert(done_.end(), done.begin(), done.end());
    if (done_.size() < kBatch) return;
    desk_.finish(done_);
    done_.clear();
  }

  std::uint32_t number_;
  std::uint32_t threads_;
  Shop shop_;
  Desk desk_;
  std::vector<Order> done_;
};

}  // namespace

void fused_loop(const scenario::Scenario& scenario, std::uint32_t threads,
                measure::RunRecord& record) {
  std::vector<std::unique_ptr<Loop>> loops;
  for (std::uint32_t i = 0; i < threads; ++i) {
    loops.push_back(std::make_unique<Loop>(scenario, i, threads));
  }
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 1; i < threads; ++i) {
      others.emplace_back([&loops, i] { loops[i]->run(); });
    }
    loops[0]->run();
  }
  for (const auto& loop : loops) loop->add_to(record);
}

}  // namespace double11::bench
