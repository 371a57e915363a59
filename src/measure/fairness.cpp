#include <double11/measure/fairness.hpp>

#include <algorithm>

namespace double11::measure {

PartCounts& PartCounts::operator+=(const PartCounts& other) {
  arrivals += other.arrivals;
  dispatched += other.dispatched;
  units += other.units;
  return *this;
}

void Fairness::count_arrival(const Order& order, std::int64_t by) {
  tenths_[tenth_of(order.planned)].arrivals += by;
  part_of(order.buyer).arrivals += by;
}

void Fairness::dispatched(const Order& order) {
  Tenth& tenth = tenths_[tenth_of(order.planned)];
  ++tenth.dispatched;
  tenth.latency_us += static_cast<std::uint64_t>((order.at - order.planned).count()) / 1'000;
  PartCounts& part = part_of(order.buyer);
  ++part.dispatched;
  for (std::size_t line = 0; line < order.lines; ++line) part.units += order.quantity[line];
}

// Further clicks may come after the traffic has ended.
std::size_t Fairness::tenth_of(Instant planned) const {
  const std::int64_t tenth_ns = std::max<std::int64_t>(1, duration_ns_ / std::int64_t{kTenths});
  const auto tenth = static_cast<std::size_t>(nanoseconds_of(planned) / tenth_ns);
  return std::min(tenth, kTenths - 1);
}

void Fairness::merge(const Fairness& other) {
  for (std::size_t i = 0; i < kTenths; ++i) {
    tenths_[i].arrivals += other.tenths_[i].arrivals;
    tenths_[i].dispatched += other.tenths_[i].dispatched;
    tenths_[i].latency_us += other.tenths_[i].latency_us;
  }
  bots_ += other.bots_;
  people_ += other.people_;
}

}  // namespace double11::measure
