#pragma once
// Who belongs to which segment of the buyers. A pure function of the buyer, the same in every run
// with the same shares, so that no table per buyer is needed and a buyer stays what he is.

#include <double11/core/ids.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::scenario {

class Segments {
 public:
  /// From a loaded scenario.
  explicit Segments(const Traffic& traffic) {
    double sum = 0;
    for (const Segment& segment : traffic.segments) {
      sum += segment.share;
      below_.push_back(threshold_of(sum));
    }
    // Rounding leaves nobody over.
    below_.back() = threshold_of(1);
  }

  [[nodiscard]] std::size_t size() const { return below_.size(); }

  /// Index into traffic.segments. Any thread.
  [[nodiscard]] std::size_t of(BuyerId buyer) const {
    // The constant keeps it apart from other hashes of small numbers.
    const std::uint64_t hash = mix(buyer.value ^ (std::uint64_t{0x5e9} << 32U)) >> 32U;
    std::size_t segment = 0;
    while (hash >= below_[segment]) ++segment;
    return segment;
  }

 private:
  std::vector<std::uint64_t> below_;
};

}  // namespace double11::scenario
