#pragma once
// A random duration of a scenario that is to be as it was measured: which one, what stands for the
// measurements, the piece of JSON that says so, and draws from it, made by the code that a run
// uses.

#include <double11/scenario/load.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/study/timings.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace double11::study {

/// The duration that is calibrated.
struct CalibrationTarget {
  enum class Place : std::uint8_t { payment, channel, station };

  Place place = Place::payment;
  std::string name;  ///< of the channel or station

  /// Limits of its key, in nanoseconds.
  [[nodiscard]] std::int64_t least_ns() const;
  [[nodiscard]] std::int64_t most_ns() const;
  /// Whether it may be empirical: channels have no histogram.
  [[nodiscard]] bool has_histogram() const { return place != Place::channel; }
  /// As target_of() reads it.
  [[nodiscard]] std::string key() const;
};

/// "payment.latency", "payment.channels[NAME].latency" or "network.stations[NAME].service"; nothing
/// for another text.
std::optional<CalibrationTarget> target_of(std::string_view key);

/// What stands for the measurements; the histogram only of an empirical law.
struct CalibratedLaw {
  scenario::RandomDuration law;
  std::vector<scenario::MeasuredDuration> histogram;
};

/// The measurements themselves, in at most `cells` (1 or more) cells, each at the mean of its
/// durations.
CalibratedLaw empirical(const Timings& timings, std::size_t cells);

/// The law as a piece of a scenario file: an object with only the keys that say it. Merged into a
/// scenario (RFC 7396) it changes payment; lists, which hold channels and stations, it replaces.
std::string piece_of(const CalibrationTarget& target, const CalibratedLaw& law);

/// A small scenario with nothing in it but such a piece, or what is wrong with that.
scenario::Loaded with_piece(const std::string& piece);

/// Puts the law into a scenario. False when it has no channel or station of that name.
bool put_into(scenario::Scenario& scenario, const CalibrationTarget& target,
              const CalibratedLaw& law);

/// `count` draws at the target of a loaded scenario, by the stage's own tables. The same for the
/// same seed.
Timings drawn_from(const scenario::Scenario& scenario, const CalibrationTarget& target,
                   std::int64_t count, std::uint64_t seed);

/// A figure as measured and as drawn.
struct CalibrationFigure {
  std::string name;  ///< "mean", "p50", "p99", "p99.9"
  double measured_ns = 0;
  double drawn_ns = 0;
  /// How many standard deviations of chance the draws are away from what the cells of the empirical
  /// law say: of a percentile, the share of draws up to its cell. 0 for other laws, which are not
  /// the measurements.
  double z = 0;
};

std::vector<CalibrationFigure> agreement(const Timings& measured, const CalibratedLaw& law,
                                         const Timings& drawn);

}  // namespace double11::study
