#include <double11/scenario/payment_servers.hpp>

#include <numeric>

namespace double11::scenario {

std::int64_t servers_at(const Payment& payment, Instant now) {
  if (!payment.channels.empty()) {
    return std::accumulate(payment.channels.begin(), payment.channels.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& one) { return sum + one.servers; });
  }
  std::int64_t servers = payment.servers;
  for (const ServerStep& step : payment.calendar) {
    if (Instant(step.at) <= now) servers = step.servers;
  }
  return servers;
}

}  // namespace double11::scenario
