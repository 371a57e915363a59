#pragma once
// What R's nls does by default, for three parameters: Gauss-Newton steps, halved until the sum of
// squares falls, derivatives by forward differences of 2^-26 of the parameter, and an end where the
// relative offset (D. M. Bates, D. G. Watts, Technometrics 1981) is below 1e-5. Published digits
// are those of where it ended.

#include <double11/study/scaling_law.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "study/least_squares.hpp"

namespace double11::study {

inline constexpr double kNlsTolerance = 1e-5;

struct NlsOfR {
  Vector parameters{};
  double squares = 0;
};

inline double law_of(const Vector& at, double n) {
  return at[0] * n / (1 + at[1] * (n - 1) + at[2] * n * (n - 1));
}

inline double squares_of(std::span<const ScalingPoint> points, const Vector& at) {
  double sum = 0;
  for (const ScalingPoint& point : points) {
    sum += std::pow(point.throughput - law_of(at, point.capacity), 2);
  }
  return sum;
}

/// The step by orthogonal columns of the Jacobian, as nls does it, and how much of the sum of
/// squares it explains.
struct NlsStep {
  Vector step{};
  double explained = 0;
};

inline NlsStep nls_step(std::span<const ScalingPoint> points, const Vector& at) {
  using Column = std::vector<double>;
  const auto product = [](const Column& a, const Column& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  const auto take_away = [](Column& from, double factor, const Column& column) {
    for (std::size_t k = 0; k < from.size(); ++k) from[k] -= factor * column[k];
  };
  Column residuals;
  std::array<Column, kParameters> columns;
  for (const ScalingPoint& point : points) {
    const double value = law_of(at, point.capacity);
    residuals.push_back(point.throughput - value);
    for (std::size_t i = 0; i < kParameters; ++i) {
      Vector moved = at;
      const double step = std::exp2(-26) * std::abs(moved[i]);
      moved[i] += step;
      columns[i].push_back((law_of(moved, point.capacity) - value) / step);
    }
  }
  Matrix triangle{};
  Vector right{};
  NlsStep made;
  for (std::size_t i = 0; i < kParameters; ++i) {
    triangle[i][i] = std::sqrt(product(columns[i], columns[i]));
    for (double& value : columns[i]) value /= triangle[i][i];
    for (std::size_t j = i + 1; j < kParameters; ++j) {
      triangle[i][j] = product(columns[i], columns[j]);
      take_away(columns[j], triangle[i][j], columns[i]);
    }
    right[i] = product(columns[i], residuals);
    take_away(residuals, right[i], columns[i]);
    made.explained += right[i] * right[i];
  }
  for (std::size_t i = kParameters; i-- > 0;) {
    for (std::size_t j = i + 1; j < kParameters; ++j) right[i] -= triangle[i][j] * made.step[j];
    made.step[i] = right[i] / triangle[i][i];
  }
  return made;
}

inline NlsOfR nls_of_r(std::span<const ScalingPoint> points, const Vector& start) {
  NlsOfR now{start, squares_of(points, start)};
  const auto freedom = static_cast<double>(points.size() - kParameters);
  double factor = 1;
  for (int round = 0; round < 50; ++round) {
    const NlsStep step = nls_step(points, now.parameters);
    const double left = (now.squares - step.explained) / freedom;
    if (std::sqrt(step.explained / kParameters / left) < kNlsTolerance) break;
    for (;; factor /= 2) {
      Vector next = now.parameters;
      for (std::size_t i = 0; i < kParameters; ++i) next[i] += factor * step.step[i];
      const double squares = squares_of(points, next);
      if (squares > now.squares && factor > 1e-3) continue;
      now = {next, squares};
      break;
    }
    factor = std::min(2 * factor, 1.0);
  }
  return now;
}

}  // namespace double11::study
