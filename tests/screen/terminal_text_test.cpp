// The live view: never wider or taller than its place, whatever the run is like.
#include <double11/screen/terminal_text.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "screen/line.hpp"
#include "screen/snapshots.hpp"

namespace double11::screen {
namespace {

using namespace std::chrono_literals;
using measure::Runtime;
using scenario::Scenario;
using scenario::small_scenario;

// A run with everything that a view is made from.
struct Run {
  explicit Run(Scenario one, Runtime how = Runtime::pace_max)
      : kept(std::make_shared<Scenario>(std::move(one))),
        scenario(*kept),
        runtime(how),
        ticker(scenario, how, 2),
        history(scenario, how) {}

  void show(const measure::Snapshot& snapshot) {
    tick = ticker.next(snapshot);
    history.add(tick);
  }
  [[nodiscard]] std::vector<std::string> lines(Place place = {}) const {
    return terminal_lines({scenario, runtime, 2}, tick, history, controls, place);
  }
  [[nodiscard]] std::string text(Place place = {}) const {
    std::string all;
    for (const std::string& line : lines(place)) all += line + "\n";
    return all;
  }

  std::shared_ptr<Scenario> kept;
  Scenario& scenario;
  Runtime runtime;
  Ticker ticker;
  TickHistory history;
  Tick tick;
  Controls controls{true, true};
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The text without colours; fails where anything else could move the cursor.
std::string without_color(const std::string& line) {
  std::string plain;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\x1b') {
      if (static_cast<unsigned char>(line[i]) < 0x20) FAIL("a control character");
      plain += line[i];
      continue;
    }
    const std::size_t end = line.find_first_not_of("0123456789;", i + 2);
    if (end == std::string::npos || line[end] != 'm') FAIL("no colour");
    i = end;
  }
  return plain;
}

// Columns, counted in another way than the view does: leading bytes, those of Chinese twice.
std::size_t width_of(const std::string& plain) {
  std::size_t width = 0;
  for (const char c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;
    width += byte >= 0xE3 && byte <= 0xE9 ? 2 : 1;
  }
  return width;
}

bool is_whole_utf8(const std::string& plain) {
  for (std::size_t i = 0; i < plain.size();) {
    const auto lead = static_cast<unsigned char>(plain[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead & 0xC0U) == 0x80U || i + length > plain.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(plain[i + k]) & 0xC0U) != 0x80U) return false;
    }
    i += length;
  }
  return true;
}

void check_every_place(const Run& run) {
  for (const bool color : {false, true}) {
    for (const bool utf8 : {false, true}) {
      for (std::size_t columns = 20; columns <= 200; columns += columns < 90 ? 1 : 7) {
        for (const std::size_t rows : {1U, 2U, 3U, 5U, 9U, 10U, 14U, 15U, 18U, 23U, 40U, 60U}) {
          const auto lines = run.lines({columns, rows, color, utf8});
          INFO(columns << " x " << rows);
          REQUIRE(!lines.empty());
          REQUIRE(lines.size() <= rows);
          for (const std::string& line : lines) {
            const std::string plain = without_color(line);
            INFO(plain);
            if (width_of(plain) > columns) FAIL("too wide");
            if (!is_whole_utf8(plain)) FAIL("no UTF-8");
            if (contains(plain, "nan") || contains(plain, "inf ")) FAIL("no number");
            if (!color && line != plain) FAIL("coloured");
            if (!utf8 && std::any_of(plain.begin(), plain.end(), [](char c) { return c < 0; })) {
              FAIL("not ASCII");
            }
          }
        }
      }
    }
  }
}

Run usual(Runtime runtime = Runtime::pace_max) {
  Run run(small_scenario({"duration=100s", "target.rate=1k/s"}), runtime);
  run.scenario.title = "A small sale for tests, with a title that is a whole sentence";
  for (int i = 1; i <= 20; ++i) {
    measure::Snapshot one = snapshot_at(run.scenario, i * 0.02, i * 500ms, i * 4'000);
    one.queue[index_of(Stage::payment)] = i * 1'000;
    one.servers_busy = 15'000;
    for (int k = 1; k < i; ++k) one.latency.merge(snapshot_at(run.scenario, 0, 0s, 0).latency);
    run.show(one);
  }
  return run;
}

TEST_CASE("terminal text: fits every place, in the middle of a run of each kind") {
  for (const Runtime runtime : {Runtime::pace_max, Runtime::pace_real, Runtime::virtual_time}) {
    check_every_place(usual(runtime));
  }
}

TEST_CASE("terminal text: fits with nothing done yet, paused, ending, with help") {
  Run run(small_scenario());
  run.show({});
  check_every_place(run);
  run.controls = {true, true, 1e9, true, true, true, true};
  check_every_place(run);
  run.controls = {};
  check_every_place(run);
}

TEST_CASE("terminal text: fits with huge numbers, all outcomes, many faults and all broken") {
  Run run(small_scenario({"duration=100h"}));
  run.scenario.target.rate_per_s = 1e18;
  for (int i = 0; i < 1'000; ++i) run.scenario.faults.push_back({0s, 100h, "logistics.NORTH", 0.5});
  constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max() / 16;
  measure::Snapshot huge = snapshot_at(run.scenario, 1.0, 100h, kHuge);
  huge.outcomes.fill(kHuge / 10);
  huge.queue.fill(kHuge);
  huge.servers_busy = kHuge;
  huge.units_sold = kHuge;
  huge.funnel[index_of(Funnel::dispatched)] = kHuge * 2;
  huge.refunded = {kHuge};
  run.show(huge);
  huge.wall += 1ns;
  run.show(huge);
  REQUIRE(run.history.broken().size() >= 3);
  check_every_place(run);
  const std::string all = run.text({79, 23, false, true});
  INFO(all);
  for (const Outcome outcome : kAllOutcomes) CHECK(contains(all, std::string(name_of(outcome))));
  CHECK(contains(all, "BROKEN: more units sold than there were"));
}

TEST_CASE("terminal text: long names are cut between characters, and cannot move the cursor") {
  for (const std::string& title :
       {std::string(
            "双十一全球狂欢节：零点开始，每秒三十二万五千笔订单创建，支付每秒二十五万六千笔"),
        std::string(200, 'x'), std::string("\x1b[2J\r\n\t\x07\x7f"),
        std::string("\xff\xfe\xe5\x8f"), std::string("\xe2\x80\xae txt.exe \xc2\x9b 31m")}) {
    Run run = usual();
    run.scenario.title = title;
    check_every_place(run);
  }
  CHECK(cut("双十一", 6, true) == "双十一");
  CHECK(cut("双十一", 5, true) == "双十…");
  CHECK(cut("双十一", 4, true) == "双…");
  CHECK(cut("abcdef", 5, false) == "ab...");
  CHECK(cut("abcdef", 2, false) == "ab");
  CHECK(cut("e\xcc\x81t\xc3\xa9", 3, true) == "e\xcc\x81t\xc3\xa9");
  CHECK(columns_of("双11", true) == 4);
  CHECK(cut("a\x1b[2J", 9, true) == "a?[2J");
  CHECK(cut("\xff\xe5\x8f", 9, true) == "???");
}

TEST_CASE("terminal text: on an ordinary terminal at most 20 lines say what a newcomer asks") {
  const Run run = usual();
  const auto lines = run.lines({79, 23, false, true});
  CHECK(lines.size() >= 12);
  CHECK(lines.size() <= 20);
  const std::string all = run.text({79, 23, false, true});
  INFO(all);
  CHECK(contains(all, "small  A small sale"));
  CHECK(contains(all, "pace max, 2 workers"));
  CHECK(contains(all, "HELD so far  reserved 8k/s on this machine  target 1k/s  now 8k/s"));
  CHECK(contains(all, "40%  0:40 of 1:40  15.0s left  4x real time"));
  CHECK(contains(all, "offered           8k/s         80,000"));
  CHECK(contains(all, "growing"));
  CHECK(contains(all, "p50 110ms"));
  CHECK(contains(all, "15,000 of 20,000"));
  CHECK(contains(all, "declined 2,400 (3.00%)"));
  CHECK_FALSE(contains(all, "sold_out"));
  CHECK(contains(all, "0 broken so far"));
  CHECK(contains(all, "p pause   q end with the report   + faster   - slower   ? help"));
  CHECK_FALSE(contains(all, "Faults"));
}

TEST_CASE("terminal text: whether the target holds, by what it is held against") {
  Run missed = usual();
  missed.scenario.target.rate_per_s = 9'000;
  CHECK(contains(missed.text(), "MISSED so far  reserved 8k/s"));
  Run paced = usual(Runtime::pace_real);
  CHECK(contains(paced.text(), "HELD  reserved 2k/s in the best second"));
  paced.scenario.target.rate_per_s = 3'000;
  CHECK(contains(paced.text(), "NOT YET  reserved 2k/s"));
  paced.show(snapshot_at(paced.scenario, 1, 100s, 100'000));
  CHECK(contains(paced.text(), "MISSED so far"));
  paced.scenario.target.rate_per_s = 0;
  CHECK(contains(paced.text(), "reserved per second  now"));
  Run steered = usual();
  steered.controls.touched = true;
  CHECK(contains(steered.text(), "STEERED, not judged  reserved 8k/s"));
  Run simulated = usual(Runtime::virtual_time);
  simulated.controls.touched = true;
  CHECK(contains(simulated.text(), "HELD  reserved 2k/s"));
}

TEST_CASE("terminal text: faults in effect, and the next one") {
  Run run(small_scenario({"duration=100s"}));
  run.scenario.faults = {{10s, 20s, "payment", 0}, {50s, 10s, "inventory", 0.25}};
  run.show(snapshot_at(run.scenario, 0.05, 1s, 10));
  CHECK(contains(run.text(), "none now; next payment in 5s"));
  run.show(snapshot_at(run.scenario, 0.18, 2s, 20));
  CHECK(contains(run.text(), "payment down, 12s left"));
  run.show(snapshot_at(run.scenario, 0.55, 3s, 30));
  CHECK(contains(run.text(), "inventory at 25%, 5s left"));
  run.show(snapshot_at(run.scenario, 0.9, 4s, 40));
  CHECK(contains(run.text(), "Faults    none now\n"));
}

TEST_CASE("terminal text: faults that find no room are counted") {
  Run run(small_scenario({"duration=100s"}));
  run.scenario.faults = {
      {10s, 20s, "payment", 0}, {10s, 20s, "logistics.SOUTH", 0.5}, {10s, 20s, "inventory", 0.25}};
  run.show(snapshot_at(run.scenario, 0.18, 2s, 20));
  const std::string narrow = run.text({39, 7});
  INFO(narrow);
  CHECK(contains(narrow, "payment down, 12s left\n"));
  CHECK(contains(narrow, "and 2 more\n"));
  CHECK_FALSE(contains(narrow, "inventory at"));
  // All in two lines: none is left to be counted.
  const std::string wide = run.text({79, 23});
  INFO(wide);
  CHECK(contains(wide, "inventory at 25%, 12s left"));
  CHECK_FALSE(contains(wide, "more\n"));
  for (int i = 0; i < 1'000; ++i) run.scenario.faults.push_back({10s, 20s, "payment", 0});
  run.show(snapshot_at(run.scenario, 0.18, 2s, 20));
  CHECK(contains(run.text({79, 23}), "12s left  and 999 more\n"));
}

TEST_CASE("terminal text: how it is steered") {
  Run run = usual();
  run.controls.paused = true;
  CHECK(contains(run.text(), "PAUSED  40%  0:40 of 1:40\n"));
  CHECK(contains(run.text(), "p go on"));
  run.controls = {true, true, 2, false, true};
  // It went at 4x: never is more shown than is allowed.
  CHECK(contains(run.text(), "  2x real time, at most 2x"));
  run.controls.limit = 20;
  CHECK(contains(run.text(), "  4x real time, at most 20x"));
  run.controls.ending = true;
  CHECK(contains(run.text(), "ENDING"));
  run.controls = {true, false};
  CHECK_FALSE(contains(run.text(), "pause"));
  CHECK(contains(run.text(), "q end with the report"));
  run.controls = {};
  CHECK_FALSE(contains(run.text(), "report"));
  run.controls = {true, true, 0, false, false, false, true};
  CHECK(contains(run.text(), "Ctrl-C"));
}

TEST_CASE("terminal text: less room, fewer lines, at last one") {
  const Run run = usual();
  CHECK(run.text({79, 1}) == "40%  HELD so far  reserved 8k/s  0 broken\n");
  CHECK(run.lines({19, 24}).size() == 1);
  CHECK(run.lines({50, 24}).size() <= 12);
  const auto three = run.lines({79, 3});
  REQUIRE(three.size() == 3);
  CHECK(contains(three[0], "HELD so far"));
  CHECK(contains(three[1], "40%"));
  CHECK(contains(three[2], "0 broken so far"));
  CHECK(width_of(run.lines({139, 40, false, true})[0]) >= 130);
}

}  // namespace
}  // namespace double11::screen
