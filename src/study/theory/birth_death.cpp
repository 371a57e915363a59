#include <double11/core/ensure.hpp>
#include <double11/study/theory/birth_death.hpp>

#include <utility>

namespace double11::study::theory {

namespace {

constexpr double kLargestWeight = 1e200;

// Unnormalised probabilities, grown state by state.
class Weights {
 public:
  void grow(double ratio) {
    weights_.push_back(weights_.back() * ratio);
    sum_ += weights_.back();
    if (weights_.back() > kLargestWeight) rescale();
  }
  [[nodiscard]] double last() const { return weights_.back(); }
  [[nodiscard]] double sum() const { return sum_; }

  [[nodiscard]] std::vector<double> normalised() && {
    for (double& weight : weights_) weight /= sum_;
    return std::move(weights_);
  }

 private:
  // The states left behind become so improbable that they may well vanish.
  void rescale() {
    for (double& weight : weights_) weight /= kLargestWeight;
    sum_ /= kLargestWeight;
  }

  std::vector<double> weights_{1.0};
  double sum_ = 1;
};

}  // namespace

std::vector<double> birth_death_law(const StateRate& birth, const StateRate& death,
                                    std::int64_t last) {
  ensure(last >= 0, "a chain has a state");
  Weights weights;
  for (std::int64_t n = 0; n < last; ++n) weights.grow(birth(n) / death(n + 1));
  return std::move(weights).normalised();
}

std::vector<double> birth_death_law(const StateRate& birth, const StateRate& death) {
  Weights weights;
  for (std::int64_t n = 0;; ++n) {
    const double ratio = birth(n) / death(n + 1);
    // What follows is at most a geometric series with this ratio.
    if (ratio < 1 && weights.last() * ratio <= 1e-18 * weights.sum() * (1 - ratio)) break;
    weights.grow(ratio);
  }
  return std::move(weights).normalised();
}

}  // namespace double11::study::theory
