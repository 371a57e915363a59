#include <double11/stages/hold_wheel.hpp>

#include <algorithm>
#include <utility>

namespace double11::stages {

HoldWheel::HoldWheel(unsigned tick_bits) : tick_bits_(tick_bits), levels_(empty_levels()) {}

std::array<HoldWheel::Level, HoldWheel::kLevels> HoldWheel::empty_levels() {
  std::array<Level, kLevels> levels;
  for (std::size_t i = 0; i < kLevels; ++i) {
    const std::size_t slots = std::size_t{1} << kSlotBits[i];
    levels[i].slots.resize(slots);
    levels[i].occupied.resize(std::max<std::size_t>(1, slots / 64));
    levels[i].shift = kShift[i];
  }
  return levels;
}

void HoldWheel::change_tick(unsigned tick_bits) {
  if (!taken_.empty()) free_chain(taken_);
  taken_ = {};
  const std::int64_t reached_ns = nanoseconds_of(reached());
  const std::array<Level, kLevels> before = std::exchange(levels_, empty_levels());
  tick_bits_ = tick_bits;
  tick_ = static_cast<std::uint64_t>(reached_ns) >> tick_bits;
  for (const Level& level : before) {
    for (const Slot& slot : level.slots) {
      if (!slot.empty()) insert_again(slot);
    }
  }
}

// All of a chain that is in no slot any more.
void HoldWheel::insert_again(const Slot& slot) {
  for (std::uint32_t at = slot.first;; at = next_[at]) {
    for (const Order& order : std::span(chunk(at).orders).first(slot.used(at))) {
      insert(order, order.at, std::max(tick_of(order.at), tick_));
    }
    if (at == slot.last()) break;
  }
  free_chain(slot);
}

std::uint32_t HoldWheel::new_chunk() {
  if (free_ == kNone) {
    free_ = static_cast<std::uint32_t>(next_.size());
    blocks_.push_back(std::make_unique<Chunk[]>(kBlock));
    for (std::uint32_t i = 1; i < kBlock; ++i) next_.push_back(free_ + i);
    next_.push_back(kNone);
  }
  const std::uint32_t chunk = free_;
  free_ = next_[chunk];
  return chunk;
}

void HoldWheel::free_chain(const Slot& slot) {
  next_[slot.last()] = free_;
  free_ = slot.first;
}

void HoldWheel::hold(const Order& order, Instant due) {
  // The present tick still fires, unless it is firing right now.
  insert(order, due, std::max(tick_of(due), firing_ ? tick_ + 1 : tick_));
  ++held_;
}

bool HoldWheel::take_ticks(Instant limit, const Portion& portion, std::vector<const Order*>& into) {
  if (!taken_.empty()) free_chain(taken_);
  taken_ = {};
  const std::uint64_t last = tick_of(limit);
  if (held_ == 0) {
    tick_ = std::max(tick_, last);
    return false;
  }
  for (; tick_ <= last; step_to_next(last)) {
    take_slot_into(into);
    if (!taken_.empty()) break;
    if (tick_ == last) return false;
  }
  if (taken_.empty()) return false;
  const std::uint64_t end = tick_ + portion.ticks;
  step_to_next(end);
  while (tick_ < end && into.size() < portion.orders) {
    take_slot_into(into);
    step_to_next(end);
  }
  prefetch(levels_[0].slots[tick_ & (levels_[0].slots.size() - 1)]);
  return true;
}

// The present tick: what it holds follows what is taken already.
void HoldWheel::take_slot_into(std::vector<const Order*>& into) {
  Level& level = levels_[0];
  const Slot slot = take_slot(level, tick_ & (level.slots.size() - 1));
  if (slot.empty()) return;
  for (std::uint32_t at = slot.first;; at = next_[at]) {
    for (const Order& order : std::span(chunk(at).orders).first(slot.used(at))) {
      into.push_back(&order);
      --held_;
    }
    if (at == slot.last()) break;
  }
  if (taken_.empty()) {
    taken_ = slot;
  } else {
    next_[taken_.last()] = slot.first;
    taken_.end = slot.end;
  }
}

void HoldWheel::insert(const Order& order, Instant due, std::uint64_t tick) {
  Level& level = levels_[level_of(tick)];
  append(level, slot_of(level, tick), order).at = due;
}

Order& HoldWheel::append(Level& level, std::size_t slot, const Order& order) {
  Slot& into = level.slots[slot];
  if (into.end % kChunkOrders == 0) {
    const std::uint32_t more = new_chunk();
    if (into.empty()) {
      into.first = more;
      level.occupied[slot / 64] |= std::uint64_t{1} << (slot % 64);
    } else {
      next_[into.last()] = more;
    }
    into.end = more * kChunkOrders;
  }
  Order& place = chunk(into.end / kChunkOrders).orders[into.end % kChunkOrders];
  ++into.end;
  return place = order;
}

HoldWheel::Slot HoldWheel::take_slot(Level& level, std::size_t slot) {
  const Slot taken = level.slots[slot];
  level.slots[slot] = {};
  level.occupied[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
  return taken;
}

void HoldWheel::step_to_next(std::uint64_t target) {
  // The next occupied slot of the present turn, lowest level first; where a level has none, its
  // turns up to the next occupied slot of the level above are empty and are skipped.
  std::uint64_t next = 0;
  for (const Level& level : levels_) {
    const std::uint64_t turn_mask = level.slots.size() - 1;
    const std::uint64_t position = tick_ >> level.shift;
    const std::uint64_t turn = position & ~turn_mask;
    const std::uint64_t slot = next_occupied(level, (position & turn_mask) + 1);
    next = (turn + slot) << level.shift;
    if (slot <= turn_mask) break;
  }
  tick_ = std::min(next, target);
  if ((tick_ & (levels_[0].slots.size() - 1)) == 0) cascade();
}

std::uint64_t HoldWheel::next_occupied(const Level& level, std::uint64_t from) {
  for (std::uint64_t slot = from; slot < level.slots.size(); slot = (slot | 63U) + 1) {
    const std::uint64_t bits = level.occupied[slot / 64] >> (slot % 64);
    if (bits != 0) return slot + static_cast<std::uint64_t>(std::countr_zero(bits));
  }
  return level.slots.size();
}

void HoldWheel::cascade() {
  for (std::size_t i = 1; i < kLevels; ++i) {
    Level& level = levels_[i];
    const std::uint64_t position = tick_ >> level.shift;
    const Slot slot = take_slot(level, position & (level.slots.size() - 1));
    if (!slot.empty()) insert_again(slot);
    if ((position & (level.slots.size() - 1)) != 0) break;
  }
}

}  // namespace double11::stages
