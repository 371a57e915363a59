#include "virtual_time/visit_order.hpp"

#include <algorithm>
#include <bit>

namespace double11::virtual_time {
namespace {

// Beyond this, insertion into a bucket is slower than a general sort.
constexpr std::uint32_t kCrowd = 32;

void insertion_sort(std::vector<Visit>& visits) {
  for (std::size_t i = 1; i < visits.size(); ++i) {
    if (!comes_before(visits[i], visits[i - 1])) continue;
    const Visit visit = visits[i];
    std::size_t at = i;
    for (; at > 0 && comes_before(visit, visits[at - 1]); --at) visits[at] = visits[at - 1];
    visits[at] = visit;
  }
}

}  // namespace

void VisitOrder::release(std::vector<Visit>& left, std::int64_t horizon_ns,
                         std::vector<Visit>& into) {
  // Both are written and only one kept: no branch that depends on the data.
  if (due_.size() < left.size()) due_.resize(left.size());
  std::size_t due = 0;
  std::size_t kept = 0;
  for (const Visit visit : left) {
    const bool now = visit.arrived_ns <= horizon_ns;
    due_[due] = visit;
    left[kept] = visit;
    due += now ? 1 : 0;
    kept += now ? 0 : 1;
  }
  left.resize(kept);
  sort(std::span(due_).first(due), into);
}

void VisitOrder::sort(std::span<const Visit> from, std::vector<Visit>& into) {
  into.resize(from.size());
  if (from.empty()) return;
  std::int64_t first = INT64_MAX;
  std::int64_t last = 0;
  for (const Visit& visit : from) {
    first = std::min(first, visit.arrived_ns);
    last = std::max(last, visit.arrived_ns);
  }
  const auto width = [](auto number) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(number)));
  };
  const auto shift =
      static_cast<unsigned>(std::max(0, width(last - first) - width(from.size()) - 1));
  const auto bucket_of = [&](const Visit& visit) {
    return static_cast<std::size_t>((visit.arrived_ns - first) >> shift);
  };
  places_.assign(bucket_of({last, 0, 0}) + 2, 0);
  for (const Visit& visit : from) ++places_[bucket_of(visit) + 1];
  const bool crowded = *std::max_element(places_.begin(), places_.end()) > kCrowd;
  for (std::size_t i = 1; i < places_.size(); ++i) places_[i] += places_[i - 1];
  for (const Visit& visit : from) into[places_[bucket_of(visit)]++] = visit;
  if (crowded) {
    std::sort(into.begin(), into.end(), comes_before);
  } else {
    insertion_sort(into);
  }
}

}  // namespace double11::virtual_time
