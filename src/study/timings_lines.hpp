#pragma once
// What both formats of measured durations have in common: lines, numbers, mistakes, limits.

#include <double11/study/timings_file.hpp>

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace double11::study {

/// Walks over the lines; empty ones are passed over. One thread.
class TextLines {
 public:
  explicit TextLines(std::istream& file) : file_(file) {}

  /// The next line without its end and what is blank around it, valid until the next call; false at
  /// the end. A line longer than 64 KiB is cut there.
  bool next(std::string_view& line);
  [[nodiscard]] std::int64_t number() const { return number_; }

 private:
  bool take();

  std::istream& file_;
  std::string line_;
  std::int64_t number_ = 0;
};

std::string_view trimmed(std::string_view text);

/// A number written as 12, 12.5 or 1.2e3; nothing for another text. Finite.
std::optional<double> number_of(std::string_view text);

/// Takes what lines say into a TimingsRead, within the limits of the options.
class TimingsSink {
 public:
  TimingsSink(const TimingsOptions& options, TimingsRead& read) : options_(options), read_(read) {}

  /// `where` is "line 7" or finer. Of those with the same `allowed` the first is kept, the others
  /// are counted.
  void complain(const std::string& where, std::string_view found, const std::string& allowed);
  [[nodiscard]] bool has_complaints() const { return !complaints_.empty(); }
  /// Hands all complaints over; to be called once, at the end.
  void tell();

  /// False after a complaint about `text`, which says `value_ns`.
  bool add(const std::string& where, std::string_view text, double value_ns, std::int64_t count);

 private:
  struct Complaint {
    std::string allowed;
    std::string text;
    std::int64_t more = 0;  // lines that are wrong in the same way
  };

  const TimingsOptions& options_;
  TimingsRead& read_;
  std::vector<Complaint> complaints_;
};

void read_csv(TextLines& lines, const TimingsOptions& options, TimingsRead& read);
void read_hgrm(TextLines& lines, const TimingsOptions& options, TimingsRead& read);

}  // namespace double11::study
