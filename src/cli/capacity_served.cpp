// Whether a limit means anything to the buyers: thresholds on latency alone pass a sale in which
// hardly anybody is served.
#include <double11/scenario/threshold.hpp>

#include <algorithm>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/capacity_network.hpp"
#include "cli/capacity_report.hpp"
#include "report/text_parts.hpp"

namespace double11::cli {
namespace {

// A limit at which less of what was dispatched at the easiest value still is, is told.
constexpr double kMuch = 0.9;

// What a threshold may ask of what was served: a rate or a count, or a share of what was offered.
enum class Asks { nothing, amount, share };

Asks asks_of(std::string_view metric) {
  const bool is_served = std::any_of(kFunnel.begin() + 1, kFunnel.end(), [&](Funnel step) {
    return metric.starts_with(fmt::format("{}.", name_of(step)));
  });
  if (!is_served && !metric.starts_with("outcome.") && metric != "clients.served.share" &&
      metric != "clients.goodput.rate") {
    return Asks::nothing;
  }
  return metric.ends_with(".share") ? Asks::share : Asks::amount;
}

Asks asked_in(const std::vector<Rung>& ladder) {
  Asks most = Asks::nothing;
  for (const Rung& rung : ladder) {
    for (const auto& check : rung.trials.front()->verdict.checks) {
      const auto parsed = scenario::parse_threshold(check.expression);
      const auto* const threshold = std::get_if<scenario::Threshold>(&parsed);
      if (threshold != nullptr) most = std::max(most, asks_of(threshold->metric.name));
    }
  }
  return most;
}

double dispatched(const Rung& rung) {
  if (rung.judged() == 0) return 0;
  return rung.trials.front()->shares[index_of(Outcome::dispatched)];
}

}  // namespace

std::string warning_of(const CapacityStudy& study) {
  const auto ladder = ladder_of(study);
  if (is_network(study.scenario)) return network_warning_of(study, ladder);
  const Rung* const limit = rung_at(ladder, study.found.passes);
  const Asks asked = asked_in(ladder);
  const bool is_judged =
      std::any_of(ladder.begin(), ladder.end(), [](const Rung& rung) { return rung.judged() > 0; });
  if (asked == Asks::share || !is_judged) return "";
  std::string measured;
  bool is_less = false;
  if (limit != nullptr) {
    const double most = dispatched(*std::max_element(
        ladder.begin(), ladder.end(),
        [](const Rung& a, const Rung& b) { return dispatched(a) < dispatched(b); }));
    is_less = dispatched(*limit) < kMuch * most;
    measured = fmt::format(
        " At {} {} of the orders are dispatched{}.", study.key.text(limit->value),
        report::percent(dispatched(*limit), 1),
        is_less ? fmt::format(", elsewhere up to {}", report::percent(most, 1)) : std::string());
  }
  const std::string way = " To ask: --only \"dispatched.share >= 80%\".";
  if (asked == Asks::nothing) {
    return "No threshold asks what was served, neither a rate nor the share of an outcome, so a "
           "value at which buyers are turned away may pass." +
           measured + way;
  }
  // More load brings any amount; fewer servers do not.
  if (!is_less || study.found.limit != study::Limit::highest) return "";
  return "No threshold asks for a share of the orders, so buyers who get nothing count for "
         "nothing." +
         measured + way;
}

}  // namespace double11::cli
