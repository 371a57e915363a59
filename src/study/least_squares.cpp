#include "study/least_squares.hpp"

#include <double11/core/ensure.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace double11::study {
namespace {

constexpr int kRoundsMost = 1'000;
// A step that moves no parameter by more of its size than this is the last.
constexpr double kStepLeast = 1e-13;
// So near to the least sum, only the steps still tell where it is; sums are rounded.
constexpr double kRounding = 1e-13;
constexpr double kDampingMost = 1e16;
// With columns of length 1: a smaller pivot means that they depend on each other.
constexpr double kPivotLeast = 1e-13;

// The normal equations at some parameters: J'WJ and J'Wr.
struct Normal {
  Matrix matrix{};
  Vector right{};
  double squares = 0;
};

std::optional<Normal> normal_at(const Model& model, std::span<const Observation> observations,
                                const Vector& parameters, const Free& free) {
  Normal normal;
  for (const Observation& one : observations) {
    const std::optional<ModelValue> at = model(parameters, one.x);
    if (!at) return std::nullopt;
    const double residual = one.y - at->value;
    normal.squares += one.weight * residual * residual;
    for (std::size_t i = 0; i < kParameters; ++i) {
      if (!free[i]) continue;
      normal.right[i] += one.weight * at->gradient[i] * residual;
      for (std::size_t j = 0; j < kParameters; ++j) {
        if (free[j]) normal.matrix[i][j] += one.weight * at->gradient[i] * at->gradient[j];
      }
    }
  }
  return normal;
}

// Gauss with pivots; nothing when the matrix is singular.
std::optional<Vector> solved(Matrix matrix, Vector right) {
  for (std::size_t column = 0; column < kParameters; ++column) {
    std::size_t best = column;
    for (std::size_t row = column + 1; row < kParameters; ++row) {
      if (std::abs(matrix[row][column]) > std::abs(matrix[best][column])) best = row;
    }
    if (!(std::abs(matrix[best][column]) > kPivotLeast)) return std::nullopt;
    std::swap(matrix[column], matrix[best]);
    std::swap(right[column], right[best]);
    for (std::size_t row = column + 1; row < kParameters; ++row) {
      const double factor = matrix[row][column] / matrix[column][column];
      for (std::size_t k = column; k < kParameters; ++k) {
        matrix[row][k] -= factor * matrix[column][k];
      }
      right[row] -= factor * right[column];
    }
  }
  for (std::size_t row = kParameters; row-- > 0;) {
    for (std::size_t k = row + 1; k < kParameters; ++k) right[row] -= matrix[row][k] * right[k];
    right[row] /= matrix[row][row];
  }
  return right;
}

// Lengths of the columns of the weighted Jacobian; 1 for parameters that do not move.
Vector scales_of(const Normal& normal) {
  Vector scales{};
  for (std::size_t i = 0; i < kParameters; ++i) {
    scales[i] = normal.matrix[i][i] > 0 ? std::sqrt(normal.matrix[i][i]) : 1;
  }
  return scales;
}

// J'WJ with columns of length 1, and `damping` more on its diagonal.
Matrix scaled_matrix(const Normal& normal, const Vector& scales, double damping) {
  Matrix matrix{};
  for (std::size_t i = 0; i < kParameters; ++i) {
    for (std::size_t j = 0; j < kParameters; ++j) {
      matrix[i][j] = normal.matrix[i][j] / (scales[i] * scales[j]);
    }
    if (!(normal.matrix[i][i] > 0)) matrix[i][i] = 1;
    matrix[i][i] += damping;
  }
  return matrix;
}

std::optional<Vector> step_of(const Normal& normal, double damping) {
  const Vector scales = scales_of(normal);
  Vector right{};
  for (std::size_t i = 0; i < kParameters; ++i) right[i] = normal.right[i] / scales[i];
  std::optional<Vector> step = solved(scaled_matrix(normal, scales, damping), right);
  if (!step) return std::nullopt;
  for (std::size_t i = 0; i < kParameters; ++i) (*step)[i] /= scales[i];
  return step;
}

std::optional<Matrix> inverse_of(const Normal& normal, const Free& free) {
  for (std::size_t i = 0; i < kParameters; ++i) {
    if (free[i] && !(normal.matrix[i][i] > 0)) return std::nullopt;
  }
  const Vector scales = scales_of(normal);
  const Matrix matrix = scaled_matrix(normal, scales, 0);
  Matrix inverse{};
  for (std::size_t j = 0; j < kParameters; ++j) {
    Vector unit{};
    unit[j] = 1;
    const std::optional<Vector> column = solved(matrix, unit);
    if (!column) return std::nullopt;
    for (std::size_t i = 0; i < kParameters; ++i) {
      if (free[i] && free[j]) inverse[i][j] = (*column)[i] / (scales[i] * scales[j]);
    }
  }
  return inverse;
}

}  // namespace

LeastSquares minimise(const Model& model, std::span<const Observation> observations,
                      const Vector& start, const Free& free) {
  Vector parameters = start;
  std::optional<Normal> normal = normal_at(model, observations, parameters, free);
  ensure(normal.has_value(), "least squares begin where the model has values");
  double damping = 1e-3;
  for (int round = 0; round < kRoundsMost && damping < kDampingMost; ++round) {
    const std::optional<Vector> step = step_of(*normal, damping);
    Vector next = parameters;
    double moved = 0;
    for (std::size_t i = 0; step && i < kParameters; ++i) {
      next[i] += (*step)[i];
      const double size = std::max(std::abs(next[i]), std::abs(parameters[i]));
      if (size > 0) moved = std::max(moved, std::abs((*step)[i]) / size);
    }
    const std::optional<Normal> there =
        step ? normal_at(model, observations, next, free) : std::nullopt;
    if (!there || !(there->squares <= normal->squares * (1 + kRounding))) {
      if (step && moved < kStepLeast) break;
      damping *= 4;
      continue;
    }
    parameters = next;
    normal = there;
    damping = std::max(damping / 8, 1e-12);
    if (moved < kStepLeast) break;
  }
  return {parameters, normal->squares, inverse_of(*normal, free)};
}

}  // namespace double11::study
