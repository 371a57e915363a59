#include <double11/measure/snapshot.hpp>

#include <algorithm>
#include <numeric>

namespace double11::measure {
namespace {

template <typename Array>
void add(Array& sum, const Array& more) {
  std::transform(sum.begin(), sum.end(), more.begin(), sum.begin(),
                 [](const auto& a, const auto& b) { return a + b; });
}

}  // namespace

std::int64_t Snapshot::in_flight() const {
  return funnel[index_of(Funnel::offered)] -
         std::accumulate(outcomes.begin(), outcomes.end(), std::int64_t{0});
}

Snapshot& Snapshot::operator+=(const Snapshot& other) {
  scenario_now = std::max(scenario_now, other.scenario_now);
  wall = std::max(wall, other.wall);
  add(funnel, other.funnel);
  add(outcomes, other.outcomes);
  add(queue, other.queue);
  add(busy, other.busy);
  servers_busy += other.servers_busy;
  units_sold += other.units_sold;
  captured += other.captured;
  refunded += other.refunded;
  turnover += other.turnover;
  add(dispatched_by_region, other.dispatched_by_region);
  latency.merge(other.latency);
  return *this;
}

}  // namespace double11::measure
