#include "screen/metrics_text.hpp"

#include <double11/version.hpp>

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

namespace double11::screen {
namespace {

using std::chrono::milliseconds;

// Upper edges of the buckets of the latency.
constexpr std::array kEdges{milliseconds(1),      milliseconds(2),      milliseconds(5),
                            milliseconds(10),     milliseconds(20),     milliseconds(50),
                            milliseconds(100),    milliseconds(200),    milliseconds(500),
                            milliseconds(1'000),  milliseconds(2'000),  milliseconds(5'000),
                            milliseconds(10'000), milliseconds(60'000), milliseconds(600'000)};

// Of a label: backslash, quote and line feed are written with a backslash.
std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text;
}

class Text {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    text_ += fmt::format("# HELP double11_{} {}\n# TYPE double11_{} {}\n", name, help, name, type);
  }
  template <typename Value>
  void sample(std::string_view name, std::string_view labels, Value value) {
    const std::string in_braces = labels.empty() ? "" : fmt::format("{{{}}}", labels);
    text_ += fmt::format("double11_{}{} {}\n", name, in_braces, value);
  }
  template <typename Value>
  void single(std::string_view name, std::string_view type, std::string_view help, Value value) {
    family(name, type, help);
    sample(name, "", value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string label(std::string_view name, std::string_view value) {
  return fmt::format("{}=\"{}\"", name, escaped(value));
}

// Cumulative counts, as the format wants them.
void add_latency(Text& text, const measure::Histogram& latency) {
  constexpr std::string_view kName = "order_latency_seconds";
  text.family(kName, "histogram", "From planned arrival to dispatched, of dispatched orders.");
  std::size_t cell = 0;
  std::uint64_t below = 0;
  for (const milliseconds edge : kEdges) {
    const std::int64_t edge_ns = Duration(edge).count();
    for (; cell < measure::Histogram::kCells && measure::Histogram::upper_edge(cell) <= edge_ns;
         ++cell) {
      below += latency.cells()[cell];
    }
    text.sample("order_latency_seconds_bucket", label("le", fmt::format("{}", seconds_of(edge))),
                below);
  }
  text.sample("order_latency_seconds_bucket", "le=\"+Inf\"", latency.count());
  text.sample("order_latency_seconds_sum", "",
              latency.mean() * static_cast<double>(latency.count()) * 1e-9);
  text.sample("order_latency_seconds_count", "", latency.count());
}

}  // namespace

std::string metrics_text(const scenario::Scenario& scenario, const measure::Snapshot& snapshot,
                         const Judgement& judgement) {
  Text text;
  text.family("info", "gauge", "The program and the scenario; always 1.");
  text.sample("info", label("version", kVersion) + "," + label("scenario", scenario.name), 1);
  text.family("orders_total", "counter", "Orders that took a step of the funnel.");
  for (const Funnel step : kFunnel) {
    text.sample("orders_total", label("step", name_of(step)), snapshot.funnel[index_of(step)]);
  }
  text.family("outcomes_total", "counter", "Orders by how they ended.");
  for (const Outcome outcome : kAllOutcomes) {
    text.sample("outcomes_total", label("outcome", name_of(outcome)),
                snapshot.outcomes[index_of(outcome)]);
  }
  text.family("queue_orders", "gauge", "Orders that wait at a stage.");
  for (const Stage stage : kAllStages) {
    text.sample("queue_orders", label("stage", name_of(stage)), snapshot.queue[index_of(stage)]);
  }
  text.family("stage_busy_seconds_total", "counter",
              "Time of the machine spent in a stage, all workers; 0 in virtual time.");
  for (const Stage stage : kAllStages) {
    text.sample("stage_busy_seconds_total", label("stage", name_of(stage)),
                seconds_of(snapshot.busy[index_of(stage)]));
  }
  text.single("in_flight_orders", "gauge", "Orders that have come and have no outcome yet.",
              snapshot.in_flight());
  text.single("payment_servers_busy", "gauge", "Payment servers that serve now.",
              snapshot.servers_busy);
  text.single("units_sold_total", "counter", "Units in dispatched orders.", snapshot.units_sold);
  text.single("turnover_yuan_total", "counter", "Catalogue price of what was dispatched.",
              static_cast<double>(snapshot.turnover.fen) / 100);
  text.family("dispatched_by_region_total", "counter",
              "Dispatched orders by region of the buyers.");
  for (std::size_t i = 0; i < scenario.traffic.regions.size(); ++i) {
    text.sample("dispatched_by_region_total", label("region", scenario.traffic.regions[i].name),
                snapshot.dispatched_by_region[i]);
  }
  add_latency(text, snapshot.latency);
  text.single("scenario_seconds", "gauge", "Scenario time.",
              seconds_of(snapshot.scenario_now.time_since_epoch()));
  text.single("wall_seconds", "gauge", "Time of the machine since the start.",
              seconds_of(snapshot.wall));
  text.family("verdict", "gauge", "1 for the status of the run: RUNNING, or that of its verdict.");
  text.sample("verdict", label("status", judgement.status), 1);
  text.single("audit_violations", "gauge", "Laws of the audit that are broken; known at the end.",
              judgement.violations);
  return text.take();
}

}  // namespace double11::screen
