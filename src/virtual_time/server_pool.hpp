#pragma once
// Any number of servers. While it is certain that one of them is free nobody needs to know which:
// ends of services are counted by coarse intervals of time, which gives an upper bound of how many
// are busy, and whole groups of jobs start as they come. Otherwise a row or a tree finds the first
// that is free. Which way is taken changes nothing but the time it takes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "virtual_time/server_row.hpp"
#include "virtual_time/server_tree.hpp"

namespace double11::virtual_time {

class ServerPool {
 public:
  /// 1 or more servers, free at 0; `service_ns` is the mean service, roughly.
  ServerPool(std::uint64_t servers, std::int64_t service_ns);

  /// No instant may be later.
  [[nodiscard]] static std::int64_t latest(std::uint64_t servers) {
    return ServerTree::latest(servers);
  }

  /// Jobs one after the other, as in ServerRow::serve(). `free` may be too early where no job waits
  /// for it.
  void serve(std::span<const std::int64_t> queued, std::span<const std::int64_t> service,
             std::span<std::int64_t> start, std::span<std::int64_t> until,
             std::span<std::int64_t> free, std::int64_t latest);

 private:
  static constexpr std::size_t kIntervals = 1024;

  struct Jobs {
    std::span<const std::int64_t> queued;
    std::span<const std::int64_t> service;
    std::span<std::int64_t> start;
    std::span<std::int64_t> until;
    std::span<std::int64_t> free;
    std::int64_t latest;
  };

  // Both serve from number `at` on and return the first that they have not served.
  std::size_t serve_at_once(const Jobs& jobs, std::size_t at);
  std::size_t serve_one_by_one(const Jobs& jobs, std::size_t at);
  void serve_in_tree(const Jobs& jobs, std::size_t at);

  /// Servers that are certainly free at `now`, the instant of the next job.
  std::size_t certainly_free(std::int64_t now);
  void count_end(std::int64_t until);
  void forget_ended(std::int64_t now);
  void look_closely();
  void look_away(std::int64_t now);

  std::size_t servers_;
  std::size_t few_free_;  // so many are not worth while
  unsigned interval_bits_;
  std::optional<ServerRow> row_;    // where it is quicker
  std::optional<ServerTree> tree_;  // else
  bool one_by_one_;
  std::size_t at_once_ = 0;  // services that did not wait, one after the other

  // When not one by one: ends of services that are not known to be over, and how many of them fall
  // into each interval, the last place being for those too far away.
  std::vector<std::int64_t> ends_;
  std::size_t busy_most_ = 0;
  std::int64_t interval_ = 0;  // the first that is not over
  std::array<std::uint32_t, kIntervals + 1> counts_{};
};

}  // namespace double11::virtual_time
