// An inbox asks for memory in proportion to its producers, so that a pipeline of many workers fits
// into a machine. Its blocks hold one batch each; two per producer are what the sources say.
#include <double11/live/inbox.hpp>

#include <cstddef>
#include <cstdint>

#include <malloc.h>

#include "catch.hpp"

namespace double11::live {
namespace {

std::size_t allocated() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

std::size_t bytes_of_inbox(std::uint32_t producers) {
  const std::size_t before = allocated();
  const Inbox inbox(producers);
  return allocated() - before;
}

TEST_CASE("Inbox: its memory grows with the producers, not with their square") {
  const std::size_t four = bytes_of_inbox(4);
  const std::size_t sixteen = bytes_of_inbox(16);
  INFO(four << " bytes for 4 producers, " << sixteen << " for 16");
  // Sanitizers replace the allocator and report nothing.
  if (four > 0) CHECK(sixteen < 6 * four);
  CHECK(sixteen >= four);
}

}  // namespace
}  // namespace double11::live
