#include <double11/scenario/order_file.hpp>

#include <algorithm>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace double11::scenario {
namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10U;

}  // namespace

OrderFile::OrderFile(const std::filesystem::path& path)
    : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}

OrderFile::~OrderFile() {
  if (file_ >= 0) close(file_);
}

std::size_t OrderFile::read(std::int64_t offset, char* into, std::size_t size) const {
  const auto bytes = pread(file_, into, size, offset);
  return bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

OrderLines::OrderLines(const OrderFile& file, std::int64_t offset, std::int64_t line)
    : file_(file), buffer_(kBuffer), read_offset_(offset), next_number_(line) {}

bool OrderLines::next(std::string_view& line) {
  do {
    if (!take_line(line)) return false;
  } while (line.empty());
  return true;
}

bool OrderLines::take_line(std::string_view& line) {
  for (;;) {
    const char* const from = buffer_.data() + begin_;
    const std::size_t there = end_ - begin_;
    const void* const found = std::memchr(from, '\n', there);
    const bool is_long = there > kLineMost;
    if (found != nullptr || is_long) {
      std::size_t length = found != nullptr
                               ? static_cast<std::size_t>(static_cast<const char*>(found) - from)
                               : kLineMost;
      line_offset_ = read_offset_ - static_cast<std::int64_t>(there);
      line_number_ = next_number_++;
      begin_ += length + (found != nullptr ? 1 : 0);
      if (length > 0 && from[length - 1] == '\r') --length;
      line = {from, length};
      return true;
    }
    std::memmove(buffer_.data(), from, there);
    begin_ = 0;
    end_ = there;
    const std::size_t more = file_.read(read_offset_, buffer_.data() + end_, kBuffer - end_);
    read_offset_ += static_cast<std::int64_t>(more);
    end_ += more;
    if (more > 0) continue;
    if (there == 0) return false;
    // The last line needs no end.
    line_offset_ = read_offset_ - static_cast<std::int64_t>(there);
    line_number_ = next_number_++;
    line = {buffer_.data(), there - (buffer_[there - 1] == '\r' ? 1U : 0U)};
    begin_ = end_;
    return true;
  }
}

}  // namespace double11::scenario
