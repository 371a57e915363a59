#pragma once
// A circuit breaker in front of a payment channel, by the rules of resilience4j (its documentation,
// "CircuitBreaker", count-based sliding window): closed, it counts the last calls; when the share
// of those that failed, or were slow, reaches a threshold, it opens and lets nothing through for a
// while; then it is half open and lets a number of probes through, and when as many calls have
// ended it closes, or opens again.
//
// How a call will end is known when it begins; it is told then, and counts from its end on. As
// there, a call counts where it ends, whenever it began, and time alone does not half open a
// breaker: the next who asks does. One thread at a time; no clock inside.

#include <double11/core/ids.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::stages {

class CircuitBreaker {
 public:
  /// Closed. From a loaded scenario.
  explicit CircuitBreaker(const scenario::Breaker& rule);

  /// A call that has begun for order `id` ends at `at`, like this. Of simultaneous ones that of the
  /// smaller id is counted first.
  struct Call {
    Instant at;
    OrderId id;
    bool failed;
    bool slow;
  };
  void expect(const Call& call);

  /// Whether a call may be made at `now`, after all calls that end by then; if so it is taken as
  /// made, and has to be followed by expect() or withdraw().
  bool permits(Instant now);

  /// A call that was permitted is not made after all.
  void withdraw();

  enum class State : std::uint8_t { closed, open, half_open };
  /// As of the last permits().
  [[nodiscard]] State state() const { return state_; }
  /// How often it opened, as of then.
  [[nodiscard]] std::int64_t opened() const { return opened_; }

 private:
  static bool later(const Call& a, const Call& b) {
    return a.at != b.at ? a.at > b.at : b.id < a.id;
  }
  void count(const Call& call);
  void enter(State state, Instant at);
  [[nodiscard]] bool exceeds() const;

  scenario::Breaker rule_;
  State state_ = State::closed;
  std::vector<Call> expected_;  // a heap, the first to end in front
  // The last calls of the present state: a ring.
  std::vector<std::uint8_t> ring_;
  std::size_t size_;  // of the ring in the present state
  std::size_t next_ = 0;
  std::int64_t calls_ = 0;
  std::int64_t failed_ = 0;
  std::int64_t slow_ = 0;
  std::int64_t permits_left_ = 0;  // while half open
  Instant opened_at_;
  std::int64_t opened_ = 0;
};

}  // namespace double11::stages
