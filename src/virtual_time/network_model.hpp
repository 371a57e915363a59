#pragma once
// A network scenario made ready: tables for everything random, routes by index.

#include <double11/core/alias_table.hpp>
#include <double11/core/quantile_table.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/empirical_law.hpp>
#include <double11/stages/retry_delay.hpp>
#include <double11/traffic/arrival_times.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace double11::virtual_time {

/// The target of a route that leaves the network.
inline constexpr std::uint32_t kOutside = UINT32_MAX;

/// Draws durations of one law from 64 random bits.
class DurationLaw {
 public:
  /// `cells`: the values of an empirical law.
  DurationLaw(const scenario::RandomDuration& duration,
              const std::vector<stages::EmpiricalLaw::Cell>& cells);

  /// Nanoseconds. At least 1 but for constant and empirical laws: no event of a job causes
  /// another at its own instant by rounding.
  [[nodiscard]] std::int64_t operator()(std::uint64_t bits) const {
    if (cells_) return (*cells_)(bits);
    const std::int64_t value = table_(bits);
    return value > least_ ? value : least_;
  }
  /// The same for many; of a law that is not empirical.
  void draw(std::span<const std::uint64_t> bits, std::span<std::int64_t> values) const {
    table_.draw(bits, least_, values);
  }
  [[nodiscard]] bool exists() const { return exists_; }
  /// Bounds of what can be drawn.
  [[nodiscard]] std::int64_t least() const { return (*this)(0); }
  [[nodiscard]] std::int64_t most() const { return table_(UINT64_MAX); }
  /// Whether all draws are the same.
  [[nodiscard]] bool is_constant() const { return !is_empirical() && least() == most(); }
  /// Roughly; of a law that is not empirical.
  [[nodiscard]] std::int64_t mean() const { return static_cast<std::int64_t>(table_.mean()); }
  [[nodiscard]] bool is_empirical() const { return cells_.has_value(); }

 private:
  QuantileTable table_;
  std::int64_t least_;
  bool exists_;
  std::optional<stages::EmpiricalLaw> cells_;
};

struct RouteChoice {
  std::uint64_t below;  ///< a 32-bit draw below this goes to `to`
  std::uint32_t to;
};

struct StationModel {
  const scenario::NetworkStation* config;
  DurationLaw service;
  DurationLaw patience;
  DurationLaw retrial;
  std::vector<RouteChoice> routes;  ///< by rising `below`; beyond the last: outside
  bool clocked;                     ///< the speed of services can change under way
  stages::RetryDelay retry_delay;
};

class NetworkModel {
 public:
  explicit NetworkModel(const scenario::Scenario& loaded);

  const scenario::Scenario& scenario;
  traffic::ArrivalLaw arrivals;
  std::vector<StationModel> stations;
  DurationLaw think;
  AliasTable classes;
  std::vector<std::uint32_t> levels;  ///< rank of a class by priority, 0 first
  std::uint32_t level_count;
  QuantileTable unit_exponential;  ///< in units of kUnit
  std::int64_t end_ns;             ///< of the simulation
  std::int64_t warm_up_ns;

  /// Fixed-point unit of that table.
  static constexpr double kUnit = 16777216.0;

  [[nodiscard]] std::uint64_t seed_of(std::uint64_t replication) const;
  /// Seed of what happens at a copy of a station; by its name, so that others may come and go.
  [[nodiscard]] std::uint64_t seed_of(std::uint64_t replication, std::size_t station,
                                      std::uint32_t branch) const;
};

}  // namespace double11::virtual_time
