// Rules between the keys of several payment channels.
#include <double11/core/units.hpp>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "scenario/named_shares.hpp"
#include "scenario/rules.hpp"

namespace double11::scenario {
namespace {

// The lists that belong to a single channel. In a network neither matters.
void check_unused(const Scenario& scenario, const Complain& complain) {
  const Payment& payment = scenario.payment;
  if (payment.channels.empty() || is_network(scenario)) return;
  const auto check = [&](const std::string& path, bool is_used) {
    if (!is_used) return;
    complain(path, "has no effect here: it applies when payment.channels is empty",
             {"payment.channels"});
  };
  check("payment.calendar", !payment.calendar.empty());
  check("payment.histogram", !payment.histogram.empty());
}

void check_names_of_slowdowns(const Payment& payment, const Complain& complain) {
  std::string names;
  for (const PaymentChannel& channel : payment.channels) {
    names += (names.empty() ? "" : ", ") + channel.name;
  }
  for (std::size_t i = 0; i < payment.slowdowns.size(); ++i) {
    const std::string& name = payment.slowdowns[i].channel;
    const auto is_it = [&](const PaymentChannel& channel) { return channel.name == name; };
    if (name.empty() || std::any_of(payment.channels.begin(), payment.channels.end(), is_it)) {
      continue;
    }
    complain(fmt::format("payment.slowdowns[{}].channel", i),
             names.empty()
                 ? fmt::format("found \"{}\"; there are no payment.channels", name)
                 : fmt::format("found \"{}\"; allowed: the payment.channels: {}", name, names),
             {"payment.channels"});
  }
}

}  // namespace

void check_channels(const Scenario& scenario, const Complain& complain) {
  const Payment& payment = scenario.payment;
  check_named_shares("channel", "payment.channels", payment.channels, complain);
  check_named_shares("reason", "payment.reasons", payment.reasons, complain);
  for (std::size_t i = 0; i < payment.channels.size(); ++i) {
    check_random_duration(fmt::format("payment.channels[{}].latency", i),
                          payment.channels[i].latency, complain);
  }
  check_unused(scenario, complain);
  check_names_of_slowdowns(payment, complain);
}

}  // namespace double11::scenario
