#pragma once
// Whether a queue stands or is a burst that passes: it stands when nobody in a whole interval
// waited less than the target. Nichols and Jacobson, "Controlling Queue Delay" (ACM Queue, 2012;
// RFC 8289), in the variant of Facebook's folly (Maurer, "Fail at Scale", ACM Queue, 2015): while
// the queue stands everybody who waited longer than twice the target is dropped, instead of one
// after another at a growing rate. One thread at a time.

#include <double11/core/time.hpp>

#include <algorithm>

namespace double11::stages {

class Codel {
 public:
  /// Both above 0; 5 ms and 100 ms where published.
  Codel(Duration target, Duration interval) : target_(target), interval_(interval) {}

  /// Who has waited for `delay` is next `now`: true when to be dropped. Instants never go back.
  bool drops(Instant now, Duration delay) {
    if (!is_first_ && now > interval_ends_) {
      interval_ends_ = now + interval_;
      stands_ = shortest_ > target_;
      is_first_ = true;
    }
    if (is_first_) {
      // Never the first of an interval, so that a queue that stood still does not lose everybody.
      is_first_ = false;
      shortest_ = delay;
      return false;
    }
    shortest_ = std::min(shortest_, delay);
    return stands_ && delay > 2 * target_;
  }

 private:
  Duration target_;
  Duration interval_;
  Instant interval_ends_{};
  Duration shortest_{0};
  bool is_first_ = true;
  bool stands_ = false;
};

}  // namespace double11::stages
