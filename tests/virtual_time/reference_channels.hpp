#pragma once
// Payment channels of the plain simulator: lists instead of rings and heaps.

#include <double11/core/order.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/stages/empirical_law.hpp>
#include <double11/stages/service_time.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace double11::virtual_time {

/// The rules of resilience4j, told plainly: what ended is counted when somebody asks.
class PlainBreaker {
 public:
  explicit PlainBreaker(const scenario::Breaker& rule) : rule_(rule) {}

  void ends(std::int64_t at_ns, std::uint64_t id, bool failed, bool slow) {
    ends_.insert({at_ns, id, failed, slow});
  }

  bool lets_through(std::int64_t now_ns) {
    while (!ends_.empty() && std::get<0>(*ends_.begin()) <= now_ns) {
      const auto [at_ns, id, failed, slow] = *ends_.begin();
      ends_.erase(ends_.begin());
      if (!open_since_) look_at(at_ns, failed, slow);
    }
    if (open_since_ && now_ns - *open_since_ >= rule_.open_time.count()) {
      open_since_.reset();
      probes_left_ = rule_.probes;
    }
    if (open_since_ || (probes_left_ && *probes_left_ == 0)) return false;
    if (probes_left_) --*probes_left_;
    return true;
  }

  void was_not_used() {
    if (probes_left_ && *probes_left_ < rule_.probes) ++*probes_left_;
  }

  std::int64_t opened = 0;

 private:
  void look_at(std::int64_t at_ns, bool failed, bool slow) {
    const std::int64_t window = probes_left_ ? rule_.probes : rule_.window;
    const std::int64_t least = probes_left_ ? window : std::min(rule_.least_calls, window);
    last_.emplace_back(failed, slow);
    if (static_cast<std::int64_t>(last_.size()) > window) last_.pop_front();
    const auto calls = static_cast<std::int64_t>(last_.size());
    if (calls < least) return;
    const auto share_of = [&](auto is_it) {
      return static_cast<double>(std::count_if(last_.begin(), last_.end(), is_it));
    };
    const bool opens = share_of([](const auto& call) { return call.first; }) >=
                           rule_.failure_share * static_cast<double>(calls) ||
                       share_of([](const auto& call) { return call.second; }) >=
                           rule_.slow_share * static_cast<double>(calls);
    if (!opens && !probes_left_) return;
    probes_left_.reset();
    last_.clear();
    if (!opens) return;
    open_since_ = at_ns;
    ++opened;
  }

  scenario::Breaker rule_;
  std::set<std::tuple<std::int64_t, std::uint64_t, bool, bool>> ends_;
  std::deque<std::pair<bool, bool>> last_;
  std::optional<std::int64_t> open_since_;
  std::optional<std::int64_t> probes_left_;  // half open
};

/// A channel: the single one, or one of several.
struct PlainChannel {
  /// The single one.
  explicit PlainChannel(const scenario::Scenario& scenario)
      : latency(stages::service_time(scenario.payment.latency)),
        clock(stages::WorkClock::of_payment(scenario)),
        free_servers(scenario.payment.servers),
        queue_limit(scenario.payment.queue_limit),
        decline_probability(scenario.payment.decline_probability),
        timeout(scenario.payment.timeout) {
    std::vector<stages::EmpiricalLaw::Cell> cells;
    for (const auto& [value, weight] : scenario.payment.histogram)
      cells.emplace_back(value, weight);
    if (!cells.empty()) measured.emplace(cells);
  }

  PlainChannel(const scenario::Scenario& scenario, std::size_t index)
      : latency(stages::service_time(scenario.payment.channels[index].latency)),
        clock(stages::WorkClock::of_channel(scenario, index)),
        free_servers(scenario.payment.channels[index].servers),
        queue_limit(scenario.payment.channels[index].queue_limit),
        decline_probability(scenario.payment.channels[index].decline_probability),
        timeout(scenario.payment.channels[index].timeout) {
    if (timeout.count() == 0) timeout = scenario.payment.timeout;
    if (scenario.payment.channels[index].breaker == scenario::Switch::on) {
      breaker.emplace(scenario.payment.breaker);
    }
  }

  static std::vector<PlainChannel> all_of(const scenario::Scenario& scenario) {
    std::vector<PlainChannel> channels;
    for (std::size_t i = 0; i < scenario.payment.channels.size(); ++i) {
      channels.emplace_back(scenario, i);
    }
    if (channels.empty()) channels.emplace_back(scenario);
    return channels;
  }

  QuantileTable latency;
  std::optional<stages::EmpiricalLaw> measured;  // instead of latency
  stages::WorkClock clock;
  std::int64_t free_servers;
  std::int64_t queue_limit;
  double decline_probability;
  Duration timeout;
  std::optional<PlainBreaker> breaker;
  std::deque<std::uint64_t> waiting;  // for a server
  std::int64_t started = 0;
};

/// The order's channel becomes the first that lets it in of a list: by shares, again and again
/// among those left; after a failure the same one first, or last. False when none does.
inline bool choose_channel(const scenario::Scenario& scenario, std::vector<PlainChannel>& channels,
                           Instant now, Order& order) {
  const auto& settings = scenario.payment.channels;
  if (settings.empty()) return true;
  std::vector<std::vector<unsigned>> lists(2);
  const bool elsewhere = scenario.payment.retry_elsewhere == scenario::Switch::on;
  for (unsigned i = 0; i < settings.size(); ++i) {
    const bool later = order.attempt > 0 && (i == order.channel()) == elsewhere;
    lists[later ? 1 : 0].push_back(i);
  }
  const RandomBlock random = random_block(static_cast<std::uint64_t>(scenario.seed),
                                          Purpose::payment_channel, order.id.value, order.attempt);
  bool any_asked = order.attempt > 0;
  for (std::size_t part = 0; part < 2; ++part) {
    std::uint64_t bits = random.wide(part);
    for (auto& list = lists[part]; !list.empty(); bits = mix(bits)) {
      std::vector<std::uint64_t> below_which;
      std::uint64_t total = 0;
      for (const unsigned i : list) {
        below_which.push_back(total += threshold_of(settings[i].share));
      }
      if (total == 0) break;
      const auto turn =
          std::upper_bound(below_which.begin(), below_which.end(), below(bits, total)) -
          below_which.begin();
      const unsigned index = list[static_cast<std::size_t>(turn)];
      auto& breaker = channels[index].breaker;
      const bool in = !breaker || breaker->lets_through(nanoseconds_of(now));
      if (in || !any_asked) order.set_channel(index);
      if (in) return true;
      any_asked = true;
      list.erase(list.begin() + turn);
    }
  }
  return false;
}

/// Why a payment is declined, by random bits; null without reasons.
inline const scenario::DeclineReason* reason_at(const scenario::Payment& payment,
                                                std::uint32_t bits) {
  double sum = 0;
  for (const scenario::DeclineReason& reason : payment.reasons) {
    sum += reason.share;
    if (bits < threshold_of(sum) || &reason == &payment.reasons.back()) return &reason;
  }
  return nullptr;
}

// Changes of the number of servers by instant in nanoseconds; they go before all orders of it.
inline std::map<std::int64_t, std::int64_t> changes_of_servers(const scenario::Payment& payment) {
  std::map<std::int64_t, std::int64_t> changes;
  std::int64_t servers = payment.servers;
  for (const scenario::ServerStep& step : payment.calendar) {
    changes[step.at.count()] = step.servers - servers;
    servers = step.servers;
  }
  return changes;
}

// Whose turn it is, of some who wait in the order in which they came.
template <typename Amount, typename Priority>
std::deque<std::uint64_t>::iterator next_turn(scenario::QueueOrder discipline,
                                              std::deque<std::uint64_t>& waiting, Amount amount,
                                              Priority priority) {
  switch (discipline) {
    case scenario::QueueOrder::lifo:
      return waiting.end() - 1;
    case scenario::QueueOrder::dearest:
      return std::max_element(waiting.begin(), waiting.end(),
                              [&](auto a, auto b) { return amount(a) < amount(b); });
    case scenario::QueueOrder::priority:
      return std::min_element(waiting.begin(), waiting.end(),
                              [&](auto a, auto b) { return priority(a) < priority(b); });
    default:
      return waiting.begin();
  }
}

}  // namespace double11::virtual_time
