#include "virtual_time/server_pool.hpp"

#include <algorithm>
#include <bit>

namespace double11::virtual_time {
namespace {

// With fewer servers the tree is as quick.
constexpr std::size_t kManyServers = 128;

// Intervals of a mean service.
constexpr std::int64_t kIntervalsOfService = 64;

}  // namespace

ServerPool::ServerPool(std::uint64_t servers, std::int64_t service_ns)
    : servers_(servers),
      few_free_(std::max<std::size_t>(1, servers / 32)),
      interval_bits_(static_cast<unsigned>(
          std::bit_width(static_cast<std::uint64_t>(service_ns / kIntervalsOfService)))),
      tree_(servers),
      in_tree_(servers < kManyServers) {}

void ServerPool::serve(std::span<const std::int64_t> queued, std::span<const std::int64_t> service,
                       std::span<std::int64_t> start, std::span<std::int64_t> until,
                       std::span<std::int64_t> free, std::int64_t latest) {
  const Jobs jobs{queued, service, start, until, free, latest};
  for (std::size_t at = 0; at < queued.size();) {
    at = in_tree_ ? serve_in_tree(jobs, at) : serve_at_once(jobs, at);
  }
}

std::size_t ServerPool::serve_at_once(const Jobs& jobs, std::size_t at) {
  std::size_t free = certainly_free(jobs.queued[at]);
  if (free <= few_free_) {
    forget_ended(jobs.queued[at]);
    free = servers_ - std::min(servers_, busy_most_);
  }
  if (free <= few_free_) {
    to_tree();
    return at;
  }
  // One of them stays free.
  const std::size_t end = std::min(jobs.queued.size(), at + free - 1);
  const std::size_t ends_before = ends_.size();
  ends_.resize(ends_before + end - at);
  std::int64_t* const ends = ends_.data() + ends_before;
  for (std::size_t i = at; i < end; ++i) {
    const std::int64_t start = jobs.queued[i];
    const std::int64_t until = std::min(start + jobs.service[i], jobs.latest);
    jobs.start[i] = start;
    jobs.until[i] = until;
    jobs.free[i] = start;
    ends[i - at] = until;
  }
  for (std::size_t i = at; i < end; ++i) count_end(jobs.until[i]);
  if (ends_.size() > 4 * servers_) forget_ended(jobs.queued[end - 1]);
  return end;
}

std::size_t ServerPool::serve_in_tree(const Jobs& jobs, std::size_t at) {
  std::int64_t free = tree_.first_free();
  std::size_t at_once = at_once_;
  for (std::size_t i = at; i < jobs.queued.size(); ++i) {
    const std::int64_t queued = jobs.queued[i];
    const std::int64_t start = std::max(queued, free);
    const std::int64_t until = std::min(start + jobs.service[i], jobs.latest);
    free = tree_.occupy_first(until);
    jobs.start[i] = start;
    jobs.until[i] = until;
    jobs.free[i] = free;
    at_once = start == queued ? at_once + 1 : 0;
  }
  at_once_ = at_once;
  if (at_once > 2 * servers_ && servers_ >= kManyServers) leave_tree(jobs.queued.back());
  return jobs.queued.size();
}

std::size_t ServerPool::certainly_free(std::int64_t now) {
  const std::int64_t interval = now >> interval_bits_;
  if (interval - interval_ >= static_cast<std::int64_t>(kIntervals)) {
    forget_ended(now);
  } else {
    for (; interval_ < interval; ++interval_) {
      std::uint32_t& over = counts_[static_cast<std::size_t>(interval_) % kIntervals];
      busy_most_ -= over;
      over = 0;
    }
  }
  return servers_ - std::min(servers_, busy_most_);
}

void ServerPool::count_end(std::int64_t until) {
  const auto ahead = static_cast<std::uint64_t>((until >> interval_bits_) - interval_);
  const auto interval = static_cast<std::size_t>(until >> interval_bits_) % kIntervals;
  ++counts_[ahead < kIntervals ? interval : kIntervals];
  ++busy_most_;
}

void ServerPool::forget_ended(std::int64_t now) {
  interval_ = now >> interval_bits_;
  counts_.fill(0);
  busy_most_ = 0;
  std::erase_if(ends_, [now](std::int64_t end) { return end <= now; });
  for (const std::int64_t end : ends_) count_end(end);
}

void ServerPool::to_tree() {
  tree_.assign(ends_);
  ends_.clear();
  at_once_ = 0;
  in_tree_ = true;
}

void ServerPool::leave_tree(std::int64_t now) {
  tree_.free_times(ends_);
  forget_ended(now);
  at_once_ = 0;
  in_tree_ = servers_ - std::min(servers_, busy_most_) <= 2 * few_free_;
}

}  // namespace double11::virtual_time
