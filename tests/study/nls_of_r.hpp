#pragma once
// What R's nls does by default, for three parameters: Gauss-Newton steps with derivatives by
// forward differences of 2^-26 of the parameter, and an end where the relative offset (D. M. Bates,
// D. G. Watts, Technometrics 1981) falls below 1e-5. Published digits are those of where it ended.

#include <double11/study/scaling_law.hpp>

#include <cmath>
#include <span>

#include "study/least_squares.hpp"

namespace double11::study {

inline constexpr double kNlsTolerance = 1e-5;

struct NlsOfR {
  Vector parameters{};
  double squares = 0;
};

inline NlsOfR nls_of_r(std::span<const ScalingPoint> points, const Vector& start) {
  const auto law = [](const Vector& at, double n) {
    return at[0] * n / (1 + at[1] * (n - 1) + at[2] * n * (n - 1));
  };
  NlsOfR now{start, 0};
  for (int round = 0; round < 50; ++round) {
    Matrix matrix{};
    Vector right{};
    now.squares = 0;
    for (const ScalingPoint& point : points) {
      const double value = law(now.parameters, point.capacity);
      Vector gradient{};
      for (std::size_t i = 0; i < kParameters; ++i) {
        Vector moved = now.parameters;
        const double step = std::exp2(-26) * std::abs(moved[i]);
        moved[i] += step;
        gradient[i] = (law(moved, point.capacity) - value) / step;
      }
      const double residual = point.throughput - value;
      now.squares += residual * residual;
      for (std::size_t i = 0; i < kParameters; ++i) {
        right[i] += gradient[i] * residual;
        for (std::size_t j = 0; j < kParameters; ++j) {
          matrix[i][j] += gradient[i] * gradient[j];
        }
      }
    }
    // Cramer's rule.
    const auto determinant = [](const Matrix& m) {
      return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
             m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
             m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    };
    Vector step{};
    double explained = 0;
    for (std::size_t i = 0; i < kParameters; ++i) {
      Matrix replaced = matrix;
      for (std::size_t row = 0; row < kParameters; ++row) replaced[row][i] = right[row];
      step[i] = determinant(replaced) / determinant(matrix);
      explained += step[i] * right[i];
    }
    const auto freedom = static_cast<double>(points.size() - kParameters);
    const double offset =
        std::sqrt(explained / kParameters / ((now.squares - explained) / freedom));
    if (offset < kNlsTolerance) break;
    for (std::size_t i = 0; i < kParameters; ++i) now.parameters[i] += step[i];
  }
  return now;
}

}  // namespace double11::study
