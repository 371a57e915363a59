#include "virtual_time/server_pool.hpp"

#include <algorithm>
#include <bit>

namespace double11::virtual_time {
namespace {

// With fewer servers too few are certainly free.
constexpr std::size_t kManyServers = 64;

// Intervals of a mean service.
constexpr std::int64_t kIntervalsOfService = 64;

}  // namespace

ServerPool::ServerPool(std::uint64_t servers, std::int64_t service_ns)
    : servers_(servers),
      few_free_(std::max<std::size_t>(1, servers / 32)),
      interval_bits_(static_cast<unsigned>(
          std::bit_width(static_cast<std::uint64_t>(service_ns / kIntervalsOfService)))),
      one_by_one_(servers < kManyServers) {
  const auto count = static_cast<std::int64_t>(servers);
  if (ServerRow::fits(count)) {
    row_.emplace(count);
  } else {
    tree_.emplace(servers);
  }
}

void ServerPool::serve(std::span<const std::int64_t> queued, std::span<const std::int64_t> service,
                       std::span<std::int64_t> start, std::span<std::int64_t> until,
                       std::span<std::int64_t> free, std::int64_t latest) {
  const Jobs jobs{queued, service, start, until, free, latest};
  for (std::size_t at = 0; at < queued.size();) {
    at = one_by_one_ ? serve_one_by_one(jobs, at) : serve_at_once(jobs, at);
  }
}

std::size_t ServerPool::serve_at_once(const Jobs& jobs, std::size_t at) {
  std::size_t free = certainly_free(jobs.queued[at]);
  if (free <= few_free_) {
    forget_ended(jobs.queued[at]);
    free = servers_ - std::min(servers_, busy_most_);
  }
  if (free <= few_free_) {
    look_closely();
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

std::size_t ServerPool::serve_one_by_one(const Jobs& jobs, std::size_t at) {
  const std::size_t size = jobs.queued.size();
  if (row_) {
    row_->serve(jobs.queued.subspan(at), jobs.service.subspan(at), jobs.start.subspan(at),
                jobs.until.subspan(at), jobs.free.subspan(at), jobs.latest);
  } else {
    serve_in_tree(jobs, at);
  }
  if (servers_ < kManyServers) return size;
  for (std::size_t i = at; i < size; ++i) {
    at_once_ = jobs.start[i] == jobs.queued[i] ? at_once_ + 1 : 0;
  }
  if (at_once_ > 2 * servers_) look_away(jobs.queued.back());
  return size;
}

void ServerPool::serve_in_tree(const Jobs& jobs, std::size_t at) {
  std::int64_t free = tree_->first_free();
  for (std::size_t i = at; i < jobs.queued.size(); ++i) {
    const std::int64_t start = std::max(jobs.queued[i], free);
    const std::int64_t until = std::min(start + jobs.service[i], jobs.latest);
    free = tree_->occupy_first(until);
    jobs.start[i] = start;
    jobs.until[i] = until;
    jobs.free[i] = free;
  }
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

void ServerPool::look_closely() {
  if (row_) {
    row_->assign(ends_);
  } else {
    tree_->assign(ends_);
  }
  ends_.clear();
  at_once_ = 0;
  one_by_one_ = true;
}

void ServerPool::look_away(std::int64_t now) {
  if (row_) {
    row_->free_times(ends_);
  } else {
    tree_->free_times(ends_);
  }
  forget_ended(now);
  at_once_ = 0;
  one_by_one_ = servers_ - std::min(servers_, busy_most_) <= 2 * few_free_;
}

}  // namespace double11::virtual_time
