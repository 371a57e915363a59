#pragma once
// Why a channel declines a payment.

#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class DeclineReasons {
 public:
  /// From a loaded scenario.
  explicit DeclineReasons(const scenario::Payment& payment) {
    double sum = 0;
    for (const scenario::DeclineReason& reason : payment.reasons) {
      sum += reason.share;
      reasons_.push_back({threshold_of(sum), reason.retryable == scenario::Switch::on,
                          reason.fault == scenario::Blame::channel});
    }
    // Rounding leaves no payment over.
    if (!reasons_.empty()) reasons_.back().below = threshold_of(1);
  }

  /// Whether no reasons are told.
  [[nodiscard]] bool empty() const { return reasons_.empty(); }
  [[nodiscard]] std::size_t size() const { return reasons_.size(); }

  // The following need a reason. Pure; any thread.

  /// Index into payment.reasons, by random bits.
  [[nodiscard]] std::size_t at(std::uint32_t bits) const {
    std::size_t reason = 0;
    while (bits >= reasons_[reason].below) ++reason;
    return reason;
  }
  [[nodiscard]] bool retryable(std::size_t reason) const { return reasons_[reason].retryable; }
  /// Whether it counts as a failure of the channel.
  [[nodiscard]] bool by_channel(std::size_t reason) const { return reasons_[reason].by_channel; }

 private:
  struct Reason {
    std::uint64_t below;
    bool retryable;
    bool by_channel;
  };
  std::vector<Reason> reasons_;
};

}  // namespace double11::stages
