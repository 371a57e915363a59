#include "bench/multi_server.hpp"

#include <functional>
#include <queue>
#include <random>
#include <vector>

namespace double11::bench {
namespace {

enum class Kind { arrival, departure };

struct Event {
  double time;
  Kind kind;

  bool operator>(const Event& other) const { return time > other.time; }
};

}  // namespace

MultiServerResult simulate(const MultiServer& model) {
  std::mt19937_64 random(model.seed);
  std::exponential_distribution<double> until_next(model.rho * model.servers);
  std::exponential_distribution<double> service(1.0);
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  std::queue<double> line;  // arrival times
  int busy = 0;
  std::int64_t arrivals = 0;
  const std::int64_t batch_size = model.customers / kBatches;
  MultiServerResult result{BatchMeans(batch_size), BatchMeans(batch_size)};

  const auto serve = [&](double now, double arrived) {
    result.wait.add(now - arrived);
    result.waited.add(now > arrived ? 1 : 0);
    events.push({now + service(random), Kind::departure});
  };

  events.push({until_next(random), Kind::arrival});
  while (!events.empty()) {
    const Event event = events.top();
    events.pop();
    if (event.kind == Kind::arrival) {
      if (++arrivals < model.customers) {
        events.push({event.time + until_next(random), Kind::arrival});
      }
      if (busy < model.servers) {
        ++busy;
        serve(event.time, event.time);
      } else {
        line.push(event.time);
      }
    } else if (line.empty()) {
      --busy;
    } else {
      serve(event.time, line.front());
      line.pop();
    }
  }
  return result;
}

}  // namespace double11::bench
