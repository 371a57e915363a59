// Rules between the keys of a network.
#include <double11/core/units.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

constexpr const char* kOut = "out";

class NetworkRules {
 public:
  NetworkRules(const Scenario& scenario, const Complain& complain)
      : scenario_(scenario), network_(scenario.network), complain_(complain) {}

  void check() {
    check_stations();
    check_references();
    check_routes();
    check_classes();
    check_windows();
    check_jobs();
    check_progress();
  }

 private:
  void complain(const std::string& path, std::string message) const {
    complain_(path, std::move(message), {"network"});
  }

  void check_stations() {
    for (std::size_t i = 0; i < network_.stations.size(); ++i) {
      const NetworkStation& station = network_.stations[i];
      const std::string path = fmt::format("network.stations[{}]", i);
      if (station.name == kOut || !indices_.emplace(station.name, i).second) {
        complain(path + ".name",
                 fmt::format("found \"{}\"; every station needs a name of its own, other than out",
                             station.name));
      }
      check_random_duration(path + ".service", station.service, complain_);
      check_random_duration(path + ".patience", station.patience, complain_);
      check_random_duration(path + ".retrial.delay", station.retrial.delay, complain_);
      check_entrance(station, path);
      check_service(station, path);
      check_fork(station, path);
    }
  }

  void check_entrance(const NetworkStation& station, const std::string& path) const {
    if ((station.tokens.rate_per_s > 0) != (station.tokens.burst > 0)) {
      complain(path + ".tokens", "a token bucket needs a rate above 0/s and a burst of at least 1");
    }
    const RandomDuration& delay = station.retrial.delay;
    if (delay.distribution == Distribution::constant && delay.mean.count() == 0) {
      complain(path + ".retrial.delay.mean", "found 0s; a retry needs a time above 0s");
    }
    if (station.patience.distribution != Distribution::none &&
        (station.discipline == Discipline::sharing ||
         station.discipline == Discipline::preemptive)) {
      complain(path + ".patience",
               "has no meaning with discipline sharing or preemptive: there is no one wait before "
               "the service");
    }
  }

  void check_service(const NetworkStation& station, const std::string& path) const {
    if (station.batch_most > 1 &&
        (station.discipline != Discipline::fifo || station.timeout.count() > 0 ||
         station.failure_probability > 0)) {
      complain(path + ".batch_most",
               fmt::format("found {}; bulk service goes with discipline fifo only, without timeout "
                           "and failure_probability",
                           station.batch_most));
    }
    if (station.timeout.count() > 0 && (station.discipline == Discipline::sharing ||
                                        station.discipline == Discipline::preemptive)) {
      complain(path + ".timeout",
               "has no meaning with discipline sharing or preemptive: a service has no one length");
    }
    if ((station.breakdown.up.count() > 0) != (station.breakdown.down.count() > 0)) {
      complain(path + ".breakdown", "up and down must both be above 0s, or both 0s");
    }
    if (station.service.distribution == Distribution::empirical) {
      double weight = 0;
      for (const HistogramCell& cell : network_.histogram) {
        if (cell.station == station.name) weight += cell.weight;
      }
      if (weight <= 0) {
        complain(path + ".service.distribution",
                 "found empirical; network.histogram has no weight for this station");
      }
    }
  }

  void check_fork(const NetworkStation& station, const std::string& path) const {
    if (station.branches == 1) return;
    const bool can_lose = station.queue_limit < NetworkStation{}.queue_limit ||
                          station.patience.distribution != Distribution::none ||
                          station.retrial.delay.distribution != Distribution::none ||
                          station.failure_probability > 0 || station.timeout.count() > 0;
    if (can_lose) {
      complain(
          path + ".branches",
          fmt::format("found {}; fork-join cannot lose single tasks: no queue_limit, patience, "
                      "retrial, failure_probability or timeout",
                      station.branches));
    }
  }

  void check_reference(const std::string& path, const std::string& station) const {
    if (indices_.count(station) == 0) {
      std::string names;
      for (const auto& [name, index] : indices_) names += (names.empty() ? "" : ", ") + name;
      complain(path, fmt::format("found \"{}\"; allowed: a station: {}", station, names));
    }
  }

  void check_references() const {
    for (std::size_t i = 0; i < network_.calendar.size(); ++i) {
      check_reference(fmt::format("network.calendar[{}].station", i), network_.calendar[i].station);
    }
    for (std::size_t i = 0; i < network_.slowdowns.size(); ++i) {
      check_reference(fmt::format("network.slowdowns[{}].station", i),
                      network_.slowdowns[i].station);
    }
    for (std::size_t i = 0; i < network_.histogram.size(); ++i) {
      check_reference(fmt::format("network.histogram[{}].station", i),
                      network_.histogram[i].station);
    }
  }

  void check_routes() const {
    std::map<std::string, double> shares;
    for (std::size_t i = 0; i < network_.routes.size(); ++i) {
      const Route& route = network_.routes[i];
      const std::string path = fmt::format("network.routes[{}]", i);
      check_reference(path + ".from", route.from);
      if (route.to != kOut) check_reference(path + ".to", route.to);
      const double sum = shares[route.from] += route.share;
      if (sum > 1 + 1e-9) {
        complain(path + ".share", fmt::format("the shares from \"{}\" add up to {:.6g}; must not "
                                              "be above 1",
                                              route.from, sum));
      }
    }
  }

  void check_classes() const {
    double sum = 0;
    std::set<std::string> names;
    for (std::size_t i = 0; i < network_.classes.size(); ++i) {
      const JobClass& job_class = network_.classes[i];
      sum += job_class.share;
      if (!names.insert(job_class.name).second) {
        complain(fmt::format("network.classes[{}].name", i),
                 fmt::format("found \"{}\" a second time; every class needs its own name",
                             job_class.name));
      }
    }
    if (std::abs(sum - 1.0) > 1e-6) {
      complain("network.classes",
               fmt::format("the shares add up to {:.6g}; must add up to 1", sum));
    }
  }

  void check_windows() const {
    std::map<std::string, Duration> end;
    for (std::size_t i = 0; i < network_.slowdowns.size(); ++i) {
      const Slowdown& window = network_.slowdowns[i];
      const auto before = end.find(window.station);
      if (before != end.end() && window.at < before->second) {
        complain(fmt::format("network.slowdowns[{}].at", i),
                 fmt::format("found {}; must not be before the end of the slowdown of this station "
                             "that is listed before it ({})",
                             text_of_duration(window.at), text_of_duration(before->second)));
      }
      end[window.station] = window.at + window.duration;
    }
    std::map<std::string, Duration> step;
    for (std::size_t i = 0; i < network_.calendar.size(); ++i) {
      const CapacityStep& next = network_.calendar[i];
      const auto before = step.find(next.station);
      if (before != step.end() && next.at <= before->second) {
        complain(fmt::format("network.calendar[{}].at", i),
                 fmt::format("found {}; must be later than the step of this station that is listed "
                             "before it ({})",
                             text_of_duration(next.at), text_of_duration(before->second)));
      }
      step[next.station] = next.at;
    }
  }

  void check_jobs() const {
    check_random_duration("network.think", network_.think, complain_);
    for (std::size_t i = 1; i < network_.trace.size(); ++i) {
      if (network_.trace[i].at < network_.trace[i - 1].at) {
        complain(fmt::format("network.trace[{}].at", i),
                 fmt::format("found {}; must not be before the one listed before it ({})",
                             text_of_duration(network_.trace[i].at),
                             text_of_duration(network_.trace[i - 1].at)));
      }
    }
    if (network_.population > 0 && (!network_.trace.empty() || network_.arrivals_batch > 1)) {
      complain("network.population",
               "a closed network has no arrivals: no network.trace and no network.arrivals_batch");
    }
    if (!network_.trace.empty() && network_.arrivals_batch > 1) {
      complain("network.arrivals_batch", "has no effect here: network.trace lists every arrival");
    }
    const Duration end =
        scenario_.simulate.until.count() > 0 ? scenario_.simulate.until : scenario_.duration;
    if (scenario_.simulate.warm_up >= end) {
      complain_("simulate.warm_up",
                fmt::format("found {}; must be before the end of the simulation ({})",
                            text_of_duration(scenario_.simulate.warm_up), text_of_duration(end)),
                {"simulate", "duration"});
    }
  }

  // Whether every visit of the station is over at once.
  [[nodiscard]] bool is_instant(const NetworkStation& station) const {
    if (station.departure_period.count() > 0) return false;
    switch (station.service.distribution) {
      case Distribution::constant: {
        const auto quicker = [](const JobClass& a, const JobClass& b) {
          return a.service_factor < b.service_factor;
        };
        const auto& classes = network_.classes;
        const double factor =
            std::min_element(classes.begin(), classes.end(), quicker)->service_factor;
        return static_cast<double>(station.service.mean.count()) * factor < 1;
      }
      case Distribution::uniform:
        return station.service.most.count() == 0;
      case Distribution::empirical:
        return std::none_of(
            network_.histogram.begin(), network_.histogram.end(), [&](const HistogramCell& cell) {
              return cell.station == station.name && cell.weight > 0 && cell.value.count() > 0;
            });
      default:
        return false;
    }
  }

  // A job that goes round without ever taking time would stop the clock.
  void check_progress() const {
    const auto& stations = network_.stations;
    const std::size_t out = stations.size();
    std::vector<bool> instant(out + 1, false);
    std::vector<std::vector<std::size_t>> next(out + 1);
    for (std::size_t i = 0; i < out; ++i) {
      instant[i] = is_instant(stations[i]);
      if (network_.routes.empty()) next[i].push_back(i + 1);
      if (instant[i] && stations[i].failure_probability >= 1 && stations[i].attempts != 1 &&
          stations[i].retry_delay.count() == 0) {
        complain(fmt::format("network.stations[{}].retry_delay", i),
                 "found 0s; services without length that always fail need a delay");
      }
    }
    for (const Route& route : network_.routes) {
      const auto from = indices_.find(route.from);
      const auto to = indices_.find(route.to);
      if (from != indices_.end() && to != indices_.end() && route.share > 0) {
        next[from->second].push_back(to->second);
      }
    }
    if (!network_.routes.empty()) {
      for (std::size_t i = 0; i < out; ++i) next[i].push_back(out);
    }
    instant[out] = network_.population > 0 &&
                   network_.think.distribution == Distribution::constant &&
                   network_.think.mean.count() == 0;
    next[out].push_back(0);
    std::vector<int> state(out + 1, 0);  // 1: on the way, 2: no circle from here
    const std::function<bool(std::size_t)> circles = [&](std::size_t at) {
      if (!instant[at] || state[at] == 2) return false;
      if (state[at] == 1) return true;
      state[at] = 1;
      const bool found = std::any_of(next[at].begin(), next[at].end(), circles);
      state[at] = 2;
      return found;
    };
    for (std::size_t i = 0; i <= out; ++i) {
      if (circles(i)) {
        complain("network.routes",
                 "jobs could go round through stations whose services take no time; give one of "
                 "them a service time");
        return;
      }
    }
  }

  const Scenario& scenario_;
  const Network& network_;
  const Complain& complain_;
  std::map<std::string, std::size_t> indices_;
};

}  // namespace

void check_network(const Scenario& scenario, const Complain& complain) {
  if (is_network(scenario)) NetworkRules(scenario, complain).check();
}

}  // namespace double11::scenario
