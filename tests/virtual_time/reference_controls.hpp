#pragma once
// The overload controls that the plain door (reference_door.hpp) is made with.

#include <double11/scenario/scenario.hpp>
#include <double11/stages/concurrency_limit.hpp>
#include <double11/stages/door_queue.hpp>

#include <cstdint>
#include <map>
#include <memory>

namespace double11::virtual_time {

inline stages::DoorQueue::Settings queue_settings(const scenario::Admission& admission) {
  using Discipline = stages::DoorQueue::Discipline;
  const std::map<scenario::OverloadControl, Discipline> disciplines{
      {scenario::OverloadControl::drop_expired, Discipline::drop_expired},
      {scenario::OverloadControl::lifo, Discipline::lifo},
      {scenario::OverloadControl::codel, Discipline::codel},
      {scenario::OverloadControl::adaptive_lifo, Discipline::adaptive_lifo}};
  const auto found = disciplines.find(admission.control);
  stages::DoorQueue::Settings settings;
  settings.limit = admission.queue_limit;
  settings.margin = admission.expiry_margin;
  settings.discipline = found == disciplines.end() ? Discipline::fifo : found->second;
  return settings;
}

// None where the credits are the limit.
inline std::unique_ptr<stages::ConcurrencyLimit> plain_limit(scenario::OverloadControl control,
                                                             std::uint64_t seed) {
  switch (control) {
    case scenario::OverloadControl::vegas:
      return std::make_unique<stages::Vegas>(stages::Vegas::Settings{}, seed);
    case scenario::OverloadControl::gradient2:
      return std::make_unique<stages::Gradient2>(stages::Gradient2::Settings{});
    case scenario::OverloadControl::sentinel:
      return std::make_unique<stages::SentinelRule>();
    default:
      return nullptr;
  }
}

}  // namespace double11::virtual_time
