// The part of the report about buyers who click more than once.
#include <double11/core/units.hpp>
#include <double11/report/clients.hpp>

#include <fmt/format.h>

#include "report/text_parts.hpp"

namespace double11::report {

std::string clients_part(const Result& result) {
  const Clients clients = clients_of(result.scenario, result.record);
  if (!clients.any_further_clicks) return "";
  const measure::ClientCounts& counts = result.record.clients;
  std::string text = fmt::format("\nClients: {} orders, {:.3g} attempts each\n",
                                 grouped(counts.first_clicks), clients.attempts_per_order);
  text += wrapped(
      fmt::format("  {} retries, {} second clicks: {:.3g} clicks per order",
                  grouped(counts.retries), grouped(counts.second_clicks), clients.amplification),
      "    ");
  text += wrapped(fmt::format("  goodput {} of {} offered; served {} of the orders",
                              short_rate(clients.goodput_per_s), short_rate(clients.offered_per_s),
                              percent(clients.served_share, 1)),
                  "    ");
  text += wrapped(fmt::format("  gave up: {} orders; answered too late: {} clicks",
                              grouped(counts.given_up), grouped(counts.answered_late)),
                  "    ");
  return text;
}

}  // namespace double11::report
