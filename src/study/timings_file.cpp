#include <double11/core/units.hpp>
#include <double11/scenario/order_row.hpp>
#include <double11/study/timings_file.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "study/timings_lines.hpp"

namespace double11::study {
namespace {

constexpr std::size_t kLineMost = std::size_t{64} << 10U;

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> unit_ns_of(std::string_view word) {
  if (word == "ns") return 1;
  if (word == "us") return 1e3;
  if (word == "ms") return 1e6;
  if (word == "s") return 1e9;
  return std::nullopt;
}

bool TextLines::next(std::string_view& line) {
  while (take()) {
    line = trimmed(line_);
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (number_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    if (!line.empty()) return true;
  }
  return false;
}

// Character by character from the stream's buffer, so that a file without line ends fills no
// memory.
bool TextLines::take() {
  line_.clear();
  std::streambuf& buffer = *file_.rdbuf();
  bool any = false;
  for (int c = buffer.sbumpc(); c != std::char_traits<char>::eof(); c = buffer.sbumpc()) {
    any = true;
    if (c == '\n') break;
    if (line_.size() < kLineMost) line_ += static_cast<char>(c);
  }
  if (any) ++number_;
  return any;
}

void TimingsSink::complain(const std::string& where, std::string_view found,
                           const std::string& allowed) {
  const auto same =
      std::find_if(complaints_.begin(), complaints_.end(),
                   [&](const Complaint& complaint) { return complaint.allowed == allowed; });
  if (same != complaints_.end()) {
    ++same->more;
    return;
  }
  const std::string text = where + ": " + scenario::mistake_of(0, found, allowed).message;
  complaints_.push_back({allowed, text});
}

void TimingsSink::tell() {
  for (const Complaint& complaint : complaints_) {
    std::string text = complaint.text;
    if (complaint.more > 0) {
      text += fmt::format(" (and {} more line{} like it)", grouped(complaint.more),
                          complaint.more == 1 ? "" : "s");
    }
    read_.mistakes.push_back(std::move(text));
  }
}

bool TimingsSink::add(const std::string& where, std::string_view text, double value_ns,
                      std::int64_t count) {
  if (value_ns < 0 || value_ns > static_cast<double>(options_.most_ns)) {
    complain(where, text,
             fmt::format("{} to {}", text_of_duration(Duration(options_.least_ns)),
                         text_of_duration(Duration(options_.most_ns))));
    return false;
  }
  if (count > Timings::kCountMost - read_.timings.count()) {
    complain(where, text, fmt::format("{} durations in all", text_of_count(Timings::kCountMost)));
    return false;
  }
  const std::int64_t rounded = std::llround(value_ns);
  if (rounded < options_.least_ns) read_.raised += count;
  if (count > 0) read_.timings.add(std::max(rounded, options_.least_ns), count);
  return true;
}

TimingsRead read_timings(std::istream& file, const TimingsOptions& options) {
  TimingsRead read;
  TextLines lines(file);
  if (options.format == TimingsFormat::csv) {
    read_csv(lines, options, read);
  } else {
    read_hgrm(lines, options, read);
  }
  if (read.mistakes.empty() && read.timings.count() == 0) {
    read.mistakes.emplace_back("found no duration; allowed: at least one");
  }
  return read;
}

}  // namespace double11::study
