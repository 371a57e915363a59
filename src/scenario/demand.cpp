#include <double11/scenario/demand.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace double11::scenario {
namespace {

template <typename Basket>
double mean_lines(const Basket& basket) {
  double lines = 0;
  for (std::size_t i = 0; i < basket.size(); ++i) lines += static_cast<double>(i + 1) * basket[i];
  return lines;
}

// Integral of (rate + slope * (t - from)) * sin(omega * t) from `from` to `to`, by parts.
double wave_integral(double rate, double slope, double from, double to, double omega) {
  const auto antiderivative = [&](double t) {
    return -(rate + slope * (t - from)) * std::cos(omega * t) / omega +
           slope * std::sin(omega * t) / (omega * omega);
  };
  return antiderivative(to) - antiderivative(from);
}

}  // namespace

double lines_per_order(const Traffic& traffic) {
  const double common = mean_lines(traffic.basket);
  double lines = 0;
  for (const Segment& segment : traffic.segments) {
    const double own = mean_lines(segment.basket);
    lines += segment.share * (own > 0 ? own : common);
  }
  return lines;
}

double expected_orders(const Scenario& scenario) {
  const Traffic& traffic = scenario.traffic;
  const double end_s = seconds_of(scenario.duration);
  const double omega = 2 * std::numbers::pi / seconds_of(traffic.wave.period);
  double orders = 0;
  for (std::size_t i = 0; i < traffic.curve.size(); ++i) {
    const CurvePoint& point = traffic.curve[i];
    const bool last = i + 1 == traffic.curve.size();
    const double from_s = seconds_of(point.at);
    if (from_s >= end_s) break;
    const double next_s = last ? end_s : seconds_of(traffic.curve[i + 1].at);
    const double slope =
        last || point.shape == Shape::step
            ? 0
            : (traffic.curve[i + 1].rate_per_s - point.rate_per_s) / (next_s - from_s);
    const double to_s = std::min(next_s, end_s);
    const double length_s = to_s - from_s;
    orders += length_s * (point.rate_per_s + slope * length_s / 2);
    if (traffic.wave.amplitude > 0) {
      orders +=
          traffic.wave.amplitude * wave_integral(point.rate_per_s, slope, from_s, to_s, omega);
    }
  }
  return std::max(0.0, orders * traffic.scale);
}

Demand::Demand(const Scenario& scenario)
    : hot_skus_(scenario.catalogue.hot_skus), exponent_(scenario.catalogue.popularity_exponent) {
  const Catalogue& catalogue = scenario.catalogue;
  const double units_per_line = (1 + static_cast<double>(scenario.traffic.quantity_max)) / 2;
  const double units =
      expected_orders(scenario) * lines_per_order(scenario.traffic) * units_per_line;
  if (hot_skus_ > 0) hot_units_ = units * catalogue.hot_share / static_cast<double>(hot_skus_);
  double weights = 0;
  for (std::int64_t rank = 1; rank <= catalogue.skus - hot_skus_; ++rank) {
    weights += std::pow(static_cast<double>(rank), -exponent_);
  }
  if (weights > 0) units_per_weight_ = units * (1 - catalogue.hot_share) / weights;
}

double Demand::units(SkuId sku) const {
  if (sku.value < hot_skus_) return hot_units_;
  const auto rank = static_cast<double>(sku.value - hot_skus_ + 1);
  return units_per_weight_ * std::pow(rank, -exponent_);
}

}  // namespace double11::scenario
