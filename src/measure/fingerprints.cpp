#include <double11/measure/fingerprints.hpp>

#include <algorithm>

namespace double11::measure {

void Fingerprints::turn_to(std::uint64_t ns) {
  minute_ = static_cast<std::size_t>(ns / kMinuteNs);
  minute_begin_ns_ = minute_ * kMinuteNs;
  if (minute_ >= rows_.size()) rows_.resize(minute_ + 1);
}

void Fingerprints::merge(const Fingerprints& other) {
  rows_.resize(std::max(rows_.size(), other.rows_.size()));
  for (std::size_t minute = 0; minute < other.rows_.size(); ++minute) {
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      rows_[minute][stage] += other.rows_[minute][stage];
    }
  }
}

std::uint64_t Fingerprints::total() const {
  std::uint64_t total = 0;
  for (std::size_t minute = 0; minute < rows_.size(); ++minute) {
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      total += mix(rows_[minute][stage] ^ mix(minute * kStages + stage));
    }
  }
  return total;
}

}  // namespace double11::measure
