// Percentiles as HdrHistogram writes them.
#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "study/timings_lines.hpp"

namespace double11::study {
namespace {

// What lies between two lines is spread over so many values at most.
constexpr std::int64_t kSpread = 16;

std::vector<std::string_view> fields_of(std::string_view line) {
  constexpr std::string_view kBetween = " \t,";
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t first = line.find_first_not_of(kBetween);
    if (first == std::string_view::npos) return fields;
    line.remove_prefix(first);
    const std::size_t length = std::min(line.find_first_of(kBetween), line.size());
    fields.push_back(line.substr(0, length));
    line.remove_prefix(length);
  }
}

// The text after `name` and "=" in a comment such as "#[Mean    =   12.5, StdDeviation = 3]".
std::string_view said(std::string_view comment, std::string_view name) {
  const std::size_t at = comment.find(name);
  if (at == std::string_view::npos) return {};
  const std::size_t equals = comment.find('=', at);
  if (equals == std::string_view::npos) return {};
  const std::string_view rest = comment.substr(equals + 1);
  return trimmed(rest.substr(0, rest.find_first_of(",]")));
}

class HgrmReader {
 public:
  HgrmReader(const TimingsOptions& options, TimingsRead& read)
      : read_(read), sink_(options, read), unit_ns_(options.unit_ns) {}

  void read(TextLines& lines) {
    std::string_view line;
    while (lines.next(line) && !sink_.has_enough()) {
      const std::string where = fmt::format("line {}", lines.number());
      if (line.front() == '#') {
        heed(line);
      } else if (!line.starts_with("Value") && !line.starts_with("\"Value")) {
        if (!take(where, line)) return;
      }
    }
  }

 private:
  void heed(std::string_view comment) {
    if (unit_ns_ == 0) unit_ns_ = unit_ns_of(said(comment, "Unit")).value_or(0);
    if (const auto mean = number_of(said(comment, "#[Mean"))) read_.mean_ns = *mean * unit_ns_;
  }

  // False after a mistake: what follows is meant to follow from it.
  bool take(const std::string& where, std::string_view line) {
    const auto fields = fields_of(line);
    const auto value = fields.size() < 3 ? std::nullopt : number_of(fields[0]);
    const auto share = value ? number_of(fields[1]) : std::nullopt;
    const auto total = share ? parse_count(fields[2]) : std::nullopt;
    if (!total) {
      sink_.complain(where, line, "Value, Percentile and TotalCount, as HdrHistogram writes them");
      return false;
    }
    if (unit_ns_ == 0) {
      sink_.complain(where, fields[0], "a unit: --unit ns, us, ms or s");
      return false;
    }
    if (*value < value_ || *total < total_) {
      sink_.complain(where, line,
                     fmt::format("a value from {:.3f} and a total count from {} on, as in the line "
                                 "before",
                                 value_, total_));
      return false;
    }
    if (!spread(where, fields[0], *value, *total - total_)) return false;
    value_ = *value;
    total_ = *total;
    is_first_ = false;
    return true;
  }

  // Evenly above the value of the line before; the first line has nothing below it.
  bool spread(const std::string& where, std::string_view text, double value, std::int64_t count) {
    const std::int64_t parts = is_first_ || value == value_ ? 1 : std::min(count, kSpread);
    const double from = is_first_ ? value : value_;
    for (std::int64_t part = 1; part <= parts; ++part) {
      const std::int64_t here = count * part / parts - count * (part - 1) / parts;
      const double at =
          std::lerp(from, value, static_cast<double>(part) / static_cast<double>(parts));
      if (!sink_.add(where, text, at * unit_ns_, here)) return false;
    }
    return true;
  }

  TimingsRead& read_;
  TimingsSink sink_;
  double unit_ns_;
  bool is_first_ = true;
  double value_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

void read_hgrm(TextLines& lines, const TimingsOptions& options, TimingsRead& read) {
  HgrmReader(options, read).read(lines);
}

}  // namespace double11::study
