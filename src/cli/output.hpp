#pragma once
// Where results go: stdout for results, stderr for progress and messages, files whole or not at
// all.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace double11::cli {

/// Whether to colour stdout, or another open file: it is a terminal, and neither --no-color nor
/// NO_COLOR says otherwise.
bool use_color(bool forbidden, std::FILE* file = stdout);

/// Prints to stdout and makes sure it arrived. Throws std::runtime_error (disk full, ...).
void print_out(const std::string& text);

/// Prints progress to stderr. When nobody is there to read it (a closed pipe), that is no error.
void say(const std::string& text);

/// A file that appears under its name only when it is complete.
class OutputFile {
 public:
  /// Creates a temporary file beside `path` at once, so that a bad path is known before a long run.
  /// A path that exists and is no ordinary file (/dev/null, a pipe) is written to directly.
  /// Throws std::runtime_error with the reason.
  explicit OutputFile(const std::filesystem::path& path);
  /// Removes the temporary file unless it was committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Writes a part of it. Throws std::runtime_error (disk full, ...).
  void append(const std::string& text);

  /// Writes the (last) text and gives the file its name. Throws std::runtime_error (disk full,
  /// ...).
  void commit(const std::string& text);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::unique_ptr<std::FILE, Close> file_;  // from the first part on
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  bool committed_ = false;
};

}  // namespace double11::cli
