// One hot SKU under every strategy and 1 to N workers, beside the same orders spread out.
#include <double11/core/cores.hpp>
#include <double11/core/units.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

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
  "catalogue": {"skus": 100000, "stock": "10k", "popularity_exponent": 0},
  "admission": {"in_flight_limit": "20k"},
  "payment": {"servers": 100000, "latency": {"distribution": "constant", "mean": "1ms"}}})";
constexpr const char* kHot = R"(catalogue.hot={"skus": 1, "share": 1, "stock": "100M"})";

struct Case {
  std::string strategy;
  std::uint32_t workers = 1;
  bool is_hot = false;
  std::vector<double> rates_per_s{};
  std::vector<double> stage_ns{};  // of inventory, per order

  [[nodiscard]] scenario::Scenario scenario() const {
    std::vector<std::string> overrides{"inventory.strategy=" + strategy,
                                       fmt::format("run.workers={}", workers)};
    if (is_hot) overrides.emplace_back(kHot);
    return scenario_of(kSale, overrides);
  }

  void measure(const DemoRunner& runner) {
    const measure::RunRecord record = runner.run(scenario());
    const measure::StageLoad& stage = record.stages[index_of(Stage::inventory)];
    rates_per_s.push_back(static_cast<double>(record.books.arrivals().count) /
                          seconds_of(record.wall));
    stage_ns.push_back(static_cast<double>(stage.busy.count()) /
                       static_cast<double>(std::max<std::int64_t>(stage.orders, 1)));
  }
};

std::vector<std::uint32_t> worker_counts() {
  std::vector<std::uint32_t> counts;
  for (std::uint32_t n = 1; n < std::min(usable_cores(), kMostWorkers); n *= 2) counts.push_back(n);
  counts.push_back(std::min(usable_cores(), kMostWorkers));
  return counts;
}

}  // namespace

void demo_hot_counter(Story& story, const DemoRunner& runner) {
  std::vector<Case> cases;
  for (const std::string_view strategy : kStrategies) {
    for (const std::uint32_t workers : worker_counts()) {
      for (const bool is_hot : {false, true}) {
        cases.push_back({std::string(strategy), workers, is_hot});
      }
    }
  }
  // Round by round, so that what else the machine does falls on all of them.
  for (int round = 0; round < kRounds; ++round) {
    runner.progress(
        fmt::format("running {} pipelines, round {} of {}", cases.size(), round + 1, kRounds));
    for (Case& one : cases) one.measure(runner);
  }

  StoryTable table{
      fmt::format("Median of {} runs of 200,000 orders; \"stage\" is the time of the inventory "
                  "stage for an order, its range in brackets:",
                  kRounds),
      {"strategy", "#workers", "#spread", "#hot", "#spread: stage", "#hot: stage"},
      {}};
  StoryBars bars{fmt::format("The hot SKU with {} workers, ns in the inventory stage for an order:",
                             cases.back().workers),
                 {}};
  const auto stage_text = [](const Case& one) {
    const Spread spread = spread_of(one.stage_ns);
    return fmt::format("{:.0f} ns ({:.0f}-{:.0f})", spread.median, spread.least, spread.most);
  };
  for (std::size_t i = 0; i + 1 < cases.size(); i += 2) {
    const Case& spread = cases[i];
    const Case& hot = cases[i + 1];
    table.rows.push_back({hot.strategy, fmt::format("{}", hot.workers),
                          short_rate(spread_of(spread.rates_per_s).median),
                          short_rate(spread_of(hot.rates_per_s).median), stage_text(spread),
                          stage_text(hot)});
    if (hot.workers == cases.back().workers) {
      const double ns = spread_of(hot.stage_ns).median;
      bars.bars.push_back({hot.strategy, ns, fmt::format("{:.0f}", ns)});
    }
  }
  const auto best =
      std::min_element(bars.bars.begin(), bars.bars.end(),
                       [](const auto& a, const auto& b) { return a.value < b.value; });
  const auto worst =
      std::max_element(bars.bars.begin(), bars.bars.end(),
                       [](const auto& a, const auto& b) { return a.value < b.value; });
  story.answer(fmt::format(
      "With {} workers on one counter an order spends {} ns in the inventory stage under {} and {} "
      "ns under {}. The counter is one cache line, and only one core can change it at a time.",
      cases.back().workers, worst->text, worst->label, best->text, best->label));
  story.say(
      "Four ways to take a unit of stock: everybody changes the counter (shared_atomic), or "
      "locks it (mutex); one worker owns it and the orders travel to him (owner_shard); or each "
      "worker borrows a chunk of it and sells that alone (escrow). Spread: orders for 100,000 "
      "SKUs. Hot: all of them for one.");
  story.show(std::move(bars));
  story.show(std::move(table));
  story.say(
      "With one worker there is nobody to share with: hot is even quicker, as the line stays in "
      "the cache. With several, each change has to fetch the line from the core that changed it "
      "last, and more cores only make a longer queue for it. Escrow touches the shared line once "
      "per chunk; an owner never shares it, at the price of a hop.");
  story.say(machine_sentence());
  if (usable_cores() < 2)
    story.say("With a single core no line is shared: hot costs nothing here.");
  story.source(
      "The escrow method: P. O'Neil, \"The Escrow Transactional Method\", ACM TODS 11(4), "
      "1986");
  story.next("double11 run hot-item --set inventory.strategy=escrow",
             "a sale in which nine orders in ten want one SKU");
  story.next("double11 run hot-item --set inventory.strategy=unsafe --workers 4",
             "what happens without any of them: the audit catches it (exit 4) when two collide");
  story.next("double11 simulate hot-row", "the same heat in a database row");
}

}  // namespace double11::cli
