#include "virtual_time/visit_order.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/wide_loop.hpp"

namespace double11::virtual_time {
namespace {

// Beyond this, insertion into a bucket is slower than a general sort.
constexpr std::uint32_t kCrowd = 32;

constexpr int kRounds = 2;

// Orders neighbours from `from` on, pair by pair.
inline __attribute__((always_inline)) void order_pairs(std::uint64_t* keys, std::size_t from,
                                                       std::size_t count) {
  for (std::size_t i = from; i + 1 < count; i += 2) {
    const std::uint64_t a = keys[i];
    const std::uint64_t b = keys[i + 1];
    keys[i] = a < b ? a : b;
    keys[i + 1] = a < b ? b : a;
  }
}

// For keys that are few places away from where they belong. Odd-even transposition (Habermann 1972)
// brings nearly all of them there, without a branch; insertion those that remain.
void sort_near(std::span<std::uint64_t> keys) {
  wide_loop([&]() __attribute__((always_inline)) {
    for (int round = 0; round < kRounds; ++round) {
      order_pairs(keys.data(), 0, keys.size());
      order_pairs(keys.data(), 1, keys.size());
    }
  });
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const std::uint64_t key = keys[i];
    if (key >= keys[i - 1]) continue;
    std::size_t at = i;
    for (; at > 0 && key < keys[at - 1]; --at) keys[at] = keys[at - 1];
    keys[at] = key;
  }
}

}  // namespace

void VisitOrder::release(VisitList& left, std::int64_t horizon_ns, VisitList& into) {
  const Visits from = left.all();
  const Due due = due_of(from, horizon_ns);
  into.resize(due.count);
  if (due.count == 0) return;
  if (keys_.size() < from.size()) keys_.resize(from.size());
  place_bits_ = static_cast<unsigned>(std::bit_width(from.size()));
  if (std::bit_width(static_cast<std::uint64_t>(due.last_ns - due.first_ns)) + place_bits_ < 64) {
    sort_buckets(from, horizon_ns, due);
    sort_ties(from, due.count);
  } else {
    sort_any(from, horizon_ns, due.count);
  }
  const std::uint64_t places = (std::uint64_t{1} << place_bits_) - 1;
  const std::span<const std::uint64_t> keys = std::span(keys_).first(from.size());
  std::int64_t* const arrived_ns = into.arrived_ns();
  std::uint64_t* const job = into.job();
  std::int64_t* const born_ns = into.born_ns();
  wide_loop([&]() __attribute__((always_inline)) {
    for (std::size_t i = 0; i < due.count; ++i) {
      const std::uint64_t place = keys[i] & places;
      arrived_ns[i] = from.arrived_ns[place];
      job[i] = from.job[place];
      born_ns[i] = from.born_ns[place];
    }
  });
  // Their places rise, so none is overwritten before it has moved.
  for (std::size_t i = due.count; i < keys.size(); ++i) {
    const std::uint64_t place = keys[i] & places;
    left.arrived_ns()[i - due.count] = from.arrived_ns[place];
    left.job()[i - due.count] = from.job[place];
    left.born_ns()[i - due.count] = from.born_ns[place];
  }
  left.resize(keys.size() - due.count);
}

VisitOrder::Due VisitOrder::due_of(const Visits& left, std::int64_t horizon_ns) {
  Due due;
  wide_loop([&]() __attribute__((always_inline)) {
    std::size_t count = 0;
    std::int64_t first = INT64_MAX;
    std::int64_t last = 0;
    for (const std::int64_t arrived : left.arrived_ns) {
      const std::int64_t when_due = arrived <= horizon_ns ? arrived : 0;
      count += arrived <= horizon_ns ? 1U : 0U;
      first = arrived < first ? arrived : first;
      last = when_due > last ? when_due : last;
    }
    due = {count, first, last};
  });
  return due;
}

// Counts what falls into each bucket, the last of which is for those that are not due, and gives
// every visit a place behind those before it.
void VisitOrder::sort_buckets(const Visits& left, std::int64_t horizon_ns, const Due& due) {
  const auto width = [](auto number) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(number)));
  };
  const std::int64_t first = due.first_ns;
  const auto shift =
      static_cast<unsigned>(std::max(0, width(due.last_ns - first) - width(due.count)));
  const auto others = static_cast<std::size_t>((due.last_ns - first) >> shift) + 1;
  const auto bucket_of = [=](std::int64_t arrived_ns) {
    const auto bucket = static_cast<std::size_t>((arrived_ns - first) >> shift);
    return arrived_ns <= horizon_ns ? bucket : others;
  };
  buckets_.assign(others + 2, 0);
  std::uint32_t* const begins = buckets_.data();
  for (const std::int64_t arrived : left.arrived_ns) ++begins[bucket_of(arrived) + 1];
  const bool crowded = *std::max_element(begins, begins + others + 1) > kCrowd;
  std::partial_sum(begins, begins + others + 1, begins);
  std::uint64_t* const keys = keys_.data();
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::int64_t arrived = left.arrived_ns[i];
    keys[begins[bucket_of(arrived)]++] =
        (static_cast<std::uint64_t>(arrived - first) << place_bits_) | i;
  }
  const std::span<std::uint64_t> sorted = std::span(keys_).first(due.count);
  if (crowded) {
    std::sort(sorted.begin(), sorted.end());
  } else {
    sort_near(sorted);
  }
}

// Visits of one instant are in the order of the list so far.
void VisitOrder::sort_ties(const Visits& left, std::size_t due) {
  const std::span<std::uint64_t> keys = std::span(keys_).first(due);
  const unsigned bits = place_bits_;
  const std::uint64_t* const all = keys_.data();
  std::size_t ties = 0;
  wide_loop([&]() __attribute__((always_inline)) {
    std::size_t found = 0;
    for (std::size_t i = 1; i < due; ++i) found += all[i] >> bits == all[i - 1] >> bits ? 1U : 0U;
    ties = found;
  });
  if (ties == 0) return;
  const std::uint64_t places = (std::uint64_t{1} << bits) - 1;
  for (auto run = keys.begin(); run != keys.end();) {
    const auto end = std::find_if(run, keys.end(),
                                  [&](std::uint64_t key) { return key >> bits != *run >> bits; });
    std::sort(run, end, [&](std::uint64_t a, std::uint64_t b) {
      return left.job[a & places] < left.job[b & places];
    });
    run = end;
  }
}

// Where the window is so long that keys would not fit: places only.
void VisitOrder::sort_any(const Visits& left, std::int64_t horizon_ns, std::size_t due) {
  const std::span<std::uint64_t> keys = std::span(keys_).first(left.size());
  std::iota(keys.begin(), keys.end(), 0);
  std::stable_partition(keys.begin(), keys.end(),
                        [&](std::uint64_t place) { return left.arrived_ns[place] <= horizon_ns; });
  std::sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(due),
            [&](std::uint64_t a, std::uint64_t b) {
              return left.arrived_ns[a] != left.arrived_ns[b]
                         ? left.arrived_ns[a] < left.arrived_ns[b]
                         : left.job[a] < left.job[b];
            });
}

}  // namespace double11::virtual_time
