// Percentiles as HdrHistogram writes them.
#include <double11/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "study/timings_lines.hpp"

namespace double11::study {
namespace {

// What lies between two lines is spread over so many values at most.
constexpr std::int64_t kSpread = 16;
// Footers are of the exact values or of the cells', which are this far off at two digits.
constexpr double kPrintedShare = 0.02;
// Of the last digit that is printed.
constexpr double kPrinted = 0.001;

double rounding(double value) {
  return kPrintedShare * value + kPrinted;
}

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
      : read_(read), sink_(options, read), asked_ns_(options.unit_ns), unit_ns_(options.unit_ns) {}

  void read(TextLines& lines) {
    walk(lines);
    sink_.tell();
  }

 private:
  void walk(TextLines& lines) {
    std::string_view line;
    while (lines.next(line)) {
      const std::string where = fmt::format("line {}", lines.number());
      if (line.front() == '#') {
        if (!heed(where, line)) return;
      } else if (line.starts_with("\"Value")) {
        has_footer_ = true;  // this form of it has none
      } else if (!line.starts_with("Value")) {
        if (!take(where, line)) return;
      }
    }
    if (!is_first_) end(lines.number());
  }

  // False after a mistake that makes all lines wrong.
  bool heed(const std::string& where, std::string_view comment) {
    const double stated_ns = unit_ns_of(said(comment, "Unit")).value_or(0);
    if (stated_ns > 0 && asked_ns_ > 0 && stated_ns != asked_ns_) {
      sink_.complain(where, comment, "the unit of --unit, or no --unit");
      return false;
    }
    if (unit_ns_ == 0) unit_ns_ = stated_ns;
    if (const auto mean = number_of(said(comment, "#[Mean"))) {
      read_.mean_ns = *mean * unit_ns_;
      check_mean(where, *mean);
    }
    if (const auto most = number_of(said(comment, "#[Max"))) check_most(where, *most);
    if (const auto total = number_of(said(comment, "Total count"))) {
      has_footer_ = true;
      if (*total != static_cast<double>(total_)) {
        sink_.complain(where, said(comment, "Total count"),
                       fmt::format("{}, the last TotalCount above: lines are missing", total_));
        return false;
      }
    }
    return true;
  }

  // A mean lies between those that the lines allow: of each step its lower and its upper end.
  void check_mean(const std::string& where, double mean) {
    if (total_ == 0) return;
    const double least = least_sum_ / static_cast<double>(total_);
    const double most = most_sum_ / static_cast<double>(total_);
    if (mean >= least - rounding(least) && mean <= most + rounding(most)) return;
    read_.notes.push_back(
        fmt::format("{}: the mean {} contradicts the lines above, which allow {:.6g} to {:.6g}",
                    where, mean, least, most));
  }

  void check_most(const std::string& where, double most) {
    if (total_ == 0 || std::abs(most - value_) <= rounding(std::max(most, value_))) return;
    read_.notes.push_back(
        fmt::format("{}: the maximum {} contradicts the last line above, {}", where, most, value_));
  }

  // A line's total count is at least its percentile of all.
  void check_share(const std::string& where, double share, std::int64_t total) {
    if (share <= 0 || static_cast<double>(total) / share >= most_total_) return;
    most_total_ = static_cast<double>(total) / share;
    most_total_where_ = where;
  }

  // What is cut off at the end would be the longest times.
  void end(std::int64_t number) {
    if (static_cast<double>(total_) > most_total_ * (1 + kPrintedShare) + 1) {
      read_.notes.push_back(fmt::format(
          "{}: its percentile contradicts its total count, of which there are {} in the end",
          most_total_where_, total_));
    }
    if (share_ < 1) {
      sink_.complain(fmt::format("line {}", number),
                     fmt::format("the end of the file after the percentile {}", share_),
                     "a file that goes on to the percentile 1: its end is missing");
    } else if (!has_footer_) {
      read_.notes.emplace_back(
          "The file has no total count at its end, so nobody can say that it is whole");
    }
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
    if (*value < value_ || *total < total_ || *share < share_ || *share > 1) {
      sink_.complain(where, line,
                     fmt::format("a value from {:.3f}, a percentile from {} to 1 and a total count "
                                 "from {} on, as in the line before",
                                 value_, share_, total_));
      return false;
    }
    if (!spread(where, fields[0], *value, *total - total_)) return false;
    check_share(where, *share, *total);
    const auto more = static_cast<double>(*total - total_);
    most_sum_ += more * *value;
    least_sum_ += more * (is_first_ ? 0 : value_);
    value_ = *value;
    share_ = *share;
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
  double asked_ns_;
  double unit_ns_;
  bool is_first_ = true;
  bool has_footer_ = false;
  double value_ = 0;
  double share_ = 0;
  std::int64_t total_ = 0;
  // If all between two lines were at the upper one, or at the lower one.
  double most_sum_ = 0;
  double least_sum_ = 0;
  double most_total_ = std::numeric_limits<double>::infinity();  // that percentiles allow
  std::string most_total_where_;
};

}  // namespace

void read_hgrm(TextLines& lines, const TimingsOptions& options, TimingsRead& read) {
  HgrmReader(options, read).read(lines);
}

}  // namespace double11::study
