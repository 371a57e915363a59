// Rows of the group `network`.
#include "scenario/key_table.hpp"

namespace double11::scenario {
namespace {

std::vector<Distribution> with(Distribution further) {
  std::vector<Distribution> laws = kDrawn;
  laws.push_back(further);
  return laws;
}

void add_station(Table& table) {
  table.add_list(
      "network.stations", {0, 256},
      "Stations of a queueing network; with any, the scenario is a network and no sale. Jobs "
      "enter at the first.",
      [](Scenario & s) -> auto& { return s.network.stations; });
  table
      .add(
          "network.stations[].name", Kind::text, {1, 60}, "Name of the station, other than out.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].name; })
      .required = true;
  table.add(
      "network.stations[].servers", Kind::count, {1, 1e6}, "How many jobs it serves at once.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].servers; });
  add_random_duration(
      table, "network.stations[].service", "Service time", with(Distribution::empirical),
      {0, kLongest},
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].service; });
  table.add_choice(
      "network.stations[].discipline", {"fifo", "lifo", "priority", "preemptive", "sharing"},
      "Who is served next: first or last come; the class of the smallest priority, without or "
      "with interrupting others (their work is resumed); or all at once, sharing the servers.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].discipline; });
  table.add(
      "network.stations[].queue_limit", Kind::count, {0, 1e9},
      "Most jobs that wait; more are blocked.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].queue_limit; });
  add_random_duration(
      table, "network.stations[].patience", "Time in the queue after which a job leaves",
      with(Distribution::none), {0, kLongest},
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].patience; });
  table.add(
      "network.stations[].batch_most", Kind::count, {1, 1e6},
      "A server starts with whatever waits, up to this many; they end together.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].batch_most; });
  table.add(
      "network.stations[].departure_period", Kind::duration, {0, kLongest},
      "Served jobs leave only at whole multiples of this (trucks). 0s: at once.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].departure_period; });
  table.add(
      "network.stations[].tokens.rate", Kind::rate, {0, 1e9},
      "Tokens per second; a job that finds none is lost. 0/s: no token bucket.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].tokens.rate_per_s; });
  table.add(
      "network.stations[].tokens.burst", Kind::count, {0, 1e9},
      "Most tokens the bucket holds; it is full at the start.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].tokens.burst; });
}

void add_station_extras(Table& table) {
  table.add(
      "network.stations[].branches", Kind::count, {1, 1000},
      "Fork-join: copies of the station; a job has one task in each and leaves when all are done.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].branches; });
  table.add(
      "network.stations[].tasks", Kind::count, {1, 1000},
      "Split-merge: the service time is the longest of this many draws.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].tasks; });
  table.add(
      "network.stations[].failure_probability", Kind::share, {0, 1}, "Share of services that fail.",
      [](Scenario & s, std::size_t i) -> auto& {
        return s.network.stations[i].failure_probability;
      });
  table.add(
      "network.stations[].timeout", Kind::duration, {0, kLongest},
      "A service that would last longer is stopped then and has failed. 0s: none.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].timeout; });
  table.add(
      "network.stations[].attempts", Kind::count, {0, 1e6},
      "Most services of a visit: a failed one is repeated, the last one loses the job. 0: no "
      "limit.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].attempts; });
  table.add(
      "network.stations[].retry_delay", Kind::duration, {0, kLongest},
      "From a failed service until the job queues again.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].retry_delay; });
  table.add(
      "network.stations[].retry_backoff", Kind::number, {1, 1000},
      "Each further retry_delay of a visit is this many times as long, up to 400d.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].retry_backoff; });
  table.add(
      "network.stations[].retry_jitter", Kind::share, {0, 1},
      "Each retry_delay is shortened by a random part of it, up to this share.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].retry_jitter; });
  add_random_duration(
      table, "network.stations[].retrial.delay",
      "Time after which a blocked job tries again; none: it is lost", with(Distribution::none),
      {0, kLongest},
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].retrial.delay; });
  table.add(
      "network.stations[].retrial.persistence", Kind::share, {0, 1},
      "Probability of staying after a retry that was blocked; the first time all stay.",
      [](Scenario & s, std::size_t i) -> auto& {
        return s.network.stations[i].retrial.persistence;
      });
  table.add(
      "network.stations[].retrial.attempts", Kind::count, {0, 1e6},
      "Most retries of a blocked job. 0: no limit.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].retrial.attempts; });
  table.add(
      "network.stations[].breakdown.up", Kind::duration, {0, kLongest},
      "Mean exponential time until the whole station fails, busy or not. 0s: never.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].breakdown.up; });
  table.add(
      "network.stations[].breakdown.down", Kind::duration, {0, kLongest},
      "Mean exponential time of repair; interrupted work is resumed.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.stations[i].breakdown.down; });
}

void add_relations(Table& table) {
  table.add_list(
      "network.routes", {0, 10'000},
      "Where jobs go next; what the shares leave over goes out. None: in series, as listed.",
      [](Scenario & s) -> auto& { return s.network.routes; });
  table
      .add(
          "network.routes[].from", Kind::text, {1, 60}, "A station.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.routes[i].from; })
      .required = true;
  table
      .add(
          "network.routes[].to", Kind::text, {1, 60}, "A station, or out.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.routes[i].to; })
      .required = true;
  table.add(
      "network.routes[].share", Kind::share, {0, 1},
      "Share of the jobs that leave the one and go to the other.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.routes[i].share; });
  table.add_list(
      "network.calendar", {0, 10'000}, "Steps of capacity; services under way are finished.",
      [](Scenario & s) -> auto& { return s.network.calendar; });
  table
      .add(
          "network.calendar[].station", Kind::text, {1, 60}, "A station.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.calendar[i].station; })
      .required = true;
  table
      .add(
          "network.calendar[].at", Kind::duration, {0, kLongest}, "When the step is.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.calendar[i].at; })
      .required = true;
  table
      .add(
          "network.calendar[].servers", Kind::count, {0, 1e6}, "Servers from then on.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.calendar[i].servers; })
      .required = true;
  table.add_list(
      "network.slowdowns", {0, 10'000},
      "Times at which a station works slower, faster or not at all.",
      [](Scenario & s) -> auto& { return s.network.slowdowns; });
  table
      .add(
          "network.slowdowns[].station", Kind::text, {1, 60}, "A station.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.slowdowns[i].station; })
      .required = true;
  table
      .add(
          "network.slowdowns[].at", Kind::duration, {0, kLongest}, "When it begins.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.slowdowns[i].at; })
      .required = true;
  table
      .add(
          "network.slowdowns[].duration", Kind::duration, {1, kLongest}, "How long it lasts.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.slowdowns[i].duration; })
      .required = true;
  table.add(
      "network.slowdowns[].factor", Kind::number, {0, 1000},
      "Times the usual speed; 0 is an outage.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.slowdowns[i].factor; });
  table.add_list(
      "network.classes", {1, 64}, "Classes of jobs; the shares add up to 1.",
      [](Scenario & s) -> auto& { return s.network.classes; });
  table
      .add(
          "network.classes[].name", Kind::text, {1, 60}, "Name of the class.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.classes[i].name; })
      .required = true;
  table
      .add(
          "network.classes[].share", Kind::share, {0, 1}, "Share of the jobs.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.classes[i].share; })
      .required = true;
  table.add(
      "network.classes[].priority", Kind::count, {0, 1000},
      "Smaller goes first where the discipline is priority or preemptive.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.classes[i].priority; });
  table.add(
      "network.classes[].service_factor", Kind::number, {1e-6, 1e6},
      "Multiplies the service times of this class.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.classes[i].service_factor; });
}

void add_jobs(Table& table) {
  table.add_list(
      "network.trace", {0, 100'000},
      "Explicit arrivals at the first station, by time; with any, the curve is not used.",
      [](Scenario & s) -> auto& { return s.network.trace; });
  table
      .add(
          "network.trace[].at", Kind::duration, {0, kLongest}, "When it arrives.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.trace[i].at; })
      .required = true;
  table
      .add(
          "network.trace[].service", Kind::duration, {0, kLongest},
          "Its service time at the first station.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.trace[i].service; })
      .required = true;
  table.add_list(
      "network.histogram", {0, 100'000},
      "Service times of stations whose service.distribution is empirical.",
      [](Scenario & s) -> auto& { return s.network.histogram; });
  table
      .add(
          "network.histogram[].station", Kind::text, {1, 60}, "A station.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.histogram[i].station; })
      .required = true;
  table
      .add(
          "network.histogram[].value", Kind::duration, {0, kLongest}, "A service time.",
          [](Scenario & s, std::size_t i) -> auto& { return s.network.histogram[i].value; })
      .required = true;
  table.add(
      "network.histogram[].weight", Kind::number, {0, 1e12},
      "How often it comes, against the others.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.histogram[i].weight; });
  table.add(
      "network.population", Kind::count, {0, 10e6},
      "Closed network: this many users think, visit the network, think again. 0: open.",
      [](Scenario & s, std::size_t) -> auto& { return s.network.population; });
  add_random_duration(
      table, "network.think", "How long a user of a closed network thinks", kDrawn, {0, kLongest},
      [](Scenario & s, std::size_t) -> auto& { return s.network.think; });
  table.add(
      "network.arrivals_batch", Kind::count, {1, 1e6},
      "Jobs that come with each arrival of the curve.",
      [](Scenario & s, std::size_t) -> auto& { return s.network.arrivals_batch; });
  table.add_list(
      "network.probes", {0, 1000}, "Instants at which the number in every station is noted.",
      [](Scenario & s) -> auto& { return s.network.probes; });
  table.add(
      "network.probes[]", Kind::duration, {0, kLongest}, "One instant.",
      [](Scenario & s, std::size_t i) -> auto& { return s.network.probes[i]; });
}

}  // namespace

void add_network(Table& table) {
  add_station(table);
  add_station_extras(table);
  add_relations(table);
  add_jobs(table);
}

}  // namespace double11::scenario
