#include <double11/measure/timeline.hpp>

#include <algorithm>

namespace double11::measure {

Timeline::Timeline(Duration duration) : spacing_(std::max(duration / kMost, Duration(1))) {
  looks_.reserve(static_cast<std::size_t>(kMost) + 2);
}

void Timeline::add(const Look& look) {
  if (!wants(look.at) || looks_.size() == looks_.capacity()) return;
  looks_.push_back(look);
  // On a grid, so that a late look does not move those after it.
  next_ = Instant((look.at.time_since_epoch() / spacing_ + 1) * spacing_);
}

void Timeline::add(const Snapshot& snapshot) {
  add({.at = snapshot.scenario_now,
       .queue = snapshot.queue,
       .busy = snapshot.busy,
       .wall = snapshot.wall,
       .servers_busy = snapshot.servers_busy,
       .in_flight = snapshot.in_flight()});
}

}  // namespace double11::measure
