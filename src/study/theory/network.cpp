#include <double11/core/ensure.hpp>
#include <double11/study/theory/mmc.hpp>
#include <double11/study/theory/network.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace double11::study::theory {

namespace {

using Matrix = std::vector<std::vector<double>>;

// Solves matrix x = right by elimination with row exchange; both are used up.
std::vector<double> solve(Matrix matrix, std::vector<double> right) {
  const std::size_t size = right.size();
  for (std::size_t column = 0; column < size; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < size; ++row) {
      if (std::abs(matrix[row][column]) > std::abs(matrix[pivot][column])) pivot = row;
    }
    ensure(std::abs(matrix[pivot][column]) > 1e-12, "some customers can never leave the network");
    std::swap(matrix[pivot], matrix[column]);
    std::swap(right[pivot], right[column]);
    for (std::size_t row = column + 1; row < size; ++row) {
      const double factor = matrix[row][column] / matrix[column][column];
      for (std::size_t k = column; k < size; ++k) matrix[row][k] -= factor * matrix[column][k];
      right[row] -= factor * right[column];
    }
  }
  for (std::size_t row = size; row-- > 0;) {
    for (std::size_t k = row + 1; k < size; ++k) right[row] -= matrix[row][k] * right[k];
    right[row] /= matrix[row][row];
  }
  return right;
}

}  // namespace

OpenNetwork jackson_network(std::span<const NetworkNode> nodes) {
  const std::size_t size = nodes.size();
  Matrix balance(size, std::vector<double>(size, 0.0));
  std::vector<double> external(size);
  for (std::size_t i = 0; i < size; ++i) {
    balance[i][i] += 1;
    external[i] = nodes[i].external_rate;
    ensure(nodes[i].next.size() <= size, "a node sends to nodes of the network");
    for (std::size_t j = 0; j < nodes[i].next.size(); ++j) balance[j][i] -= nodes[i].next[j];
  }
  OpenNetwork network;
  network.arrival_rates = solve(std::move(balance), external);
  double entering = 0;
  for (std::size_t i = 0; i < size; ++i) {
    double leaves = 1;
    for (const double probability : nodes[i].next) leaves -= probability;
    const double rate = network.arrival_rates[i];
    network.exit_rates.push_back(rate * std::max(0.0, leaves));
    // A node that nobody visits is empty.
    network.nodes.push_back(rate > 0 ? mmc(rate, nodes[i].service_rate, nodes[i].servers)
                                     : QueueMeans{});
    network.mean_in_system += network.nodes.back().mean_in_system;
    entering += external[i];
  }
  ensure(entering > 0, "somebody enters the network");
  network.mean_sojourn = network.mean_in_system / entering;
  return network;
}

Tandem tandem_mm1(double arrival_rate, std::span<const double> service_rates) {
  Tandem tandem;
  for (const double service_rate : service_rates) {
    tandem.nodes.push_back(mm1(arrival_rate, service_rate));
    const double sojourn = tandem.nodes.back().mean_sojourn;
    tandem.mean_in_system += tandem.nodes.back().mean_in_system;
    tandem.mean_sojourn += sojourn;
    tandem.sojourn_variance += sojourn * sojourn;
  }
  return tandem;
}

}  // namespace double11::study::theory
