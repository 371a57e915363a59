// A duration a line, or a duration and a count.
#include <double11/core/units.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "study/timings_lines.hpp"

namespace double11::study {
namespace {

std::vector<std::string_view> fields_of(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find(separator);
    std::string_view field = trimmed(line.substr(0, end));
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields.push_back(field);
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

// The last word of a name such as latency_ms, "Latency (ms)" or "elapsed milliseconds".
double unit_in(std::string_view name) {
  std::string word;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalpha(letter) != 0) {
      word += static_cast<char>(std::tolower(letter));
    } else if (c != ')' && c != ']') {
      word.clear();
    }
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords{
      {{"nanos", "ns"},
       {"nanoseconds", "ns"},
       {"micros", "us"},
       {"microseconds", "us"},
       {"millis", "ms"},
       {"milliseconds", "ms"},
       {"sec", "s"},
       {"secs", "s"},
       {"seconds", "s"}}};
  for (const auto& [longer, unit] : kWords) {
    if (word == longer) return unit_ns_of(unit).value_or(0);
  }
  return unit_ns_of(word).value_or(0);
}

class CsvReader {
 public:
  CsvReader(const TimingsOptions& options, TimingsRead& read)
      : options_(options), sink_(options, read), unit_ns_(options.unit_ns) {}

  void read(TextLines& lines) {
    std::string_view line;
    for (bool is_first = true; lines.next(line) && !sink_.has_enough(); is_first = false) {
      where_ = fmt::format("line {}", lines.number());
      if (is_first && !begin(line)) return;
      if (is_first && is_header_) continue;
      if (!take(fields_of(line, separator_))) return;
    }
  }

 private:
  // The first line says how all are read. False after a mistake that would be one in every line.
  bool begin(std::string_view line) {
    for (const char candidate : {'\t', ';', ','}) {
      if (line.find(candidate) != std::string_view::npos) separator_ = candidate;
    }
    const auto fields = fields_of(line, separator_);
    columns_ = fields.size();
    is_header_ = std::none_of(fields.begin(), fields.end(), [](std::string_view field) {
      return number_of(field) || parse_duration(field);
    });
    if (!options_.column.empty()) {
      const auto at = std::find(fields.begin(), fields.end(), options_.column);
      if (!is_header_ || at == fields.end()) {
        sink_.complain(where_, line, "a header with the column " + options_.column);
        return false;
      }
      value_ = static_cast<std::size_t>(at - fields.begin());
      has_count_ = false;
    } else if (columns_ > 2) {
      sink_.complain(where_, line,
                     "a duration, or a duration and a count; of more columns --column NAME takes "
                     "one that the header names");
      return false;
    } else {
      has_count_ = columns_ == 2;
    }
    if (is_header_ && unit_ns_ == 0) unit_ns_ = unit_in(fields[value_]);
    return true;
  }

  // False after a mistake that would be one in every line.
  bool take(const std::vector<std::string_view>& fields) {
    if (fields.size() != columns_) {
      sink_.complain(where_, fmt::format("{} columns", fields.size()),
                     fmt::format("{}, as in the first line", columns_));
      return true;
    }
    const std::string_view text = fields[value_];
    const auto count = has_count_ ? parse_count(fields[1]) : 1;
    if (!count) {
      sink_.complain(where_ + ", column 2", fields[1], "a count: a whole number from 0 on");
      return true;
    }
    if (const auto number = number_of(text)) {
      if (unit_ns_ == 0) {
        sink_.complain(where_, text,
                       "a unit: --unit ns, us, ms or s, a header such as latency_ms, or values "
                       "such as 12.5ms");
        return false;
      }
      sink_.add(where_, text, *number * unit_ns_, *count);
    } else if (const auto duration = parse_duration(text)) {
      sink_.add(where_, text, static_cast<double>(duration->count()), *count);
    } else {
      sink_.complain(where_, text, "a duration, such as 12.5 or 12.5ms");
    }
    return true;
  }

  const TimingsOptions& options_;
  TimingsSink sink_;
  double unit_ns_;
  char separator_ = ',';
  bool is_header_ = false;
  bool has_count_ = false;
  std::size_t columns_ = 1;
  std::size_t value_ = 0;
  std::string where_;
};

}  // namespace

void read_csv(TextLines& lines, const TimingsOptions& options, TimingsRead& read) {
  CsvReader(options, read).read(lines);
}

}  // namespace double11::study
