#include <span>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include "bench/pipelines/desks.hpp"
#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

// Slices under way at once for each thread, as the library's guide advises: a few.
constexpr std::size_t kTokensPerThread = 4;

struct Batch {
  std::vector<Order> orders;
  std::vector<Order> done;  // paid or refused, maybe of earlier batches
};

}  // namespace

void tbb_pipeline(const scenario::Scenario& scenario, std::uint32_t threads,
                  measure::RunRecord& record) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  Shop shop(scenario, threads);
  Desks desks(shop, threads);
  // Batches are used again, so that the peer allocates as little as the product.
  std::vector<Batch> batches(kTokensPerThread * threads);
  std::size_t next = 0;
  const auto make = [&](tbb::flow_control& control) -> Batch* {
    const auto slice = shop.next_slice();
    if (!slice) {
      control.stop();
      return nullptr;
    }
    Batch& batch = batches[next++ % batches.size()];
    batch.orders.clear();
    batch.done.clear();
    desks.mine().make(*slice, batch.orders);
    return &batch;
  };
  tbb::parallel_pipeline(
      batches.size(),
      tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, make) &
          tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel,
                                           [&](Batch* batch) {
                                             desks.mine().reserve(batch->orders);
                                             return batch;
                                           }) &
          tbb::make_filter<Batch*, Batch*>(
              tbb::filter_mode::parallel,
              [&](Batch* batch) {
                desks.mine().pay(batch->orders, [&](std::span<Order> done) {
                  batch->done.insert(batch->done.end(), done.begin(), done.end());
                });
                return batch;
              }) &
          // In order, so that a batch is free again when its turn comes.
          tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order,
                                         [&](Batch* batch) { desks.mine().finish(batch->done); }));
  desks.finish_rest();
  desks.add_to(record);
}

}  // namespace double11::bench
