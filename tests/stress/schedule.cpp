#include "stress/schedule.hpp"

#include <algorithm>
#include <numeric>

namespace double11::stress {
namespace {

// How often a worker without work is asked again before it yields. Under strict priorities it would
// spin for ever on what only another can bring.
constexpr int kPatience = 8;

// Bugs that need more than this many preemptions at just the right moments are rare (Burckhardt et
// al., "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010).
constexpr std::uint64_t kMostChanges = 6;

}  // namespace

Schedule::Schedule(Family family, std::uint32_t workers, std::uint64_t turns, std::uint64_t seed)
    : family_(family), workers_(workers), dice_(seed), ranks_(workers) {
  std::iota(ranks_.begin(), ranks_.end(), 0U);
  for (std::size_t i = ranks_.size(); i > 1; --i) {
    std::swap(ranks_[i - 1], ranks_[static_cast<std::size_t>(dice_.below(i))]);
  }
  const std::uint64_t changes = dice_.below(kMostChanges + 1);
  for (std::uint64_t i = 0; i < changes; ++i) changes_.push_back(dice_.below(turns));
}

std::uint32_t Schedule::next() {
  const std::uint64_t turn = turn_++;
  switch (family_) {
    case Family::uniform:
      return static_cast<std::uint32_t>(dice_.below(workers_));
    case Family::starvation:
      if (left_-- == 0) {
        chosen_ = static_cast<std::uint32_t>(dice_.below(workers_));
        left_ = 50U << dice_.below(7);
      }
      return other_than(chosen_);
    case Family::bursts:
      if (left_ == 0) {
        chosen_ = static_cast<std::uint32_t>(dice_.below(workers_));
        left_ = std::uint64_t{1} << dice_.below(9);
      }
      --left_;
      return chosen_;
    case Family::alternation:
      return static_cast<std::uint32_t>(turn % workers_);
    case Family::priorities:
      break;
  }
  if (std::find(changes_.begin(), changes_.end(), turn) != changes_.end()) drop_first();
  return ranks_.front();
}

void Schedule::turned(bool worked) {
  idle_ = worked ? 0 : idle_ + 1;
  if (family_ == Family::priorities && idle_ == kPatience) drop_first();
}

std::uint32_t Schedule::other_than(std::uint32_t worker) {
  if (workers_ == 1) return 0;
  const auto drawn = static_cast<std::uint32_t>(dice_.below(workers_ - 1));
  return drawn + (drawn >= worker ? 1 : 0);
}

void Schedule::drop_first() {
  std::rotate(ranks_.begin(), ranks_.begin() + 1, ranks_.end());
  idle_ = 0;
}

}  // namespace double11::stress
