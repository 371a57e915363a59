#include "cli/record.hpp"

#include <double11/report/verdict.hpp>
#include <double11/scenario/order_row.hpp>
#include <double11/traffic/arrivals.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/not_empty.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"

namespace double11::cli {
namespace {

constexpr std::size_t kPart = std::size_t{1} << 20U;

constexpr std::chrono::milliseconds kShowEvery{200};

}  // namespace

void add_record(CLI::App& command, std::string& path) {
  command
      .add_option("--record", path,
                  "Write the planned orders to a CSV file, which traffic.replay=FILE runs again")
      ->type_name("FILE")
      ->check(file_name());
}

int record(const scenario::Scenario& scenario, const std::string& path, bool quiet) {
  if (path.empty()) return kOk;
  if (path == "-") {
    fmt::print(stderr, "double11: --record: found -; needs the name of a file\n");
    return kUsageError;
  }
  if (is_network(scenario) || !can_be_recorded(scenario)) {
    fmt::print(stderr, "double11: {} cannot be recorded: {}\n", scenario.name,
               is_network(scenario) ? "it is a network of queues, which has no orders"
                                    : "a name in traffic.regions has a line end");
    return kUsageError;
  }
  const Interrupt interrupt;
  std::optional<ProgressLine> line;
  if (!quiet) line.emplace(scenario.duration, ProgressLine::About::time_left);
  auto shown_at = std::chrono::steady_clock::now();
  OutputFile file(path);
  const traffic::Arrivals arrivals(scenario);
  traffic::ArrivalCursor cursor;
  std::vector<Order> orders;
  std::string text(scenario::kOrderColumnsAll);
  text += '\n';
  std::int64_t number = 0;
  for (std::uint64_t slice = 0; slice < arrivals.slices(); ++slice) {
    orders.clear();
    arrivals.make(slice, cursor, orders);
    for (const Order& order : orders) append_rows(scenario, order, ++number, text);
    if (interrupt.requested()) {
      line.reset();
      fmt::print(stderr,
                 "double11: interrupted while {} was recorded; it was not written, and "
                 "nothing was run\n",
                 path);
      return report::exit_code_of(report::Status::interrupted);
    }
    if (text.size() < kPart) continue;
    file.append(text);
    text.clear();
    const auto now = std::chrono::steady_clock::now();
    if (line && now - shown_at >= kShowEvery) {
      shown_at = now;
      line->show({.scenario_now = arrivals.start_of(slice + 1)});
    }
  }
  file.commit(text);
  return kOk;
}

}  // namespace double11::cli
