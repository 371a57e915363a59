// What a hop between two workers costs: the inbox by itself, then whole pipelines with and without
// hops at every step.
#include <double11/core/cores.hpp>
#include <double11/core/order.hpp>
#include <double11/core/units.hpp>
#include <double11/live/backoff.hpp>
#include <double11/live/inbox.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr std::size_t kOrders = 200'000;
constexpr std::size_t kMostUnderWay = 8'192;  // as credits bound it
constexpr std::size_t kTrips = 2'000;

double nanoseconds_since(Clock::time_point began) {
  return static_cast<double>(std::chrono::nanoseconds(Clock::now() - began).count());
}

// Nanoseconds per order from one thread to another, so many orders in each call.
double hop_ns(std::size_t batch) {
  live::Inbox inbox(1);
  const bool crowded = usable_cores() < 2;
  std::atomic<std::size_t> received{0};
  const auto began = Clock::now();
  std::jthread sender([&] {
    std::vector<Order> orders(batch);
    live::Backoff backoff(crowded);
    for (std::size_t sent = 0; sent < kOrders; sent += batch) {
      while (sent - std::min(sent, received.load(std::memory_order_acquire)) > kMostUnderWay) {
        backoff.wait();
      }
      backoff.reset();
      inbox.send(0, orders);
    }
  });
  std::vector<Order> orders(kBatch);
  live::Backoff backoff(crowded);
  for (std::size_t count = 0; count < kOrders;) {
    const std::size_t more = inbox.receive({orders.data(), batch});
    count += more;
    received.store(count, std::memory_order_release);
    more > 0 ? backoff.reset() : backoff.wait();
  }
  return nanoseconds_since(began) / static_cast<double>(kOrders);
}

// The same through an inbox whose two ends are one thread: the queue without the hop.
double queue_ns(std::size_t batch) {
  live::Inbox inbox(1);
  std::vector<Order> orders(batch);
  const auto began = Clock::now();
  for (std::size_t done = 0; done < kOrders; done += batch) {
    inbox.send(0, orders);
    (void)inbox.receive(orders);
  }
  return nanoseconds_since(began) / static_cast<double>(kOrders);
}

void receive_one(live::Inbox& inbox, Order& order, bool crowded) {
  live::Backoff backoff(crowded);
  while (inbox.receive({&order, 1}) == 0) backoff.wait();
}

// Half of a round trip of a single order, with nothing else to do on either side.
double latency_ns() {
  live::Inbox there(1);
  live::Inbox back(1);
  const bool crowded = usable_cores() < 2;
  std::jthread other([&] {
    Order order;
    for (std::size_t i = 0; i < kTrips; ++i) {
      receive_one(there, order, crowded);
      back.send(0, {&order, 1});
    }
  });
  Order order;
  const auto began = Clock::now();
  for (std::size_t i = 0; i < kTrips; ++i) {
    there.send(0, {&order, 1});
    receive_one(back, order, crowded);
  }
  return nanoseconds_since(began) / static_cast<double>(2 * kTrips);
}

constexpr const char* kSale = R"({
  "name": "queue-hop", "duration": "4s",
  "traffic": {"curve": [{"at": "0s", "rate": "100k/s"}], "buyers": "10M"},
  "catalogue": {"skus": 100000, "stock": "100k"},
  "admission": {"in_flight_limit": "20k"},
  "payment": {"servers": 100000, "latency": {"distribution": "constant", "mean": "1ms"}},
  "inventory": {"strategy": "shared_atomic"}})";

double rate_per_s(const measure::RunRecord& record) {
  return static_cast<double>(record.books.arrivals().count) / seconds_of(record.wall);
}

std::string text_of(const Spread& spread) {
  return fmt::format("{:.0f} ({:.0f}-{:.0f})", spread.median, spread.least, spread.most);
}

constexpr std::array<std::size_t, 5> kSizes{1, 4, 16, 64, 256};

// What an order costs, ns, round by round.
struct Hops {
  std::array<std::vector<double>, kSizes.size()> within_thread;
  std::array<std::vector<double>, kSizes.size()> to_another;
  std::vector<double> alone;

  void measure() {
    alone.push_back(latency_ns());
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
      within_thread[i].push_back(queue_ns(kSizes[i]));
      to_another[i].push_back(hop_ns(kSizes[i]));
    }
  }
};

StoryTable table_of(const Hops& hops, int rounds) {
  StoryTable table{fmt::format("An order of 64 bytes through an inbox, ns each; medians of {}, "
                               "range in brackets:",
                               rounds_text(rounds)),
                   {"orders in a call", "#within a thread", "#to another thread"},
                   {}};
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    table.rows.push_back({fmt::format("{}", kSizes[i]), text_of(spread_of(hops.within_thread[i])),
                          text_of(spread_of(hops.to_another[i]))});
  }
  table.rows.push_back({"1, and nothing else to do", "", text_of(spread_of(hops.alone))});
  return table;
}

// Which figures of the table cannot be told apart; empty where all can.
std::string overlaps_text(const Hops& hops) {
  std::string pairs;
  const auto add = [&](const std::vector<double>& a, const std::vector<double>& b,
                       const std::string& what) {
    if (spread_of(a).overlaps(spread_of(b))) pairs += (pairs.empty() ? "" : "; ") + what;
  };
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    add(hops.within_thread[i], hops.to_another[i],
        fmt::format("within a thread and to another, {} in a call", kSizes[i]));
  }
  for (std::size_t i = 1; i < kSizes.size(); ++i) {
    const std::string sizes = fmt::format("{} and {} in a call", kSizes[i - 1], kSizes[i]);
    add(hops.within_thread[i - 1], hops.within_thread[i], sizes + " within a thread");
    add(hops.to_another[i - 1], hops.to_another[i], sizes + " to another");
  }
  return pairs.empty() ? "" : "Ranges overlap, no clear difference just now: " + pairs + ".";
}

StoryTable placements_table(const std::vector<double>& staged_per_s,
                            const std::vector<double>& sharded_per_s, int rounds) {
  const auto row = [](const char* name, const std::vector<double>& rates_per_s) {
    const Spread spread = spread_of(rates_per_s);
    return std::vector<std::string>{name, short_rate(spread.median), short_rate(spread.least),
                                    short_rate(spread.most)};
  };
  return {fmt::format("All four stages, {} workers, orders/s of this machine; {}:",
                      std::max(2U, usable_cores()), rounds_text(rounds)),
          {"placement", "#median", "#least", "#most"},
          {row("staged: each stage its workers, a hop per step", staged_per_s),
           row("sharded: each worker all stages, hardly a hop", sharded_per_s)}};
}

}  // namespace

void demo_queue_hop(Story& story, const DemoRunner& runner) {
  Hops hops;
  // Of the rounds that are complete; when stopped, the last one declared is shown first.
  StoryTable placements;
  StoryTable table;
  const KeptRows kept_placements(story, placements);
  const KeptRows kept_table(story, table);
  // Round by round, so that what else the machine does falls on all of them.
  for (int round = 0; round < kRounds; ++round) {
    runner.progress(fmt::format("measuring hops, round {} of {}", round + 1, kRounds));
    hops.measure();
    table = table_of(hops, round + 1);
  }
  const std::string workers = fmt::format("run.workers={}", std::max(2U, usable_cores()));
  const scenario::Scenario sharded = scenario_of(kSale, {workers, "run.placement=sharded"});
  const scenario::Scenario staged = scenario_of(kSale, {workers, "run.placement=staged"});
  std::vector<double> sharded_per_s;
  std::vector<double> staged_per_s;
  for (int round = 0; round < kRounds; ++round) {
    runner.progress(fmt::format("running both placements, round {} of {}", round + 1, kRounds));
    sharded_per_s.push_back(rate_per_s(runner.run(sharded)));
    staged_per_s.push_back(rate_per_s(runner.run(staged)));
    placements = placements_table(staged_per_s, sharded_per_s, round + 1);
  }

  const Spread one = spread_of(hops.to_another.front());
  const Spread most = spread_of(hops.to_another.back());
  StoryBars bars{"To another thread, ns for an order:", {}};
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    const Spread hop = spread_of(hops.to_another[i]);
    bars.bars.push_back(
        {fmt::format("{} in a call", kSizes[i]), hop.median, fmt::format("{:.0f}", hop.median)});
  }
  const Spread with = spread_of(staged_per_s);
  const Spread without = spread_of(sharded_per_s);

  story.answer(fmt::format(
      "About {:.0f} ns one by one and {:.0f} ns when {} travel together; within one thread the "
      "same queue takes {:.0f} ns. Whole pipelines: {} staged, with a hop at every step; {} "
      "sharded, with hardly any{}.",
      one.median, most.median, kSizes.back(), spread_of(hops.within_thread.front()).median,
      short_rate(with.median), short_rate(without.median),
      with.overlaps(without) ? " (their ranges overlap: no clear difference just now)" : ""));
  story.say(
      "An order is one cache line. To reach another core it goes through an inbox (a lock-free "
      "queue), and the line moves from one core's cache to the other's. A call with many orders "
      "shares the cost of the queue's own bookkeeping among them.");
  story.show(std::move(bars));
  story.show(std::move(table));
  if (std::string overlaps = overlaps_text(hops); !overlaps.empty()) story.say(std::move(overlaps));
  story.show(std::move(placements));
  story.say(
      "A stage of this pipeline takes some tens of nanoseconds; a lone order's way to it (the last "
      "line above) takes longer. So "
      "orders cross cores only where somebody else owns what they need, and in bulk; a batch is "
      "what is there, up to 256, and is never waited for.");
  story.say(machine_sentence());
  if (usable_cores() < 2) {
    story.say("With a single core a hop is a change of threads: these figures are not a hop's.");
  }
  story.source("docs/architecture.md, docs/benchmarks.md");
  story.next("double11 run double11-2017-minute --set run.placement=staged --duration 10s",
             "ten seconds of 2017 staged; the table of stages shows who waits");
  story.next("double11 demo hot-counter", "what crossing costs when all want the same line");
}

}  // namespace double11::cli
