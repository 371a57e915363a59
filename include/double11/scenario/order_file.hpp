#pragma once
// A file of orders (order_row.hpp), checked line by line when the scenario is loaded and read again
// while it runs; never held as a whole. What the check keeps is where in the file which time is, so
// that anybody can begin anywhere.

#include <double11/scenario/load.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace double11::scenario {

/// An open file, read at any place by any number of threads. The file may be moved or removed
/// meanwhile, but not changed.
class OrderFile {
 public:
  /// Opens it; `is_open()` says whether that worked, else errno says why not.
  explicit OrderFile(const std::filesystem::path& path);
  ~OrderFile();
  OrderFile(const OrderFile&) = delete;
  OrderFile& operator=(const OrderFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_ >= 0; }

  /// Reads up to `size` bytes at `offset`; returns how many, 0 at the end and after an error. Any
  /// thread.
  std::size_t read(std::int64_t offset, char* into, std::size_t size) const;

 private:
  int file_;
};

/// Walks over the lines of a file from a place on. Empty lines are passed over. One thread.
class OrderLines {
 public:
  /// Keeps a reference. `offset` is the begin of a line.
  OrderLines(const OrderFile& file, std::int64_t offset, std::int64_t line = 1);

  /// Longest line; a longer one is cut there, and so has too few or false columns.
  static constexpr std::size_t kLineMost = 4096;

  /// The next line without its end, valid until the next call; false at the end of the file.
  bool next(std::string_view& line);

  /// Where the line that next() gave begins, and its number.
  [[nodiscard]] std::int64_t offset() const { return line_offset_; }
  [[nodiscard]] std::int64_t number() const { return line_number_; }

 private:
  bool take_line(std::string_view& line);

  const OrderFile& file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what is not read yet, in the buffer
  std::size_t end_ = 0;
  std::int64_t read_offset_;  // of the end of the buffer, in the file
  std::int64_t next_number_;
  std::int64_t line_offset_ = 0;
  std::int64_t line_number_ = 0;
};

/// What the check of a file leaves for the run.
struct Replay {
  explicit Replay(const std::filesystem::path& path) : file(path) {}

  /// The first basket of a slice of scenario time.
  struct Mark {
    std::uint64_t slice;
    std::int64_t offset;
  };
  /// Least number of baskets from one mark to the next.
  static constexpr std::int64_t kMarkEvery = 1024;

  OrderFile file;
  bool has_order_column = false;
  std::vector<Mark> marks;
  std::int64_t orders = 0;
  std::uint64_t print = 0;  ///< of the content
};

/// Opens and checks the file at `path` for `scenario`, whose other keys have been checked. Sets
/// traffic.replayed and catalogue.replayed_prices, or returns what is wrong (the first 20).
std::vector<Problem> open_replay(Scenario& scenario, const std::filesystem::path& path);

}  // namespace double11::scenario
