#pragma once
// Weighted non-linear least squares for models of up to three parameters: Levenberg's and
// Marquardt's method (K. Levenberg 1944; D. W. Marquardt, J. SIAM 1963), where the diagonal of the
// normal equations gives each parameter its scale.

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>

namespace double11::study {

inline constexpr std::size_t kParameters = 3;
using Vector = std::array<double, kParameters>;
using Matrix = std::array<Vector, kParameters>;
/// Which parameters may move; the others keep their values.
using Free = std::array<bool, kParameters>;

struct Observation {
  double x = 0;
  double y = 0;
  double weight = 1;
};

/// The model's value at x and its derivatives by the parameters. Nothing where it has none.
struct ModelValue {
  double value = 0;
  Vector gradient{};
};
using Model = std::function<std::optional<ModelValue>(const Vector& parameters, double x)>;

struct LeastSquares {
  Vector parameters{};
  double squares = 0;  ///< weighted sum
  /// Inverse of J'WJ at the end, 0 for parameters that were not free; nothing when the
  /// observations do not determine all that were.
  std::optional<Matrix> inverse;
};

/// Minimises from `start`, where the model must have values. The same result on every machine.
LeastSquares minimise(const Model& model, std::span<const Observation> observations,
                      const Vector& start, const Free& free);

}  // namespace double11::study
