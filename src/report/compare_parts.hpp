#pragma once
// The figures of two results, one under the other, and what became of each.

#include <double11/report/compare.hpp>

#include <cstdint>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace double11::report {

/// Which way a figure should go.
enum class Good : std::uint8_t { high, low, neither };

/// A figure of two results, and how far chance moves their difference.
struct Pair {
  double before;
  double after;
  double noise;
};

/// Writes figures into a comparison, whose threshold decides what became of them.
class Differences {
 public:
  explicit Differences(Comparison& comparison) : comparison_(comparison) {}

  void add(const std::string& name, scenario::MetricUnit unit, Good good, const Pair& pair);
  void leave_out(const std::string& name, std::string why) {
    comparison_.left_out.push_back({name, std::move(why)});
  }

 private:
  Comparison& comparison_;
};

/// Of two results of sales. Throws what Json throws when they lack what such results have.
void compare_sales(const nlohmann::ordered_json& before, const nlohmann::ordered_json& after,
                   Differences& differences);

/// Of two results of networks. Throws NoResult when one has a single replication.
void compare_networks(const nlohmann::ordered_json& before, const nlohmann::ordered_json& after,
                      Differences& differences);

}  // namespace double11::report
