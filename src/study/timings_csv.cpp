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

std::string lower(std::string_view text) {
  std::string small;
  for (const char c : text) {
    small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return small;
}

// Letters together; what is between words is left out but a slash, which is a word. Bytes beyond
// ASCII are letters: of µs, or of a name such as accès that ends with no seconds.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : lower(name)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0 || byte > 0x7f) {
      words.back() += c;
    } else if (c == '/') {
      words.insert(words.end(), {"/", ""});
    } else if (c != ')' && c != ']' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

// Whether the last word is what something is counted by, as in "requests per ms" or "orders/s".
bool is_rate(const std::vector<std::string>& words) {
  const auto before = std::find_if(words.rbegin() + 1, words.rend(),
                                   [](const std::string& word) { return !word.empty(); });
  return before != words.rend() && (*before == "per" || *before == "/");
}

// Of a name such as latency_ms, "Latency (ms)" or "elapsed milliseconds", by its last word.
double unit_in(std::string_view name) {
  const auto words = words_of(name);
  const std::string& word = words.back();
  if (is_rate(words)) return 0;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kWords{
      {{"nanos", "ns"},
       {"nanoseconds", "ns"},
       {"\xC2\xB5s", "us"},  // the micro sign
       {"\xCE\xBCs", "us"},  // the Greek letter
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

// What may be the name of a column. A number with a mistake in it, or what stands for no number, is
// not, or the first measurement would be lost without a word.
bool is_name(std::string_view field) {
  constexpr std::array<std::string_view, 7> kNoNumber{
      {"nan", "inf", "infinity", "null", "none", "na", "n/a"}};
  if (number_of(field) || parse_duration(field)) return false;
  const std::string small = lower(field);
  if (std::find(kNoNumber.begin(), kNoNumber.end(), small) != kNoNumber.end()) return false;
  const auto first = static_cast<unsigned char>(small.empty() ? ' ' : small.front());
  return std::isalpha(first) != 0 || first == '_' || first == '#' || first > 0x7f;
}

// The whole name: "error count" and n_retries count something else than measurements.
bool is_count_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames{
      {"count", "counts", "n", "freq", "frequency", "occurrences", "hits", "samples"}};
  return std::find(kNames.begin(), kNames.end(), lower(name)) != kNames.end();
}

class CsvReader {
 public:
  CsvReader(const TimingsOptions& options, TimingsRead& read)
      : options_(options), read_(read), sink_(options, read), unit_ns_(options.unit_ns) {}

  void read(TextLines& lines) {
    walk(lines);
    sink_.tell();
  }

 private:
  void walk(TextLines& lines) {
    std::string_view line;
    for (bool is_first = true; lines.next(line); is_first = false) {
      where_ = fmt::format("line {}", lines.number());
      if (is_first && !begin(line)) return;
      if (is_first && is_header_) continue;
      if (!take(fields_of(line, separator_))) return;
    }
  }

  // The first line says how all are read. False after a mistake that would be one in every line.
  bool begin(std::string_view line) {
    for (const char candidate : {'\t', ';', ','}) {
      if (line.find(candidate) != std::string_view::npos) separator_ = candidate;
    }
    const auto fields = fields_of(line, separator_);
    columns_ = fields.size();
    const bool good = options_.column.empty() ? choose(line, fields) : find_column(line, fields);
    if (!good || !is_header_) return good;
    const double stated_ns = unit_in(fields[value_]);
    if (stated_ns > 0 && unit_ns_ > 0 && stated_ns != unit_ns_) {
      sink_.complain(where_, fields[value_], "the unit of --unit, or no --unit");
      return false;
    }
    if (unit_ns_ == 0) unit_ns_ = stated_ns;
    if (stated_ns == 0 && options_.column.empty()) {
      read_.notes.push_back(fmt::format("Line 1 was taken as the header: {}", line));
    }
    return true;
  }

  bool find_column(std::string_view line, const std::vector<std::string_view>& fields) {
    is_header_ = std::none_of(fields.begin(), fields.end(), [](std::string_view field) {
      return number_of(field) || parse_duration(field);
    });
    const auto at = std::find(fields.begin(), fields.end(), options_.column);
    if (!is_header_ || at == fields.end()) {
      sink_.complain(where_, line, "a header with the column " + options_.column);
      return false;
    }
    value_ = static_cast<std::size_t>(at - fields.begin());
    return true;
  }

  // Without --column: the first is the duration, and a count may follow.
  bool choose(std::string_view line, const std::vector<std::string_view>& fields) {
    if (columns_ > 2) {
      sink_.complain(where_, line,
                     "a duration, or a duration and a count; of more columns --column NAME takes "
                     "one that the header names");
      return false;
    }
    is_header_ = std::all_of(fields.begin(), fields.end(), is_name);
    has_count_ = columns_ == 2;
    if (!is_header_ && !number_of(fields[0]) && !parse_duration(fields[0])) {
      sink_.complain(where_, fields[0],
                     "a duration, such as 12.5 or 12.5ms, or a header, with a letter first in "
                     "each name");
      return false;
    }
    if (!has_count_) return true;
    if (is_header_ && !is_count_name(fields[1])) {
      sink_.complain(where_, line,
                     "a second column called count, n, frequency, occurrences, hits or samples; "
                     "of other columns --column NAME takes one");
      return false;
    }
    if (!is_header_) {
      read_.notes.emplace_back(
          "Two columns without a header: read as a duration and how often it was measured");
    }
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
  TimingsRead& read_;
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
