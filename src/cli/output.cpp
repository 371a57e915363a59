#include "cli/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

namespace double11::cli {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::runtime_error(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
}

}  // namespace

bool use_color(bool forbidden, std::FILE* file) {
  const char* const no_color = std::getenv("NO_COLOR");
  return !forbidden && (no_color == nullptr || *no_color == '\0') && isatty(fileno(file)) == 1;
}

void say(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

void print_out(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  // A reader that has seen enough (| head) is no error.
  if (errno != EPIPE) fail("the standard output");
}

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path), temporary_(path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) {
    errno = EISDIR;
    fail(path_);
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) return;
  // A link stays a link: the file that it leads to is written, whether it is there already or not.
  if (std::filesystem::is_symlink(path, error)) {
    temporary_ = path_ =
        std::filesystem::weakly_canonical(path.parent_path() / std::filesystem::read_symlink(path));
  }
  temporary_ += fmt::format(".{}.tmp", getpid());
  std::FILE* const file = std::fopen(temporary_.c_str(), "wb");
  if (file == nullptr) fail(path_);
  std::fclose(file);
}

OutputFile::~OutputFile() {
  file_.reset();
  if (!committed_ && temporary_ != path_) std::remove(temporary_.c_str());
}

void OutputFile::append(const std::string& text) {
  if (!file_) file_.reset(std::fopen(temporary_.c_str(), "wb"));
  if (!file_ || std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail(path_);
}

void OutputFile::commit(const std::string& text) {
  append(text);
  if (std::fclose(file_.release()) != 0) fail(path_);
  if (temporary_ != path_ && std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_);
  committed_ = true;
}

}  // namespace double11::cli
