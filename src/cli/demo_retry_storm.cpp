// The shipped pair: an outage of three seconds, without and with a retry budget.
#include <double11/core/units.hpp>
#include <double11/report/clients.hpp>

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "cli/demo.hpp"

namespace double11::cli {
namespace {

// What a buyer was still waiting for, by second.
StoryTimeline goodput_of(const measure::RunRecord& record, const scenario::Scenario& scenario,
                         const std::string& caption) {
  StoryTimeline timeline{caption,
                         "goodput",
                         StoryTimeline::Unit::per_second,
                         std::chrono::seconds(2),
                         {},
                         scenario.traffic.curve.front().rate_per_s,
                         "orders come"};
  const measure::Series& series = record.series;
  for (Instant at; at < Instant(scenario.duration); at += timeline.spacing) {
    const double count = series.count_until(Funnel::dispatched, at + timeline.spacing) -
                         series.count_until(Funnel::dispatched, at);
    timeline.values.push_back(count / seconds_of(timeline.spacing));
  }
  return timeline;
}

double share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<std::string> row_of(const std::string& name, const measure::RunRecord& record) {
  const measure::ClientCounts& clients = record.clients;
  return {name,
          grouped(clients.first_clicks),
          grouped(clients.retries),
          grouped(clients.served),
          fmt::format("{:.1f}%", 100 * share_of(clients.served, clients.first_clicks)),
          grouped(clients.answered_late)};
}

}  // namespace

void demo_retry_storm(Story& story, const DemoRunner& runner) {
  runner.progress("simulating the storm");
  const scenario::Scenario storm = shipped_scenario("retry-storm");
  const measure::RunRecord without = runner.simulate(storm);
  runner.progress("simulating the same with a retry budget");
  const scenario::Scenario budget = shipped_scenario("retry-storm-budget");
  const measure::RunRecord with = runner.simulate(budget);

  story.answer(fmt::format(
      "Because it is busy with orders that nobody waits for any more. Three seconds of outage, and "
      "{:.0f}% of the buyers are served; with a limit on retries it is {:.0f}%.",
      100 * share_of(without.clients.served, without.clients.first_clicks),
      100 * share_of(with.clients.served, with.clients.first_clicks)));
  story.say(
      "280 orders a second reach a payment system that can do 300. At 0:30 it stands still for "
      "three seconds. Buyers wait 1 s for an answer, then click once more. What they gave up is "
      "paid all the same, and the money goes back.");
  story.show(goodput_of(without, storm, "Orders served in time, one retry each"));
  story.show(goodput_of(with, budget, "The same with a retry budget of 20 % of the successes"));
  story.show(StoryTable{"What became of the orders:",
                        {"", "#orders", "#retries", "#served", "#share", "#answered too late"},
                        {row_of("one retry", without), row_of("retry budget", with)}});
  story.say(
      "The outage leaves a queue of more than a second. From then on every answer comes too late, "
      "every order is clicked again, and 280/s become 560/s: the overload keeps itself alive "
      "without its cause. Such a state is called metastable. It ends only below half of the "
      "capacity, 150/s, or when retries are bounded: with a budget each success pays for a fifth "
      "of a retry, so while nothing succeeds nobody tries again and the queue drains.");
  story.source(
      "Bronson, Aghayev, Charapko, Zhu, \"Metastable Failures in Distributed Systems\", HotOS "
      "2021, https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf");
  story.source("Retry budgets: https://finagle.github.io/blog/2016/02/08/retry-budgets");
  story.next("double11 simulate retry-storm", "the whole report");
  story.next("double11 simulate retry-storm --set traffic.scale=0.5",
             "140/s, below half of the capacity: it comes back by itself (and exits 3, as "
             "what that scenario expects is a storm)");
  story.next(
      "double11 simulate retry-storm --set admission.control=drop_expired "
      "--set admission.in_flight_limit=4",
      "the other way out: no work for those who are gone (exits 3, too)");
}

}  // namespace double11::cli
