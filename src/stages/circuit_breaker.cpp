#include <double11/stages/circuit_breaker.hpp>

#include <algorithm>

namespace double11::stages {
namespace {

// Of a call in the ring.
constexpr std::uint8_t kFailed = 1;
constexpr std::uint8_t kSlow = 2;

}  // namespace

CircuitBreaker::CircuitBreaker(const scenario::Breaker& rule)
    : rule_(rule),
      ring_(static_cast<std::size_t>(std::max(rule.window, rule.probes))),
      size_(static_cast<std::size_t>(rule.window)) {
  rule_.least_calls = std::min(rule.least_calls, rule.window);
}

void CircuitBreaker::expect(const Call& call) {
  expected_.push_back(call);
  std::push_heap(expected_.begin(), expected_.end(), later);
}

bool CircuitBreaker::permits(Instant now) {
  while (!expected_.empty() && expected_.front().at <= now) {
    std::pop_heap(expected_.begin(), expected_.end(), later);
    count(expected_.back());
    expected_.pop_back();
  }
  if (state_ == State::open && now >= opened_at_ + rule_.open_time) enter(State::half_open, now);
  switch (state_) {
    case State::closed:
      return true;
    case State::half_open:
      if (permits_left_ == 0) return false;
      --permits_left_;
      return true;
    case State::open:
      break;
  }
  return false;
}

void CircuitBreaker::withdraw() {
  if (state_ == State::half_open) permits_left_ = std::min(permits_left_ + 1, rule_.probes);
}

void CircuitBreaker::count(const Call& call) {
  if (state_ == State::open) return;
  if (calls_ == static_cast<std::int64_t>(size_)) {
    failed_ -= (ring_[next_] & kFailed) != 0 ? 1 : 0;
    slow_ -= (ring_[next_] & kSlow) != 0 ? 1 : 0;
  } else {
    ++calls_;
  }
  ring_[next_] = static_cast<std::uint8_t>((call.failed ? kFailed : 0) | (call.slow ? kSlow : 0));
  next_ = next_ + 1 == size_ ? 0 : next_ + 1;
  failed_ += call.failed ? 1 : 0;
  slow_ += call.slow ? 1 : 0;
  if (calls_ < (state_ == State::half_open ? rule_.probes : rule_.least_calls)) return;
  if (exceeds()) {
    enter(State::open, call.at);
  } else if (state_ == State::half_open) {
    enter(State::closed, call.at);
  }
}

bool CircuitBreaker::exceeds() const {
  const auto calls = static_cast<double>(calls_);
  return static_cast<double>(failed_) >= rule_.failure_share * calls ||
         static_cast<double>(slow_) >= rule_.slow_share * calls;
}

void CircuitBreaker::enter(State state, Instant at) {
  state_ = state;
  if (state == State::open) {
    opened_at_ = at;
    ++opened_;
  }
  permits_left_ = rule_.probes;
  size_ = static_cast<std::size_t>(state == State::half_open ? rule_.probes : rule_.window);
  next_ = 0;
  calls_ = 0;
  failed_ = 0;
  slow_ = 0;
}

}  // namespace double11::stages
