#include <double11/stages/rows.hpp>

#include <algorithm>
#include <cmath>

namespace double11::stages {

Rows::Rows(const scenario::Scenario& scenario)
    : cost_(scenario.inventory.row),
      clock_(WorkClock::of_faults(scenario, "inventory")),
      group_most_(cost_.model == scenario::RowModel::group
                      ? static_cast<std::size_t>(cost_.group_most)
                      : 1) {}

void Rows::enter(const Order& order) {
  ++held_;
  Slot slot = 0;
  if (unused_.empty()) {
    slot = static_cast<Slot>(slots_.size());
    slots_.push_back({order});
  } else {
    slot = unused_.back();
    unused_.pop_back();
    slots_[slot] = {order};
  }
  schedule({nanoseconds_of(order.at + cost_.round_trip), order.id.value, slot, 0});
}

std::span<const Order> Rows::advance() {
  durable_.clear();
  const Event event = due_.front();
  std::pop_heap(due_.begin(), due_.end(), later);
  due_.pop_back();
  const Instant at(Duration(event.at_ns));
  if (event.slot != kNone) {
    reach(event.slot, at);
  } else {
    finish_group(event.sku, at);
  }
  return durable_;
}

Duration Rows::lock_cost(std::size_t waiting) const {
  if (cost_.crowd == 0 || waiting == 0) return cost_.lock;
  const double x = std::min(1.0, static_cast<double>(waiting) / static_cast<double>(cost_.crowd));
  const double part = (1 - cost_.crowd_bend) * x + cost_.crowd_bend * (x * x);
  const auto more = static_cast<double>((cost_.lock_crowded - cost_.lock).count());
  return cost_.lock + Duration(std::llround(part * more));
}

void Rows::schedule(const Event& event) {
  due_.push_back(event);
  std::push_heap(due_.begin(), due_.end(), later);
}

// The row is free and begins, or the update waits for its turn.
void Rows::reach(Slot slot, Instant at) {
  const Held& held = slots_[slot];
  const std::uint32_t sku = held.order.sku[held.line].value;
  Row& row = rows_[sku];
  if (row.last_waiting == kNone) {
    row.first_waiting = slot;
  } else {
    slots_[row.last_waiting].next = slot;
  }
  row.last_waiting = slot;
  ++row.waiting;
  if (row.first_in_group == kNone) {
    begin_group(sku, row, at);
  } else {
    queue_most_ = std::max(queue_most_, row.waiting);
  }
}

// Of those who wait, of whom there is at least one.
void Rows::begin_group(std::uint32_t sku, Row& row, Instant at) {
  const std::size_t size = std::min(group_most_, row.waiting);
  row.first_in_group = row.first_waiting;
  Slot last = row.first_waiting;
  for (std::size_t i = 1; i < size; ++i) last = slots_[last].next;
  row.first_waiting = slots_[last].next;
  if (row.first_waiting == kNone) row.last_waiting = kNone;
  slots_[last].next = kNone;
  row.waiting -= size;
  const Duration cost =
      lock_cost(row.waiting) + cost_.update * static_cast<std::int64_t>(size) + cost_.commit;
  schedule({nanoseconds_of(clock_.finish(at, cost)), slots_[row.first_in_group].order.id.value,
            kNone, sku});
}

void Rows::finish_group(std::uint32_t sku, Instant at) {
  const auto found = rows_.find(sku);
  Row& row = found->second;
  Slot slot = row.first_in_group;
  row.first_in_group = kNone;
  if (row.waiting > 0) {
    begin_group(sku, row, at);
  } else {
    rows_.erase(found);
  }
  while (slot != kNone) {
    Held& held = slots_[slot];
    const Slot next = held.next;
    held.next = kNone;
    held.order.at = at;
    if (++held.line < held.order.lines) {
      schedule({nanoseconds_of(at + cost_.round_trip), held.order.id.value, slot, 0});
    } else {
      held.order.step = Step::pay;
      durable_.push_back(held.order);
      unused_.push_back(slot);
      --held_;
    }
    slot = next;
  }
}

}  // namespace double11::stages
