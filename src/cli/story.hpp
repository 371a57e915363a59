#pragma once
// A told story: a question, what was measured to answer it, and what it means. The same parts are
// printed in a terminal and put into a page.

#include <double11/core/time.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace double11::cli {

/// Cells as text; a title that begins with # is of a column of numbers.
struct StoryTable {
  std::string caption;
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;
};

/// A bar for each row, longest where `value` is largest.
struct StoryBars {
  struct Bar {
    std::string label;
    double value = 0;  ///< not negative
    std::string text;  ///< the value for people
  };

  std::string caption;
  std::vector<Bar> bars;
};

/// How something went over scenario time.
struct StoryTimeline {
  enum class Unit : std::uint8_t { per_second, people, nanoseconds };

  std::string caption;
  std::string label;  ///< of the values
  Unit unit = Unit::per_second;
  Duration spacing{0};         ///< of scenario time, between two values
  std::vector<double> values;  ///< not negative
  double mark = 0;             ///< a level to compare with; 0: none
  std::string mark_label;
};

class Story {
 public:
  Story(std::string name, std::string question);

  /// The answer in plain words, printed before everything else.
  void answer(std::string text) { answer_ = std::move(text); }
  /// A few plain sentences.
  void say(std::string text) { parts_.emplace_back(std::move(text)); }
  void show(StoryTable table) { parts_.emplace_back(std::move(table)); }
  void show(StoryBars bars) { parts_.emplace_back(std::move(bars)); }
  void show(StoryTimeline timeline) { parts_.emplace_back(std::move(timeline)); }
  /// Where it comes from: author, title, place, year, address.
  void source(std::string text) { sources_.push_back(std::move(text)); }
  /// A command to try, and what for.
  void next(std::string command, std::string why) {
    next_.push_back({std::move(command), std::move(why)});
  }
  /// Somebody stopped it.
  void interrupt() { interrupted_ = true; }
  [[nodiscard]] bool is_interrupted() const { return interrupted_; }

  /// At most 80 columns.
  [[nodiscard]] std::string text() const;
  /// A JSON object.
  [[nodiscard]] std::string json() const;

 private:
  struct Next {
    std::string command;
    std::string why;
  };

  std::string name_;
  std::string question_;
  std::string answer_;
  std::vector<std::variant<std::string, StoryTable, StoryBars, StoryTimeline>> parts_;
  std::vector<std::string> sources_;
  std::vector<Next> next_;
  bool interrupted_ = false;
};

/// Shows the rows that a table has when an exception, such as of somebody who stops the story, ends
/// what fills it. Both must outlive it.
class KeptRows {
 public:
  KeptRows(Story& story, StoryTable& table)
      : story_(story), table_(table), exceptions_(std::uncaught_exceptions()) {}
  ~KeptRows() {
    if (std::uncaught_exceptions() > exceptions_ && !table_.rows.empty()) {
      story_.show(std::move(table_));
    }
  }
  KeptRows(const KeptRows&) = delete;
  KeptRows& operator=(const KeptRows&) = delete;

 private:
  Story& story_;
  StoryTable& table_;
  int exceptions_;
};

/// The document of some stories.
std::string json_of(const std::vector<Story>& stories);

/// The page of such a document: one HTML file that needs no network.
std::string demo_page_of(std::string_view json);

}  // namespace double11::cli
