// One hot SKU under every strategy and 1 to N workers, beside the same orders spread out.
#include <double11/core/cores.hpp>
#include <double11/core/units.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

#include "cli/crowded_counter.hpp"
#include "cli/demo.hpp"

namespace double11::cli {
namespace {

constexpr int kRounds = 5;
constexpr std::uint32_t kMostWorkers = 8;

constexpr std::array<std::string_view, 4> kStrategies{"shared_atomic", "mutex", "owner_shard",
                                                      "escrow"};

// Hot: everybody wants SKU 0, of which there is enough.
constexpr const char* kSale = R"({
  "name": "hot-counter", "duration": "2s",
  "traffic": {"curve": [{"at": "0s", "rate": "100k/s"}], "buyers": "10M"},
  "catalogue": {"skus": 100000, "stock": "1M", "popularity_exponent": 0},
  "admission": {"in_flight_limit": "20k"},
  "payment": {"servers": 100000, "latency": {"distribution": "constant", "mean": "1ms"}}})";
constexpr const char* kHot = R"(catalogue.hot={"skus": 1, "share": 1, "stock": "100M"})";

scenario::Scenario sale(const std::string& strategy, std::uint32_t workers, bool is_hot) {
  std::vector<std::string> overrides{"inventory.strategy=" + strategy,
                                     fmt::format("run.workers={}", workers)};
  if (is_hot) overrides.emplace_back(kHot);
  return scenario_of(kSale, overrides);
}

// One strategy with so many threads, measured round by round.
struct Case {
  std::string strategy;
  std::uint32_t workers = 1;
  std::array<std::vector<double>, 2> counter_ns{};   // spread, hot
  std::array<std::vector<double>, 2> rates_per_s{};  // of whole pipelines

  // Whose stock has an owner is not taken by several.
  [[nodiscard]] bool is_shared() const { return strategy != "owner_shard"; }

  void measure(const DemoRunner& runner) {
    for (const bool is_hot : {false, true}) {
      const std::size_t which = is_hot ? 1 : 0;
      const scenario::Scenario scenario = sale(strategy, workers, is_hot);
      const std::optional<double> ns =
          is_shared() ? crowded_take_ns(scenario, workers, is_hot) : std::nullopt;
      if (ns) counter_ns[which].push_back(*ns);
      const measure::RunRecord record = runner.run(scenario);
      rates_per_s[which].push_back(static_cast<double>(record.books.arrivals().count) /
                                   seconds_of(record.wall));
    }
  }
};

std::vector<std::uint32_t> worker_counts() {
  std::vector<std::uint32_t> counts;
  for (std::uint32_t n = 1; n < std::min(usable_cores(), kMostWorkers); n *= 2) counts.push_back(n);
  counts.push_back(std::min(usable_cores(), kMostWorkers));
  return counts;
}

std::string text_of(const std::vector<double>& values) {
  if (values.empty()) return "never at once";
  const Spread spread = spread_of(values);
  return fmt::format("{:.0f} ({:.0f}-{:.0f})", spread.median, spread.least, spread.most);
}

StoryTable counter_table(const std::vector<Case>& cases, int rounds) {
  StoryTable table{
      fmt::format("The counter alone, CPU time of a thread for a unit while all threads run, ns; "
                  "median of {}, range in brackets:",
                  rounds_text(rounds)),
      {"strategy", "#threads", "#each its own SKUs", "#all the same SKU"},
      {}};
  for (const Case& one : cases) {
    if (!one.is_shared()) continue;
    table.rows.push_back({one.strategy, fmt::format("{}", one.workers), text_of(one.counter_ns[0]),
                          text_of(one.counter_ns[1])});
  }
  return table;
}

StoryTable pipeline_table(const std::vector<Case>& cases, int rounds) {
  StoryTable table{
      fmt::format("The whole pipeline, all four stages, orders/s; {} of 200,000 orders:",
                  rounds_text(rounds)),
      {"strategy", "#workers", "#spread out", "#hot", "#hot: least", "#most"},
      {}};
  for (const Case& one : cases) {
    const Spread spread = spread_of(one.rates_per_s[0]);
    const Spread hot = spread_of(one.rates_per_s[1]);
    table.rows.push_back({one.strategy, fmt::format("{}", one.workers), short_rate(spread.median),
                          short_rate(hot.median), short_rate(hot.least), short_rate(hot.most)});
  }
  return table;
}

}  // namespace

void demo_hot_counter(Story& story, const DemoRunner& runner) {
  std::vector<Case> cases;
  for (const std::string_view strategy : kStrategies) {
    for (const std::uint32_t workers : worker_counts()) {
      cases.push_back({std::string(strategy), workers});
    }
  }
  // Of the rounds that are complete; when stopped, the last one declared is shown first.
  StoryTable counter;
  StoryTable pipeline;
  const KeptRows kept_pipeline(story, pipeline);
  const KeptRows kept_counter(story, counter);
  // Round by round, so that what else the machine does falls on all of them.
  for (int round = 0; round < kRounds; ++round) {
    runner.progress(
        fmt::format("{} counters and pipelines, round {} of {}", cases.size(), round + 1, kRounds));
    for (Case& one : cases) one.measure(runner);
    counter = counter_table(cases, round + 1);
    pipeline = pipeline_table(cases, round + 1);
  }

  const std::uint32_t most = cases.back().workers;
  StoryBars bars{
      fmt::format("A unit of the hot SKU, {} at once, ns:",
                  most == 1 ? std::string("one thread") : fmt::format("{} threads", most)),
      {}};
  for (const Case& one : cases) {
    if (one.is_shared() && one.workers == most && !one.counter_ns[1].empty()) {
      const double ns = spread_of(one.counter_ns[1]).median;
      bars.bars.push_back({one.strategy, ns, fmt::format("{:.0f}", ns)});
    }
  }
  const Case& alone = cases.front();
  const Case& atomic = cases[worker_counts().size() - 1];
  const Case& escrow = cases.back();
  if (atomic.counter_ns[0].empty() || atomic.counter_ns[1].empty() ||
      escrow.counter_ns[1].empty()) {
    story.answer(
        "Not to be told just now: this machine is so busy that the threads hardly ever ran at the "
        "same time.");
  } else {
    const Spread hot = spread_of(atomic.counter_ns[1]);
    const Spread own = spread_of(atomic.counter_ns[0]);
    story.answer(fmt::format(
        "Taking a unit from one shared counter costs {:.0f} ns while {} threads do it at once, "
        "{:.0f} ns when each has counters of its own, {:.0f} ns with one thread{}. In escrow it is "
        "{:.0f} ns for {} threads: they share no line, but for the few times when they borrow.",
        hot.median, most, own.median, spread_of(alone.counter_ns[1]).median,
        hot.least <= own.most ? " (ranges overlap: the price is not clearly seen just now)" : "",
        spread_of(escrow.counter_ns[1]).median, most));
  }
  story.say(
      "Four ways to take a unit of stock: everybody changes the counter (shared_atomic), or "
      "locks it (mutex); one worker owns it and the orders travel to him (owner_shard, whose hop "
      "is another story: queue-hop); or each worker borrows a chunk and sells that alone "
      "(escrow).");
  if (bars.bars.empty()) {
    story.say("No figure: in no round did all threads run at the same time.");
  } else {
    story.show(std::move(bars));
  }
  story.show(std::move(counter));
  story.say(
      "A counter is one cache line, and a core must have it for itself to change it. With several "
      "cores each change first fetches the line from the core that changed it last, so more cores "
      "make a longer queue for it, not more sales. Escrow touches the shared line once per chunk.");
  story.show(std::move(pipeline));
  story.say(
      "In the pipeline the counter is one cost among many, so its heat is diluted; the more cores "
      "there are, the more of it is seen. Where ranges overlap there is no difference to speak "
      "of.");
  story.say(machine_sentence());
  if (usable_cores() < 2)
    story.say("With a single core no line is shared: hot costs nothing here.");
  story.source(
      "The escrow method: P. O'Neil, \"The Escrow Transactional Method\", ACM TODS 11(4), 1986");
  story.next("double11 run hot-item --set inventory.strategy=escrow",
             "a sale in which nine orders in ten want one SKU");
  story.next("double11 run hot-item --set inventory.strategy=unsafe --workers 4",
             "without any of them: when two collide, the audit catches it (exit 4)");
  story.next("double11 simulate hot-row", "the same heat in a database row");
}

}  // namespace double11::cli
