#include <double11/core/quantile_laws.hpp>
#include <double11/core/random.hpp>
#include <double11/traffic/arrival_times.hpp>

#include <algorithm>

#include "core/wide_loop.hpp"

namespace double11::traffic {
namespace {

QuantileTable gap_table(const scenario::Traffic& traffic) {
  switch (traffic.arrivals) {
    case scenario::Arrivals::erlang:
      return gamma_table(ArrivalLaw::kUnit, static_cast<double>(traffic.arrivals_shape));
    case scenario::Arrivals::hyperexponential:
      return hyperexponential_table(ArrivalLaw::kUnit, traffic.arrivals_scv);
    default:
      return exponential_table(ArrivalLaw::kUnit);
  }
}

}  // namespace

ArrivalLaw::ArrivalLaw(const scenario::Traffic& chosen, Duration end)
    : traffic(chosen),
      curve(chosen),
      unit_exponential(exponential_table(kUnit)),
      gap(gap_table(chosen)),
      end_ns(end.count()) {}

UnitArrivals::UnitArrivals(const ArrivalLaw& law, std::uint64_t seed) : law_(law), seed_(seed) {
  if (law.traffic.arrivals != scenario::Arrivals::mmpp) return;
  // The state at the start is that of a random instant.
  const scenario::Mmpp& mmpp = law.traffic.mmpp;
  const double high = seconds_of(mmpp.high_mean);
  const double share = high / (high + seconds_of(mmpp.low_mean));
  // The first change of state ends this state of no length, so it is the opposite.
  high_ = random_block(seed_, Purpose::arrival_state, UINT64_MAX).word[0] >= threshold_of(share);
}

void UnitArrivals::refill() {
  std::array<RandomBlock, kBlock / 2> random;
  for (RandomBlock& block : random) block = counter_block(Purpose::renewal_gap, pairs_++);
  randomize(seed_, random);
  std::array<std::uint64_t, kBlock> bits;
  for (std::size_t i = 0; i < kBlock; ++i) bits[i] = random[i / 2].wide(i % 2);
  std::array<std::int64_t, kBlock> gaps;
  law_.gap.draw(bits, 0, gaps);
  if (law_.traffic.arrivals == scenario::Arrivals::mmpp) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      times_[i] = through_states(static_cast<double>(gaps[i]) / ArrivalLaw::kUnit);
    }
    return;
  }
  for (std::int64_t& gap : gaps) gap = elapsed_ += gap;
  std::array<double, kBlock>& times = times_;
  wide_loop([&]() __attribute__((always_inline)) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      times[i] = static_cast<double>(gaps[i]) / ArrivalLaw::kUnit;
    }
  });
}

// Integral of the curve at the arrival that comes `gap` expected arrivals after the last one.
double UnitArrivals::through_states(double gap) {
  const scenario::Mmpp& mmpp = law_.traffic.mmpp;
  const double high_share =
      seconds_of(mmpp.high_mean) / (seconds_of(mmpp.high_mean) + seconds_of(mmpp.low_mean));
  const double low_factor = (1 - mmpp.high_factor * high_share) / (1 - high_share);
  const double end_s = static_cast<double>(law_.end_ns) * 1e-9;
  for (;;) {
    const double factor = high_ ? mmpp.high_factor : low_factor;
    const double here =
        law_.curve.expected_until(
            Instant(Duration(static_cast<std::int64_t>(std::min(state_end_s_, end_s) * 1e9)))) -
        used_integral_;
    if (gap < here * factor) {
      used_integral_ += gap / factor;
      return used_integral_;
    }
    gap -= std::max(0.0, here * factor);
    used_integral_ += std::max(0.0, here);
    if (state_end_s_ >= end_s) return used_integral_ + gap + 1;
    high_ = !high_;
    const auto bits = random_block(seed_, Purpose::arrival_state, changes_++).wide(0);
    const double stay = static_cast<double>(law_.unit_exponential(bits)) / ArrivalLaw::kUnit;
    state_end_s_ += stay * seconds_of(high_ ? mmpp.high_mean : mmpp.low_mean);
  }
}

ArrivalTimes::ArrivalTimes(const ArrivalLaw& law, std::uint64_t seed)
    : law_(law), units_(law, seed) {
  const scenario::Traffic& traffic = law.traffic;
  const double rate = traffic.curve[0].rate_per_s * traffic.scale;
  if (traffic.curve.size() == 1 && traffic.wave.amplitude == 0 && rate > 0) flat_gap_s_ = 1 / rate;
}

void ArrivalTimes::fill(std::span<std::int64_t> times) {
  while (!times.empty()) {
    if (used_ == times_.size()) refill();
    const std::size_t count = std::min(times.size(), times_.size() - used_);
    std::copy_n(times_.begin() + static_cast<std::ptrdiff_t>(used_), count, times.begin());
    used_ += count;
    times = times.subspan(count);
  }
}

void ArrivalTimes::refill() {
  used_ = 0;
  if (law_.traffic.arrivals == scenario::Arrivals::constant) {
    for (std::int64_t& at : times_) at = instant_of(static_cast<double>(made_++) + 0.5);
    return;
  }
  const auto expected = units_.next_block();
  if (flat_gap_s_ > 0) return refill_flat(expected);
  for (std::size_t i = 0; i < kBlock; ++i) times_[i] = instant_of(expected[i]);
}

// instant_of() of all, where the rate never changes: there rounding cannot turn the clock back, as
// every step of it keeps the order.
void ArrivalTimes::refill_flat(std::span<const double, kBlock> expected) {
  const double gap_s = flat_gap_s_;
  const auto end_ns = static_cast<double>(law_.end_ns);
  std::array<std::int64_t, kBlock>& times = times_;
  wide_loop([&]() __attribute__((always_inline)) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      const double at_ns = expected[i] * gap_s * 1e9;
      // Cut before it becomes an integer, which it may be too large for.
      const auto at = static_cast<std::int64_t>(at_ns < end_ns ? at_ns : end_ns);
      times[i] = at_ns < end_ns ? at : kNone;
    }
  });
}

std::int64_t ArrivalTimes::instant_of(double expected) {
  const double seconds =
      flat_gap_s_ > 0 ? expected * flat_gap_s_ : law_.curve.when_expected(expected);
  if (!(seconds * 1e9 < static_cast<double>(law_.end_ns))) return kNone;
  // Rounding must not turn the clock back.
  last_ns_ = std::max(last_ns_, static_cast<std::int64_t>(seconds * 1e9));
  return last_ns_;
}

}  // namespace double11::traffic
