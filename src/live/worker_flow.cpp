// How orders go from step to step.
#include <double11/core/random.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "live/worker.hpp"

namespace double11::live {
namespace {

Stage stage_of(Step step) {
  switch (step) {
    case Step::admit:
    case Step::confirm:
    case Step::finish:
      return Stage::admission;
    case Step::reserve:
    case Step::release:
      return Stage::inventory;
    case Step::dispatch:
      return Stage::logistics;
    case Step::pay:
    case Step::answer:
    case Step::refund:
    case Step::repay:
    case Step::none:
      break;
  }
  return Stage::payment;
}

}  // namespace

// Hands on what a step has left. A pass of its own: an order that is copied while the fields just
// written are still on their way to the cache stalls the core until they have arrived.
void Worker::hand_on(std::span<Order> orders) {
  if (goes_on_together(orders)) return run_step(orders.front().step, orders);
  for (const Order& order : orders) {
    if (order.step == Step::answer) {
      holds_.hold(order, order.at);
    } else if (order.step != Step::none) {
      forward(order);
    }
  }
}

// Whether all go on to the same step here, and nobody is gathered for it before them: then they are
// a batch where they are, and need not be copied into one. Not on the way from an answer to
// dispatch: answers come a few at a time, and had better be gathered.
bool Worker::goes_on_together(std::span<const Order> orders) const {
  if (orders.empty() || orders.size() > kBatch) return false;
  const Step step = orders.front().step;
  if (step != Step::pay && (step != Step::reserve || stock_is_owned_)) return false;
  return shard_[index_of(stage_of(step))] >= 0 && local_[index_of(step)].empty() &&
         std::all_of(orders.begin(), orders.end(),
                     [step](const Order& order) { return order.step == step; });
}

// To whoever owns what the next step needs: into a local batch, or into the mail.
void Worker::forward(const Order& order) {
  const Stage stage = stage_of(order.step);
  const int own = shard_[index_of(stage)];
  std::uint32_t shard = 0;
  if (stage == Stage::inventory && stock_is_owned_) {
    // The owner of the first line that is still to be reserved, or still to be released.
    const unsigned reserved = order.reserved_lines();
    const unsigned open = order.step == Step::release ? reserved : ~reserved;
    const SkuId sku = order.sku[static_cast<std::size_t>(std::countr_zero(open))];
    shard = wiring_.inventory->shard_of(sku);
  } else if (own < 0) {
    shard = static_cast<std::uint32_t>(mix(order.id.value) % wiring_.placement.shards(stage));
  } else {
    shard = static_cast<std::uint32_t>(own);
  }
  if (static_cast<int>(shard) == own) {
    gather(order);
  } else {
    mail_.post(stage, wiring_.placement.workers_of(stage)[shard], order);
  }
}

void Worker::gather(const Order& order) {
  Batch& batch = local_[index_of(order.step)];
  batch.push(order);
  if (batch.full()) flush(order.step);
}

// Runs a step on the orders that are gathered for it here.
void Worker::flush(Step step) {
  Batch& batch = local_[index_of(step)];
  if (batch.empty()) return;
  run_step(step, batch.orders());
  batch.clear();
}

void Worker::run_step(Step step, std::span<Order> orders) {
  const Stage stage = stage_of(step);
  // An order that comes back to the door is one of admission already.
  if (stage != Stage::admission) {
    ++load_[index_of(stage)].batches;
    load_[index_of(stage)].orders += static_cast<std::int64_t>(orders.size());
  }
  switch (step) {
    case Step::reserve:
      reserve(orders);
      break;
    case Step::pay:
      pay(orders);
      break;
    case Step::dispatch:
      dispatch(orders);
      break;
    case Step::release:
      release(orders);
      break;
    case Step::refund:
      for (const Order& order : orders) holds_.hold(order, order.until);
      refunds_held_ += orders.size();
      break;
    case Step::answer:
      for (Order& order : orders) conclude(order);
      hand_on(orders);
      break;
    case Step::confirm:
      confirm(orders);
      break;
    case Step::finish:
      finish(orders);
      break;
    case Step::admit:
    case Step::repay:
    case Step::none:
      break;
  }
}

}  // namespace double11::live
