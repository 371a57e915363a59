#pragma once
// Measured durations from a file, line by line, never held as a whole:
//
//   CSV     a duration a line, or a duration and how often it was measured; a header may name them
//           and the unit (latency_ms), and then has to call the second column count, n, frequency
//           or the like. Separated by commas, semicolons or tabs.
//   .hgrm   the percentiles that HdrHistogram (Tene) writes as text: Value, Percentile, TotalCount.
//           What lies between two lines is spread evenly there, so its percentiles are exact and
//           its mean nearly so. It has to reach the percentile 1 and the total count it states.

#include <double11/study/timings.hpp>

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace double11::study {

enum class TimingsFormat : std::uint8_t { csv, hgrm };

struct TimingsOptions {
  TimingsFormat format = TimingsFormat::csv;
  /// Nanoseconds of a unit (unit_ns_of()); 0: the file says it. A file that says another is wrong.
  double unit_ns = 0;
  /// Name of the CSV's column that holds the durations; empty: the first, and a count may follow.
  std::string column;
  /// What is allowed. Shorter ones are taken as `least_ns`.
  std::int64_t least_ns = 0;
  std::int64_t most_ns = Timings::kMostNs;
};

struct TimingsRead {
  Timings timings;
  /// What is wrong, each kind once by its first line: "line 7: found ...; allowed: ...", and how
  /// many lines more there are of it. With any, `timings` is not to be used. A file without a
  /// single duration is a mistake, too.
  std::vector<std::string> mistakes;
  /// How the file was read where it leaves a doubt: sentences without a full stop.
  std::vector<std::string> notes;
  std::int64_t raised = 0;        ///< how many were shorter than `least_ns`
  std::optional<double> mean_ns;  ///< what an .hgrm says itself
};

/// Nanoseconds of "ns", "us", "ms" or "s"; nothing for another word.
std::optional<double> unit_ns_of(std::string_view word);

/// Reads to the end. One thread; memory does not grow with the file.
TimingsRead read_timings(std::istream& file, const TimingsOptions& options);

}  // namespace double11::study
