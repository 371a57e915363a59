#include "virtual_time/pass_books.hpp"

#include <algorithm>

#include "core/wide_loop.hpp"

namespace double11::virtual_time {
namespace {

// Services that are looked at together for whether anybody is here.
constexpr std::size_t kTogether = 16;

Wide wide(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

PassBooks::PassBooks(const std::string& name, std::uint32_t index, std::int64_t warm_up_ns,
                     std::int64_t end_ns, std::int64_t interval_ns)
    : index_(index),
      warm_up_ns_(warm_up_ns),
      end_ns_(end_ns),
      series_(interval_ns, end_ns),
      last_queued_ns_(warm_up_ns) {
  record_.name = name;
  record_.fingerprints.resize(1);
}

void PassBooks::visits_begin(std::span<const std::int64_t> began_ns) {
  const auto count = static_cast<std::int64_t>(began_ns.size());
  if (count == 0) return;
  record_.flow.entered += count;
  const auto first = static_cast<std::size_t>(
      std::lower_bound(began_ns.begin(), began_ns.end(), warm_up_ns_) - began_ns.begin());
  record_.arrivals += count - static_cast<std::int64_t>(first);
  Instants gaps;
  gaps[0] = began_ns[0] - last_arrival_ns_;
  for (std::size_t i = 1; i < began_ns.size(); ++i) gaps[i] = began_ns[i] - began_ns[i - 1];
  const std::size_t known = last_arrival_ns_ >= 0 ? first : std::max<std::size_t>(first, 1);
  record_.arrival_gap.add_all(std::span(gaps).first(began_ns.size()).subspan(known));
  last_arrival_ns_ = began_ns.back();
  series_.change_all(began_ns, 1, began_ns.front(), began_ns.back());
}

void PassBooks::served(const Passes& passes) {
  if (passes.size() == 0) return;
  if (passes.earliest_ns >= warm_up_ns_ && passes.latest_ns <= end_ns_) {
    count_gaps<true>(passes);
    count_whole_services(passes);
  } else {
    count_gaps<false>(passes);
    count_cut_services(passes);
  }
}

// Between two arrivals all servers are busy until the first is free, and nobody is here once the
// last has left.
template <bool kWhole>
void PassBooks::count_gaps(const Passes& passes) {
  const std::int64_t warm_up = kWhole ? INT64_MIN : warm_up_ns_;
  const std::size_t size = passes.size();
  const auto busy = [=](std::int64_t free, std::int64_t from, std::int64_t to)
      __attribute__((always_inline)) {
    from = from > warm_up ? from : warm_up;
    to = to > warm_up ? to : warm_up;
    const std::int64_t until = free < to ? free : to;
    return until > from ? until - from : 0;
  };
  std::int64_t all_busy = busy(last_free_ns_, last_queued_ns_, passes.queued_ns[0]);
  wide_loop([&]() __attribute__((always_inline)) {
    std::int64_t group_all_busy = 0;
    for (std::size_t i = 1; i < size; ++i) {
      group_all_busy += busy(passes.free_ns[i - 1], passes.queued_ns[i - 1], passes.queued_ns[i]);
    }
    all_busy += group_all_busy;
  });
  record_.all_busy_ns += all_busy;
  last_free_ns_ = passes.free_ns[size - 1];
  last_queued_ns_ = std::max(passes.queued_ns[size - 1], warm_up);
  count_empty(passes);
}

void PassBooks::count_empty(const Passes& passes) {
  const std::size_t size = passes.size();
  wide_loop([&]() __attribute__((always_inline)) {
    std::int64_t last = last_until_ns_;
    for (std::size_t at = 0; at < size; at += kTogether) {
      const std::size_t end = size - at < kTogether ? size : at + kTogether;
      // Mostly somebody who came before them stays until the last of them has come.
      if (passes.queued_ns[end - 1] > last || busy_since_ns_ < 0) {
        last = count_busy_periods(passes, at, end, last);
        continue;
      }
      std::int64_t latest = last;
      for (std::size_t i = at; i < end; ++i) {
        latest = passes.until_ns[i] > latest ? passes.until_ns[i] : latest;
      }
      last = latest;
    }
    last_until_ns_ = last;
  });
}

// The same one by one, where nobody who came before stays beyond `last_ns`; returns when the last
// one leaves.
std::int64_t PassBooks::count_busy_periods(const Passes& passes, std::size_t at, std::size_t end,
                                           std::int64_t last_ns) {
  for (std::size_t i = at; i < end; ++i) {
    const std::int64_t queued = passes.queued_ns[i];
    if (queued > last_ns || busy_since_ns_ < 0) {
      record_.empty_ns += clipped(last_ns, queued);
      end_busy_period(last_ns);
      busy_since_ns_ = queued;
    }
    last_ns = std::max(last_ns, passes.until_ns[i]);
  }
  return last_ns;
}

void PassBooks::end_busy_period(std::int64_t at_ns) {
  if (busy_since_ns_ >= 0 && at_ns >= warm_up_ns_) record_.busy_period.add(at_ns - busy_since_ns_);
}

// All of them lie between warm-up and end.
void PassBooks::count_whole_services(const Passes& passes) {
  Instants waits;
  std::int64_t waiting = 0;
  std::int64_t busy = 0;
  std::int64_t waited = 0;
  wide_loop([&]() __attribute__((always_inline)) {
    std::int64_t group_waiting = 0;
    std::int64_t group_busy = 0;
    std::int64_t group_waited = 0;
    for (std::size_t i = 0; i < passes.size(); ++i) {
      const std::int64_t wait = passes.start_ns[i] - passes.queued_ns[i];
      waits[i] = wait;
      group_waiting += wait;
      group_busy += passes.until_ns[i] - passes.start_ns[i];
      group_waited += wait > 0 ? 1 : 0;
    }
    waiting = group_waiting;
    busy = group_busy;
    waited = group_waited;
  });
  record_.services += static_cast<std::int64_t>(passes.size());
  record_.waited += waited;
  record_.waiting_ns += wide(waiting);
  record_.busy_ns += wide(busy);
  record_.wait_served.add_all(std::span(waits).first(passes.size()));
}

// Some of them are cut by warm-up or end.
void PassBooks::count_cut_services(const Passes& passes) {
  Instants waits;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const std::int64_t queued = passes.queued_ns[i];
    const std::int64_t start = passes.start_ns[i];
    const bool counts = start >= warm_up_ns_ && start <= end_ns_;
    waits[counted] = start - queued;
    counted += counts ? 1U : 0U;
    record_.waited += counts && start > queued ? 1 : 0;
    record_.waiting_ns += wide(clipped(queued, start));
    record_.busy_ns += wide(clipped(start, passes.until_ns[i]));
  }
  record_.services += static_cast<std::int64_t>(counted);
  record_.wait_served.add_all(std::span(waits).first(counted));
}

void PassBooks::completed(const Passes& passes) {
  if (passes.size() == 0) return;
  const std::span<const std::int64_t> until = passes.until_ns;
  const auto count = static_cast<std::int64_t>(passes.size());
  record_.flow.completed += count;
  series_.change_all(until, -1, passes.earliest_ns, passes.latest_ns);
  count_prints(passes);
  if (passes.earliest_ns >= warm_up_ns_) {
    count_whole_visits(passes);
  } else {
    count_cut_visits(passes);
  }
}

// All of them end after the warm-up.
void PassBooks::count_whole_visits(const Passes& passes) {
  Instants sojourns;
  std::int64_t visits = 0;
  wide_loop([&]() __attribute__((always_inline)) {
    std::int64_t group_visits = 0;
    for (std::size_t i = 0; i < passes.size(); ++i) {
      const std::int64_t began = passes.began_ns[i];
      const std::int64_t until = passes.until_ns[i];
      sojourns[i] = until - began;
      group_visits += until - (began > warm_up_ns_ ? began : warm_up_ns_);
    }
    visits = group_visits;
  });
  record_.visits_ns += wide(visits);
  record_.sojourn.add_all(std::span(sojourns).first(passes.size()));
  record_.completions += static_cast<std::int64_t>(passes.size());
}

// Some of them are cut by the warm-up.
void PassBooks::count_cut_visits(const Passes& passes) {
  const std::span<const std::int64_t> until = passes.until_ns;
  Instants sojourns;
  std::size_t counted = 0;
  std::int64_t visits = 0;
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const std::int64_t began = passes.began_ns[i];
    sojourns[counted] = until[i] - began;
    counted += until[i] >= warm_up_ns_ ? 1U : 0U;
    visits += std::max<std::int64_t>(0, until[i] - std::max(began, warm_up_ns_));
  }
  record_.visits_ns += wide(visits);
  record_.sojourn.add_all(std::span(sojourns).first(counted));
  record_.completions += static_cast<std::int64_t>(counted);
}

void PassBooks::count_prints(const Passes& passes) {
  const auto minute = static_cast<std::size_t>(passes.latest_ns / kMinuteNs);
  if (minute >= record_.fingerprints.size()) record_.fingerprints.resize(minute + 1);
  const auto print = [&](std::size_t i) __attribute__((always_inline)) {
    return print_of(passes.job[i], index_, passes.start_ns[i], passes.until_ns[i]);
  };
  if (passes.earliest_ns / kMinuteNs == passes.latest_ns / kMinuteNs) {
    std::uint64_t sum = 0;
    wide_loop([&]() __attribute__((always_inline)) {
      std::uint64_t group_sum = 0;
      for (std::size_t i = 0; i < passes.size(); ++i) group_sum += print(i);
      sum = group_sum;
    });
    record_.fingerprints[minute] += sum;
    return;
  }
  for (std::size_t i = 0; i < passes.size(); ++i) {
    record_.fingerprints[static_cast<std::size_t>(passes.until_ns[i] / kMinuteNs)] += print(i);
  }
}

void PassBooks::failed(std::int64_t began_ns, std::int64_t at_ns) {
  ++record_.flow.lost;
  record_.failed += at_ns >= warm_up_ns_ ? 1 : 0;
  series_.change(at_ns, -1);
  record_.visits_ns += wide(clipped(began_ns, at_ns));
}

void PassBooks::stays(std::int64_t began_ns) {
  ++record_.flow.inside;
  record_.visits_ns += wide(clipped(began_ns, end_ns_));
}

void PassBooks::in_orbit(std::int64_t from_ns, std::int64_t to_ns) {
  record_.orbit_ns += wide(clipped(from_ns, to_ns));
  repeats_ += to_ns <= end_ns_ ? 1U : 0U;
  record_.retries += to_ns >= warm_up_ns_ && to_ns <= end_ns_ ? 1 : 0;
}

// The part that statistics cover.
std::int64_t PassBooks::clipped(std::int64_t from_ns, std::int64_t to_ns) const {
  return std::max<std::int64_t>(0, std::min(to_ns, end_ns_) - std::max(from_ns, warm_up_ns_));
}

StationRecord PassBooks::take_record(std::int64_t end_ns) {
  record_.all_busy_ns +=
      std::max<std::int64_t>(0, std::min(last_free_ns_, end_ns) - last_queued_ns_);
  if (last_until_ns_ < end_ns) {
    record_.empty_ns += std::max<std::int64_t>(0, end_ns - std::max(last_until_ns_, warm_up_ns_));
    end_busy_period(last_until_ns_);
  }
  record_.present_ns = record_.waiting_ns + record_.busy_ns + record_.orbit_ns;
  record_.wait_all = record_.wait_served;
  record_.series = series_.means(end_ns);
  while (!record_.fingerprints.empty() && record_.fingerprints.back() == 0) {
    record_.fingerprints.pop_back();
  }
  return std::move(record_);
}

}  // namespace double11::virtual_time
