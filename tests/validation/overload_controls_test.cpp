// The reference table of overload controls (overload_table.hpp), by the controls alone.
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "catch.hpp"
#include "validation/overload_model.hpp"
#include "validation/overload_table.hpp"

namespace double11::stages {
namespace {

using namespace std::chrono_literals;
using Discipline = DoorQueue::Discipline;

using overload::kFirstSeed;
using overload::kSeeds;
using overload::kTable;

void set_budget(OverloadCase& settings, double share) {
  settings.budget.emplace();
  settings.budget->share = share;
}
void set_discipline(OverloadCase& settings, Discipline discipline) {
  settings.queue.discipline = discipline;
}

// How to build each policy of the table.
const std::map<std::string, void (*)(OverloadCase&)> kPolicies{
    {"no retries", [](OverloadCase& of) { of.retries = 0; }},
    {"retries with backoff", [](OverloadCase&) {}},
    {"retries at once", [](OverloadCase& of) { of.backoff = 0ms; }},
    {"retry budget 10 %", [](OverloadCase& of) { set_budget(of, 0.1); }},
    {"retry budget 20 %", [](OverloadCase& of) { set_budget(of, 0.2); }},
    {"retry budget 50 %", [](OverloadCase& of) { set_budget(of, 0.5); }},
    {"queue of 0.4 s", [](OverloadCase& of) { of.queue.limit = 400; }},
    {"queue of 1 s", [](OverloadCase& of) { of.queue.limit = 1000; }},
    {"drop expired",
     [](OverloadCase& of) {
       set_discipline(of, Discipline::drop_expired);
       of.queue.margin = 100ms;
     }},
    {"LIFO", [](OverloadCase& of) { set_discipline(of, Discipline::lifo); }},
    {"CoDel", [](OverloadCase& of) { set_discipline(of, Discipline::codel); }},
    {"adaptive LIFO", [](OverloadCase& of) { set_discipline(of, Discipline::adaptive_lifo); }},
    {"Vegas",
     [](OverloadCase& of) {
       of.limit = [](std::uint64_t seed) -> std::unique_ptr<ConcurrencyLimit> {
         return std::make_unique<Vegas>(Vegas::Settings{}, seed);
       };
     }},
    {"Gradient2",
     [](OverloadCase& of) {
       of.limit = [](std::uint64_t) -> std::unique_ptr<ConcurrencyLimit> {
         return std::make_unique<Gradient2>(Gradient2::Settings{});
       };
     }},
};

OverloadCase case_of(double rate_per_s, double dip_speed) {
  OverloadCase settings;
  settings.rate_per_s = rate_per_s;
  settings.dip_speed = dip_speed;
  settings.end_s = 110;
  settings.queue.limit = INT64_MAX;
  return settings;
}

void check_dip(const overload::Row& row, const overload::Dip& table, double rate_per_s,
               double dip_speed) {
  overload::Found found;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    OverloadCase run = case_of(rate_per_s, dip_speed);
    run.seed = seed;
    kPolicies.at(row.policy)(run);
    OverloadModel model(run);
    model.run();
    found.add(model.goodput_per_s(run.dip_at_s, run.dip_end_s),
              model.goodput_per_s(run.end_s - 20, run.end_s), model.recovery_s(0.9));
  }
  overload::check_dip(row, table, rate_per_s, dip_speed, found);
}

TEST_CASE("Overload: 700 a second and a server at 0.3 of its speed for 10 s") {
  for (const overload::Row& row : kTable) check_dip(row, row.deep, 700, 0.3);
}

TEST_CASE("Overload: 900 a second and a server at half its speed for 10 s") {
  for (const overload::Row& row : kTable) check_dip(row, row.near, 900, 0.5);
}

TEST_CASE("Overload: 1500 a second for ever") {
  for (const overload::Row& row : kTable) {
    double goodput = 0;
    for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
      OverloadCase settings = case_of(1500, 1);
      settings.end_s = 40;
      settings.seed = seed;
      kPolicies.at(row.policy)(settings);
      OverloadModel model(settings);
      model.run();
      goodput += model.goodput_per_s(10, 40) / kSeeds;
    }
    overload::check_steady(row, goodput);
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
