#include <double11/study/scaling_file.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <optional>
#include <sstream>

#include <fmt/format.h>

namespace double11::study {
namespace {

constexpr double kMost = 1e15;

struct Columns {
  std::optional<std::size_t> capacity;
  std::optional<std::size_t> throughput;
  std::optional<std::size_t> weight;
};

// Without quotes, too.
std::string bare(const std::string& text) {
  constexpr const char* kAround = " \t\r\"";
  const std::size_t first = text.find_first_not_of(kAround);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

std::vector<std::string> cells_of(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, separator);) cells.push_back(bare(cell));
  return cells;
}

// That of the first line; a spreadsheet's may be another than a comma.
char separator_in(const std::string& line) {
  for (const char separator : {'\t', ';'}) {
    if (line.find(separator) != std::string::npos) return separator;
  }
  return ',';
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Columns columns_of(const std::vector<std::string>& names) {
  Columns columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower(names[i]);
    if (name == "n") columns.capacity = i;
    if (name == "throughput") columns.throughput = i;
    if (name == "weight") columns.weight = i;
  }
  return columns;
}

// The first of the names that are read which two columns have; empty: none.
std::string twice_in(const std::vector<std::string>& names) {
  for (const char* const name : {"n", "throughput", "weight"}) {
    const auto is_name = [&](const std::string& one) { return lower(one) == name; };
    if (std::count_if(names.begin(), names.end(), is_name) > 1) return name;
  }
  return {};
}

class Reader {
 public:
  void read(const std::string& line, std::size_t number) {
    if (!columns_) {
      begin(line, number);
      return;
    }
    const std::vector<std::string> cells = cells_of(line, separator_);
    if (cells.size() > names_) {
      complain(number, fmt::format("found {} fields in \"{}\", allowed are {}, as in the first "
                                   "line, and numbers such as 1234.5 without another comma",
                                   cells.size(), bare(line), names_));
      return;
    }
    const double capacity = value_of(cells, *columns_->capacity, "n", 1, number);
    const double throughput = value_of(cells, *columns_->throughput, "throughput", 0, number);
    const double weight =
        columns_->weight ? value_of(cells, *columns_->weight, "weight", 0, number) : 1;
    points.push_back({capacity, throughput, weight});
  }
  [[nodiscard]] bool hopeless() const { return hopeless_; }

  std::vector<ScalingPoint> points;
  std::vector<std::string> problems;

 private:
  // By the line with the names.
  void begin(const std::string& line, std::size_t number) {
    separator_ = separator_in(line);
    const std::vector<std::string> names = cells_of(line, separator_);
    names_ = names.size();
    columns_ = columns_of(names);
    const std::string twice = twice_in(names);
    hopeless_ = !columns_->capacity || !columns_->throughput || !twice.empty();
    if (!twice.empty()) {
      complain(number, fmt::format("found the column {} more than once in \"{}\", allowed is one",
                                   twice, bare(line)));
    } else if (hopeless_) {
      complain(number, fmt::format("found \"{}\", allowed are names of columns, n and throughput "
                                   "among them, with commas, semicolons or tabs between",
                                   bare(line)));
    }
  }

  void complain(std::size_t number, const std::string& what) {
    problems.push_back(fmt::format("line {}: {}", number, what));
  }

  // A least value of 0 is not allowed itself.
  double value_of(const std::vector<std::string>& cells, std::size_t at, const char* name,
                  double least, std::size_t number) {
    const std::string text = at < cells.size() ? cells[at] : std::string();
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    const bool is_number = !text.empty() && parsed.ec == std::errc() && parsed.ptr == end;
    if (is_number && value >= least && value > 0 && value <= kMost) return value;
    complain(number, fmt::format("{}: found \"{}\", allowed is a number {} and up to 1e15", name,
                                 text, least > 0 ? "from 1" : "above 0"));
    return 1;
  }

  std::optional<Columns> columns_;
  std::size_t names_ = 0;  // in the first line
  char separator_ = ',';
  bool hopeless_ = false;
};

}  // namespace

std::variant<std::vector<ScalingPoint>, std::vector<std::string>> parse_points(
    std::string_view csv) {
  Reader reader;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (csv.starts_with(kByteOrderMark)) csv.remove_prefix(kByteOrderMark.size());
  std::istringstream stream{std::string(csv)};
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line) && !reader.hopeless();) {
    ++number;
    const std::string text = bare(line);
    if (!text.empty() && text.front() != '#') reader.read(line, number);
  }
  if (reader.problems.empty() && reader.points.empty()) reader.problems.push_back("has no points");
  if (!reader.problems.empty()) return reader.problems;
  return reader.points;
}

}  // namespace double11::study
