#pragma once
// The planned arrivals. Scenario time is cut into slices; the arrivals of a slice are a pure
// function of (seed, slice), so any worker can make any slice and no state is shared.
//
// Poisson arrivals are drawn as exponential gaps in units of expected arrivals; within one slice
// the rate is taken as constant (a ramp becomes a fine staircase with the exact integral).
// Constant arrivals sit where the integral of the rate passes k + 1/2.

#include <double11/core/order.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/traffic/popularity.hpp>
#include <double11/traffic/rate_curve.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace double11::traffic {

class Arrivals {
 public:
  /// Keeps a reference: `scenario` must outlive this object.
  explicit Arrivals(const scenario::Scenario& scenario);

  /// Number of slices; slice s covers [s, s+1) times scenario::kSlice, cut at the duration.
  [[nodiscard]] std::uint64_t slices() const { return slices_; }

  /// Start of a slice; for s = slices() the end of the traffic.
  [[nodiscard]] Instant start_of(std::uint64_t slice) const;

  /// Appends the arrivals of `slice` in the order of their planned times, with step admit.
  /// Pure; any thread. Allocates only when `into` has to grow.
  void make(std::uint64_t slice, std::vector<Order>& into) const;

  [[nodiscard]] const RateCurve& curve() const { return curve_; }

 private:
  void plan_poisson(std::uint64_t slice, std::vector<Order>& into) const;
  void plan_constant(std::uint64_t slice, std::vector<Order>& into) const;
  void fill(std::span<Order> orders) const;
  void fill_lines(std::span<Order> orders) const;

  const scenario::Scenario& scenario_;
  RateCurve curve_;
  Popularity popularity_;
  AliasTable regions_;
  AliasTable basket_;
  QuantileTable unit_exponential_;
  std::uint64_t seed_;
  std::uint64_t slices_;
};

/// A number that depends on everything the traffic decides about the order. Sums of it over all
/// arrivals identify the order stream whatever the order of execution.
std::uint64_t fingerprint_of(const Order& order);

}  // namespace double11::traffic
