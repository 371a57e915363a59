#pragma once
// Orders of live shows: each reveal is a pulse that decays exponentially, rate(t) = N/m
// exp(-(t-T)/m) from T on, with the exact integral N (1 - exp(-(t-T)/m)). The sum of Poisson
// streams is Poisson with the sum of their rates, so the arrivals of a slice are drawn together and
// each is given to the shows with the share that they have in the slice.

#include <double11/core/ids.hpp>
#include <double11/core/random.hpp>
#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace double11::traffic {

class LiveShows {
 public:
  /// `traffic` comes from a loaded scenario.
  explicit LiveShows(const scenario::Traffic& traffic);

  [[nodiscard]] bool empty() const { return pulses_.empty(); }

  /// Expected orders of all shows in [from, to). Any thread.
  [[nodiscard]] double expected_in(Instant from, Instant to) const;

  /// Orders per second that the shows offer at `when`. Any thread.
  [[nodiscard]] double rate_per_s(Instant when) const;

  /// Highest rate of all shows together in [0, end). Any thread.
  [[nodiscard]] double peak_per_s(Instant end) const;

  /// What one order of a reveal asks for.
  struct Item {
    SkuId sku;
    std::uint32_t quantity = 1;
  };

  /// The shows' part in one span of time.
  class Share {
   public:
    /// Becomes that in [from, to), where `curve` is expected of the curve. Holds pointers into
    /// `shows`.
    void move_to(const LiveShows& shows, Instant from, Instant to, double curve);

    /// What is expected of the shows there; 0 at first.
    [[nodiscard]] double expected() const { return expected_; }

    /// What the order at this block of random bits asks for; null when it is not a show's.
    [[nodiscard]] const Item* pick(const RandomBlock& random) const;

   private:
    struct Part {
      double expected;
      std::uint64_t below;  // of random words, for this reveal and those before it
      const Item* item;
    };
    double expected_ = 0;
    std::vector<Part> parts_;
  };

 private:
  struct Pulse {
    double begin_s;
    double end_s;  // after that nothing of it is left that a double would show
    double expected;
    double mean_s;
    Item item;
  };
  // Calls visit(pulse, expected) for each that expects something.
  template <typename Visit>
  double expected_in(Instant from, Instant to, Visit visit) const;
  [[nodiscard]] static double expected_of(const Pulse& pulse, double from_s, double to_s);

  std::vector<Pulse> pulses_;   // by begin
  std::vector<double> ends_s_;  // of each: when all up to it are over
};

}  // namespace double11::traffic
