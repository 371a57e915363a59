#pragma once
// A desk for every thread that asks for one.

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "bench/pipelines/shop.hpp"

namespace double11::bench {

class Desks {
 public:
  /// For up to `threads` threads, the one that builds it included. One such object at a time.
  Desks(Shop& shop, std::uint32_t threads) {
    for (std::uint32_t i = 0; i < threads; ++i) {
      desks_.push_back(std::make_unique<Desk>(shop, i, threads));
    }
  }

  /// That of the calling thread.
  [[nodiscard]] Desk& mine() {
    thread_local std::uint32_t own = taken_.fetch_add(1);
    return *desks_.at(own);
  }

  /// What still waits for its payment; when all threads are done.
  void finish_rest() {
    for (const auto& desk : desks_) {
      desk->pay_rest([&](std::span<Order> done) { desk->finish(done); });
    }
  }

  void add_to(measure::RunRecord& record) const {
    for (const auto& desk : desks_) desk->add_to(record);
  }

 private:
  std::vector<std::unique_ptr<Desk>> desks_;
  std::atomic<std::uint32_t> taken_{0};
};

}  // namespace double11::bench
