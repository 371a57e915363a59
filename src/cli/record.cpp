#include "cli/record.hpp"

#include <double11/report/verdict.hpp>
#include <double11/scenario/order_row.hpp>
#include <double11/traffic/arrivals.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_codes.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"

namespace double11::cli {
namespace {

constexpr std::size_t kPart = std::size_t{1} << 20U;

}  // namespace

void add_record(CLI::App& command, std::string& path) {
  command
      .add_option("--record", path,
                  "Write the planned orders to a CSV file, which traffic.replay=FILE runs again")
      ->type_name("FILE");
}

int record(const scenario::Scenario& scenario, const std::string& path) {
  if (path.empty()) return kOk;
  if (is_network(scenario) || !can_be_recorded(scenario)) {
    fmt::print(stderr, "double11: {} cannot be recorded: {}\n", scenario.name,
               is_network(scenario) ? "it is a network of queues, which has no orders"
                                    : "a name in traffic.regions has a line end");
    return kUsageError;
  }
  const Interrupt interrupt;
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
    if (interrupt.requested()) return report::exit_code_of(report::Status::interrupted);
    if (text.size() < kPart) continue;
    file.append(text);
    text.clear();
  }
  file.commit(text);
  return kOk;
}

}  // namespace double11::cli
