#include "virtual_time/due_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace double11::virtual_time {
namespace {

// Up to so many the quadratic way wins: it has no branch that depends on the data. Comparing with
// all others tells the place at once.
constexpr std::size_t kFew = 128;
constexpr unsigned kIndexBits = 7;
// With room for chance.
constexpr double kPerTick = 80;
constexpr unsigned kTickBitsMost = 24;
constexpr std::size_t kStep = 8;  // so that the inner loop becomes whole vectors

// The instants within such a span leave room for the index in a key.
constexpr std::int64_t kSpanNs = std::int64_t{1} << (31 - kIndexBits);

Due due_of(const Order* order) {
  return {nanoseconds_of(order->at), order->id.value, order};
}

void place_few(std::span<const Order* const> taken, std::int64_t first_ns, std::vector<Due>& due) {
  std::array<std::int32_t, kFew> keys;
  std::array<std::int32_t, kFew> places;
  const std::size_t padded = (taken.size() + kStep - 1) / kStep * kStep;
  std::fill_n(places.begin(), padded, 0);
  for (std::size_t i = 0; i < padded; ++i) {
    keys[i] =
        i < taken.size()
            ? static_cast<std::int32_t>(((nanoseconds_of(taken[i]->at) - first_ns) << kIndexBits) |
                                        static_cast<std::int64_t>(i))
            : INT32_MAX;
  }
  for (std::size_t j = 0; j < taken.size(); ++j) {
    const std::int32_t key = keys[j];
    for (std::size_t i = 0; i < padded; ++i) places[i] += key < keys[i] ? 1 : 0;
  }
  due.resize(taken.size());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    due[static_cast<std::size_t>(places[i])] = due_of(taken[i]);
  }
  // Keys of the same instant are in the order of the indices.
  for (std::size_t i = 1; i < due.size(); ++i) {
    if (due[i].at_ns == due[i - 1].at_ns) [[unlikely]] {
      const auto run = due.begin() + static_cast<std::ptrdiff_t>(i) - 1;
      const auto end =
          std::find_if(run, due.end(), [&](const Due& other) { return other.at_ns != run->at_ns; });
      std::sort(run, end);
    }
  }
}

}  // namespace

unsigned tick_bits_for(double holds_per_s) {
  const double tick_ns = kPerTick / std::max(holds_per_s, 1.0) * 1e9;
  return std::clamp(static_cast<unsigned>(std::log2(tick_ns)), stages::HoldWheel::kTickBits,
                    kTickBitsMost);
}

// Within the span of a longest tick nothing is too far apart for place_few().
stages::HoldWheel::Portion portion_for(Duration tick) {
  const Duration most(std::int64_t{1} << (kTickBitsMost - 1));
  return {static_cast<std::size_t>(kPerTick / 2),
          static_cast<std::uint64_t>(std::max<std::int64_t>(1, most / tick))};
}

void put_in_order(std::span<const Order* const> taken, std::vector<Due>& due) {
  due.clear();
  if (taken.empty()) return;
  if (taken.size() <= 2) {
    for (const Order* const order : taken) due.push_back(due_of(order));
    if (due.back() < due.front()) std::swap(due.front(), due.back());
    return;
  }
  std::int64_t first_ns = nanoseconds_of(taken.front()->at);
  std::int64_t last_ns = first_ns;
  for (const Order* const order : taken) {
    first_ns = std::min(first_ns, nanoseconds_of(order->at));
    last_ns = std::max(last_ns, nanoseconds_of(order->at));
  }
  if (taken.size() <= kFew && last_ns - first_ns < kSpanNs) {
    place_few(taken, first_ns, due);
    return;
  }
  for (const Order* const order : taken) due.push_back(due_of(order));
  std::sort(due.begin(), due.end());
}

}  // namespace double11::virtual_time
