#include <double11/stages/empirical_law.hpp>

#include <algorithm>
#include <iterator>

namespace double11::stages {
namespace {

std::vector<double> weights_of(const std::vector<EmpiricalLaw::Cell>& cells) {
  std::vector<double> weights;
  weights.reserve(cells.size());
  std::transform(cells.begin(), cells.end(), std::back_inserter(weights),
                 [](const EmpiricalLaw::Cell& cell) { return cell.second; });
  return weights;
}

}  // namespace

EmpiricalLaw::EmpiricalLaw(const std::vector<Cell>& cells) : table_(weights_of(cells)) {
  values_ns_.reserve(cells.size());
  double weights = 0;
  for (const auto& [value, weight] : cells) {
    values_ns_.push_back(value.count());
    mean_ns_ += static_cast<double>(value.count()) * weight;
    weights += weight;
  }
  mean_ns_ /= weights;
}

}  // namespace double11::stages
