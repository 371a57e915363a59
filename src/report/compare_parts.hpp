#pragma once
// The figures of two results, one under the other, and what became of each.

#include <double11/report/compare.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Which way a figure should go.
enum class Good : std::uint8_t { high, low, neither };

class Differences {
 public:
  /// A relative change up to `threshold` is none.
  explicit Differences(double threshold) : threshold_(threshold) {}

  void add(const std::string& name, scenario::MetricUnit unit, Good good, double before,
           double after, double noise);
  [[nodiscard]] std::vector<Difference> take() { return std::move(figures_); }

 private:
  double threshold_;
  std::vector<Difference> figures_;
};

/// Of two results of sales. Throws what Json throws when they lack what such results have.
std::vector<Difference> differences_of_sales(const nlohmann::ordered_json& before,
                                             const nlohmann::ordered_json& after, double threshold);

/// Of two results of networks. Throws NoResult when one has a single replication.
std::vector<Difference> differences_of_networks(const nlohmann::ordered_json& before,
                                                const nlohmann::ordered_json& after,
                                                double threshold);

}  // namespace double11::report
