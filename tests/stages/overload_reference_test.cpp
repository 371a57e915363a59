// The reference table of overload controls: what a server that can do 1000 a second achieves for
// clients who wait 0.5 s and try again up to three times, around 10 seconds at a part of its speed
// and under steady overload. (Metastable failures: Bronson et al., HotOS 2021; Huang et al., OSDI
// 2022. The table is of one run of an independent program for each cell.)
#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

#include "catch.hpp"
#include "stages/overload_model.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using Discipline = DoorQueue::Discipline;

constexpr std::uint64_t kFirstSeed = 42;
constexpr int kSeeds = 4;
constexpr int kNever = -1;

struct Dip {
  double during;
  double after;
  int recovery_s;
};

struct Row {
  const char* policy;
  void (*set)(OverloadCase&);
  Dip deep;       // 700 a second, speed 0.3
  Dip near;       // 900 a second, speed 0.5
  double steady;  // 1500 a second
  // Retries in a second of overload for each request, for the sampling error of the recovery.
  double retry_share = 0;
  double retries_per_s = 0;
};

void set_budget(OverloadCase& settings, double share) {
  settings.budget.emplace();
  settings.budget->share = share;
}
void set_discipline(OverloadCase& settings, Discipline discipline) {
  settings.queue.discipline = discipline;
}

const std::vector<Row> kRows{
    {"no retries", [](OverloadCase& of) { of.retries = 0; }, {24, 703, 13}, {52, 905, 39}, 0},
    {"retries with backoff", [](OverloadCase&) {}, {24, 0, kNever}, {52, 0, kNever}, 0},
    {"retries at once",
     [](OverloadCase& of) { of.backoff = 0ms; },
     {24, 0, kNever},
     {52, 0, kNever},
     0},
    {"retry budget 10 %",
     [](OverloadCase& of) { set_budget(of, 0.1); },
     {24, 703, 22},
     {52, 0, kNever},
     0,
     0.1,
     10},
    {"retry budget 20 %",
     [](OverloadCase& of) { set_budget(of, 0.2); },
     {24, 702, 41},
     {52, 0, kNever},
     0,
     0.2,
     10},
    {"retry budget 50 %",
     [](OverloadCase& of) { set_budget(of, 0.5); },
     {24, 0, kNever},
     {52, 0, kNever},
     0},
    {"queue of 0.4 s",
     [](OverloadCase& of) { of.queue.limit = 400; },
     {24, 706, 0},
     {52, 904, 1},
     1000},
    {"queue of 1 s",
     [](OverloadCase& of) { of.queue.limit = 1000; },
     {24, 0, kNever},
     {52, 0, kNever},
     0},
    {"drop expired",
     [](OverloadCase& of) {
       set_discipline(of, Discipline::drop_expired);
       of.queue.margin = 100ms;
     },
     {300, 704, 0},
     {500, 904, 0},
     1000},
    {"LIFO",
     [](OverloadCase& of) { set_discipline(of, Discipline::lifo); },
     {300, 704, 0},
     {500, 904, 0},
     1000},
    {"CoDel",
     [](OverloadCase& of) { set_discipline(of, Discipline::codel); },
     {300, 704, 0},
     {500, 904, 0},
     1000},
    {"adaptive LIFO",
     [](OverloadCase& of) { set_discipline(of, Discipline::adaptive_lifo); },
     {300, 704, 0},
     {498, 903, 0},
     997},
    {"Vegas",
     [](OverloadCase& of) {
       of.limit = [](std::uint64_t seed) -> std::unique_ptr<ConcurrencyLimit> {
         return std::make_unique<Vegas>(Vegas::Settings{}, seed);
       };
     },
     {300, 704, 0},
     {500, 901, 0},
     1000},
    {"Gradient2",
     [](OverloadCase& of) {
       of.limit = [](std::uint64_t) -> std::unique_ptr<ConcurrencyLimit> {
         return std::make_unique<Gradient2>(Gradient2::Settings{});
       };
     },
     {300, 704, 0},
     {500, 904, 0},
     1000},
};

OverloadCase case_of(double rate_per_s, double dip_speed) {
  OverloadCase settings;
  settings.rate_per_s = rate_per_s;
  settings.dip_speed = dip_speed;
  settings.end_s = 110;
  settings.queue.limit = INT64_MAX;
  return settings;
}

// As the table has it within 3 % and sampling error: `one_run_sd` is that of the table's one run,
// and what is found is the mean of several.
void check(double found, double table, double one_run_sd) {
  CHECK(std::abs(found - table) <= 0.03 * table + 3.29 * one_run_sd * std::sqrt(1 + 1.0 / kSeeds));
}

void check_dip(const Row& row, const Dip& table, const OverloadCase& settings) {
  double during = 0;
  double after = 0;
  double recovery_s = 0;
  int recovered = 0;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    OverloadCase run = settings;
    run.seed = seed;
    row.set(run);
    OverloadModel model(run);
    model.run();
    during += model.goodput_per_s(run.dip_at_s, run.dip_end_s) / kSeeds;
    after += model.goodput_per_s(run.end_s - 20, run.end_s) / kSeeds;
    const int seconds = model.recovery_s(0.9);
    if (seconds < 0) continue;
    ++recovered;
    recovery_s += static_cast<double>(seconds) / kSeeds;
  }
  INFO(row.policy << ", " << settings.rate_per_s << " a second: during " << during << ", after "
                  << after << ", recovery " << recovery_s << " s in " << recovered << " of "
                  << kSeeds);
  const double dip_s = settings.dip_end_s - settings.dip_at_s;
  const double slow_per_s = settings.dip_speed * settings.service_per_s;
  // A queue first come first served answers in time until the wait is the time they wait: as many
  // as are served until the backlog, which grows as a random walk, first reaches that.
  const bool saves = table.during > 100;
  const double growth_per_s = settings.rate_per_s - slow_per_s;
  const double until_late_s = slow_per_s * seconds_of(settings.timeout) / growth_per_s;
  const double spread_s =
      std::sqrt((settings.rate_per_s + slow_per_s) * until_late_s) / growth_per_s;
  check(during, table.during,
        saves ? std::sqrt(slow_per_s / dip_s) : slow_per_s * spread_s / dip_s);
  if (table.recovery_s == kNever) {
    CHECK(after == 0);
    CHECK(recovered == 0);
    return;
  }
  check(after, table.after, std::sqrt(settings.rate_per_s / 20));
  REQUIRE(recovered == kSeeds);
  // The backlog walks back at random.
  const double load_per_s = settings.rate_per_s * (1 + row.retry_share) + row.retries_per_s;
  const double steps = (settings.rate_per_s + slow_per_s) * dip_s +
                       (load_per_s + settings.service_per_s) * table.recovery_s;
  const double sd_s =
      table.recovery_s > 1 ? std::sqrt(steps) / (settings.service_per_s - load_per_s) : 0.5;
  check(recovery_s, table.recovery_s, sd_s);
}

TEST_CASE("Overload: 700 a second and a server at 0.3 of its speed for 10 s") {
  for (const Row& row : kRows) check_dip(row, row.deep, case_of(700, 0.3));
}

TEST_CASE("Overload: 900 a second and a server at half its speed for 10 s") {
  for (const Row& row : kRows) check_dip(row, row.near, case_of(900, 0.5));
}

TEST_CASE("Overload: 1500 a second for ever") {
  for (const Row& row : kRows) {
    double goodput = 0;
    for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
      OverloadCase settings = case_of(1500, 1);
      settings.end_s = 40;
      settings.seed = seed;
      row.set(settings);
      OverloadModel model(settings);
      model.run();
      goodput += model.goodput_per_s(10, 40) / kSeeds;
    }
    INFO(row.policy << ": " << goodput);
    check(goodput, row.steady, row.steady > 0 ? std::sqrt(1000.0 / 30) : 0);
  }
}

TEST_CASE("Overload: attempts for each request, once it has collapsed") {
  OverloadCase settings = case_of(700, 0.3);
  settings.end_s = 150;
  OverloadModel dip(settings);
  dip.run();
  CHECK(std::abs(dip.attempts_each() - 3.37) < 0.01);
  settings = case_of(1500, 1);
  settings.end_s = 150;
  OverloadModel steady(settings);
  steady.run();
  CHECK(std::abs(steady.attempts_each() - 3.96) < 0.015);
}

TEST_CASE("Overload: without a margin those who are all but gone are served, and too late") {
  OverloadCase settings = case_of(700, 0.3);
  set_discipline(settings, Discipline::drop_expired);
  OverloadModel model(settings);
  model.run();
  CHECK(model.goodput_per_s(settings.dip_at_s, settings.dip_end_s) < 100);
}

TEST_CASE("Overload: Sentinel's rule keeps goodput, at the price of some of it") {
  OverloadCase settings = case_of(900, 0.5);
  settings.limit = [](std::uint64_t) -> std::unique_ptr<ConcurrencyLimit> {
    return std::make_unique<SentinelRule>();
  };
  OverloadModel model(settings);
  model.run();
  CHECK(model.goodput_per_s(settings.dip_at_s, settings.dip_end_s) > 450);
  CHECK(model.goodput_per_s(settings.end_s - 20, settings.end_s) > 800);
  CHECK(model.recovery_s(0.8) == 0);
}

}  // namespace
}  // namespace double11::stages
