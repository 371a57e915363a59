// A rush with and without a waiting room, and the game that people play in front of one.
#include <double11/core/units.hpp>
#include <double11/study/concert.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

using std::chrono::seconds;

// 10,000 people in ten seconds, each with three tries of 30 s; the shop is good for 100/s.
constexpr const char* kRush = R"({
  "name": "rush", "duration": "150s",
  "traffic": {"curve": [{"at": "0s", "rate": "1k/s"}, {"at": "10s", "rate": "0/s"}],
              "buyers": "10M",
              "retry": {"attempts": 3, "timeout": "30s", "delay": "2s", "after": ["timed_out"]}},
  "catalogue": {"skus": 100, "stock": "1M"},
  "admission": {"in_flight_limit": "50k"},
  "payment": {"servers": 10, "latency": {"distribution": "exponential", "mean": "100ms"},
              "timeout": "1d"},
  "inventory": {"reservation_ttl": "1d"}})";

constexpr study::ConcertGame kGame{.people = 10'000, .rate_per_s = 100};
constexpr int kReplications = 20;

// A door that opens when the first could have come in the equilibrium.
double opening_s() {
  return -study::concert_equilibrium(kGame).first_s;
}

// `by_chance`: random arrivals and services instead of even ones.
std::string door(const study::ArrivalSpread& spread, bool by_chance) {
  const auto first_ms = std::llround((spread.first_s + opening_s()) * 1e3);
  const auto last_ms = std::llround((spread.last_s + opening_s()) * 1e3);
  const std::string nobody = first_ms > 0 ? R"({"at": "0s", "rate": "0/s"}, )" : "";
  return fmt::format(
      R"({{"name": "door", "duration": "10min",
           "traffic": {{"arrivals": "{}", "curve": [{}{{"at": "{}ms", "rate": "{}/s"}},
                                                    {{"at": "{}ms", "rate": "0/s"}}]}},
           "network": {{"stations": [{{"name": "door",
                                     "service": {{"distribution": "{}", "mean": "10ms"}}}}],
             "slowdowns": [{{"station": "door", "at": "0s", "duration": "{}ms", "factor": 0}}]}}}})",
      by_chance ? "poisson" : "constant", nobody, first_ms, spread.arrival_rate_per_s, last_ms,
      by_chance ? "exponential" : "constant", std::llround(opening_s() * 1e3));
}

struct Visits {
  std::vector<double> came_s;
  std::vector<double> served_s;

  [[nodiscard]] double mean_cost() const {
    double sum = 0;
    for (std::size_t i = 0; i < came_s.size(); ++i) {
      sum += study::cost_of(kGame, came_s[i] - opening_s(), served_s[i] - opening_s());
    }
    return sum / static_cast<double>(came_s.size());
  }

  [[nodiscard]] double mean_wait_s() const {
    double sum = 0;
    for (std::size_t i = 0; i < came_s.size(); ++i) sum += served_s[i] - came_s[i];
    return sum / static_cast<double>(came_s.size());
  }

  [[nodiscard]] double waiting_at(double at_s) const {
    const auto by_then = [at_s](double time_s) { return time_s <= at_s; };
    return static_cast<double>(std::count_if(came_s.begin(), came_s.end(), by_then) -
                               std::count_if(served_s.begin(), served_s.end(), by_then));
  }
};

Visits visits_of(const scenario::Scenario& scenario, const DemoRunner& runner,
                 std::uint64_t replication = 0) {
  Visits visits;
  virtual_time::NetworkOptions options;
  options.on_departure = [&visits](const virtual_time::Departure& visit) {
    visits.came_s.push_back(static_cast<double>(visit.arrived_ns) * 1e-9);
    // The turn of whoever is at the door when it opens comes then.
    visits.served_s.push_back(static_cast<double>(visit.ended_ns - visit.service_ns) * 1e-9);
  };
  (void)runner.simulate_network(scenario, replication, options);
  return visits;
}

StoryTimeline queue_of(const Visits& visits, const std::string& caption) {
  StoryTimeline timeline{caption, "waiting", StoryTimeline::Unit::people, seconds(4), {}, 0, ""};
  for (double at_s = 0; at_s < 2 * opening_s() + 8; at_s += 4) {
    timeline.values.push_back(visits.waiting_at(at_s));
  }
  return timeline;
}

StoryTimeline goodput_of(const measure::RunRecord& record, const std::string& caption) {
  StoryTimeline timeline{caption, "served", StoryTimeline::Unit::per_second, seconds(3),
                         {},      100,      "what the shop can do"};
  for (Instant at; at < Instant(seconds(150)); at += timeline.spacing) {
    timeline.values.push_back(
        (record.series.count_until(Funnel::dispatched, at + timeline.spacing) -
         record.series.count_until(Funnel::dispatched, at)) /
        seconds_of(timeline.spacing));
  }
  return timeline;
}

std::vector<std::string> row_of(const std::string& name, const measure::ClientCounts& clients) {
  return {name,
          grouped(clients.first_clicks),
          grouped(clients.clicks()),
          grouped(clients.served),
          fmt::format("{:.0f}%",
                      100 * static_cast<double>(clients.served) /
                          static_cast<double>(std::max<std::int64_t>(clients.first_clicks, 1))),
          grouped(clients.answered_late)};
}

// Mean cost in both, and how many times one is the other, replication by replication.
struct ByChance {
  std::vector<double> selfish;
  std::vector<double> planned;
  std::vector<double> ratio;
};

ByChance by_chance(const DemoRunner& runner) {
  const scenario::Scenario selfish = scenario_of(door(study::concert_equilibrium(kGame), true));
  const scenario::Scenario planned = scenario_of(door(study::concert_optimum(kGame), true));
  ByChance found;
  for (std::uint64_t i = 0; i < kReplications; ++i) {
    found.selfish.push_back(visits_of(selfish, runner, i).mean_cost());
    found.planned.push_back(visits_of(planned, runner, i).mean_cost());
    found.ratio.push_back(found.selfish.back() / found.planned.back());
  }
  return found;
}

}  // namespace

void demo_waiting_room(Story& story, const DemoRunner& runner) {
  runner.progress("simulating a rush without a waiting room, and with one");
  const measure::RunRecord rush = runner.simulate(scenario_of(kRush));
  const measure::RunRecord room =
      runner.simulate(scenario_of(kRush, {"admission.waiting_room.rate=95/s"}));
  runner.progress("simulating the concert game");
  const study::ArrivalSpread selfish = study::concert_equilibrium(kGame);
  const study::ArrivalSpread planned = study::concert_optimum(kGame);
  const Visits queue = visits_of(scenario_of(door(selfish, false)), runner);
  const Visits turns = visits_of(scenario_of(door(planned, false)), runner);
  runner.progress(fmt::format("simulating it {} times by chance", kReplications));
  const ByChance chance = by_chance(runner);

  const double ratio = queue.mean_cost() / turns.mean_cost();
  story.answer(fmt::format(
      "It keeps the shop from working for people who have left: {} of {} orders served instead "
      "of {}. It does not shorten the queue. Where coming first pays, people come early, and "
      "together they pay {:.3f} times what an agreed order would cost; theory says 2.",
      grouped(room.clients.served), grouped(room.clients.first_clicks),
      grouped(rush.clients.served), ratio));
  story.say(
      "Part one, the rush. 10,000 people click within ten seconds; the shop is good for 100/s. "
      "Who has no answer after 30 s clicks again, up to three times. Without a waiting room "
      "every click is an order in the shop's queue, and is paid whether its buyer is still there "
      "or not. With one, people are let in at 95/s, and who leaves the room costs nothing.");
  story.show(goodput_of(rush, "Orders served in time, no waiting room"));
  story.show(goodput_of(room, "Orders served in time, let in at 95/s"));
  story.show(StoryTable{"What became of them:",
                        {"", "#people", "#clicks", "#served", "#share", "#paid too late"},
                        {row_of("rush", rush.clients), row_of("waiting room", room.clients)}});
  story.say(fmt::format(
      "Part two, the game. A door opens and serves {:.0f}/s, first come first served; {} people "
      "each choose when to come. A second of waiting costs 1, a second of being served later "
      "costs 1. The only equilibrium: all come evenly from {:.0f} s before the opening to {:.0f} s "
      "after it, {} stand in line when it opens, and whoever comes pays {:.0f}. If everybody came "
      "when it is his turn, nobody would wait and the mean would be {:.0f}.",
      kGame.rate_per_s, grouped(std::llround(kGame.people)), -selfish.first_s, selfish.last_s,
      grouped(std::llround(selfish.queue_at_opening)), selfish.mean_cost, planned.mean_cost));
  story.show(queue_of(
      queue, fmt::format("People in line, selfish; the door opens after {:.0f} s", opening_s())));
  story.show(StoryTable{
      "Cost of a person, theory beside simulation:",
      {"", "#theory", "#even", fmt::format("#by chance, {} times", kReplications), "#mean wait"},
      {{"selfish", fmt::format("{:.2f}", selfish.mean_cost),
        fmt::format("{:.2f}", queue.mean_cost()), interval_text(chance.selfish, 2),
        fmt::format("{:.2f} s", queue.mean_wait_s())},
       {"in turn", fmt::format("{:.2f}", planned.mean_cost),
        fmt::format("{:.2f}", turns.mean_cost()), interval_text(chance.planned, 2),
        fmt::format("{:.2f} s", turns.mean_wait_s())},
       {"price of anarchy", fmt::format("{:.3f}", study::price_of_anarchy(kGame)),
        fmt::format("{:.3f}", ratio), interval_text(chance.ratio, 3), ""}}});
  story.say(
      "Even: arrivals and services like clockwork, as in the fluid model of the theory. By chance: "
      "Poisson arrivals and exponential services, with 95% intervals. Then people who come in turn "
      "wait a little, too, so the plan of the fluid model is no longer quite the best, and the "
      "ratio to it is less than 2; it nears 2 as the crowd grows. (The paper's finite game, with "
      "an "
      "equilibrium and an optimum of its own, comes down to 2 from above.)");
  story.say(
      "A lot among those who are there at the opening takes away the reason to come early: "
      "admission.waiting_room.next=opening_lot.");
  story.source(
      "Jain, Juneja, Shimkin, \"The concert queueing game: to wait or to be late\", Discrete Event "
      "Dynamic Systems 21, 2011");
  story.next("double11 simulate eras-presale",
             "a presale with a waiting room, in the manner of a real one");
  story.next("double11 scenario explain admission.waiting_room.next", "who is let in next");
}

}  // namespace double11::cli
