// Two results of sales, figure by figure.
#include <double11/core/outcome.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/chance.hpp"
#include "report/compare_parts.hpp"
#include "report/noise.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// Processes that wanted to run, for each core: above it the run had to share.
constexpr double kLoadMost = 1.5;
// By so much runs of one program differ on one machine, which has other guests and heats up.
constexpr double kMachineNoise = 0.1;

constexpr std::array<const char*, 3> kRateSteps{"reserved", "paid", "dispatched"};
constexpr std::array<const char*, 2> kLatencySteps{"reserved", "dispatched"};
constexpr std::array<std::pair<const char*, double>, 4> kStatistics{
    {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}};
constexpr const char* kViolations = "audit.violations";

std::string peak_name(const std::string& step) {
  return step + ".rate.peak";
}

std::string share_name(Outcome outcome) {
  return "outcome." + std::string(name_of(outcome)) + ".share";
}

std::string latency_name(const std::string& step, const std::string& statistic) {
  return "latency." + step + "." + statistic;
}

class Sales {
 public:
  Sales(const Json& before, const Json& after, Differences& differences)
      : before_(before), after_(after), differences_(differences) {}

  void add_audit() {
    const auto violations = [](const Json& side) {
      return side.at("audit").at("violations").get<double>();
    };
    Pair pair = replicated(kViolations).value_or(Pair{violations(before_), violations(after_), 0});
    // No chance excuses one.
    pair.noise = 0;
    add(kViolations, Good::low, pair);
  }

  void add_rates() {
    const auto on_machine = [](const Json& side) {
      return side.at("run").at("runtime").get<std::string>() != "virtual_time";
    };
    for (const std::string step : kRateSteps) {
      const auto of_step = [&step](const Json& side, const char* what) {
        return side.at("funnel").at(step).at(what).get<double>();
      };
      const auto peak = replicated(peak_name(step));
      add(peak_name(step), Good::high,
          peak ? *peak
               : Pair{of_step(before_, "rate_peak_per_s"), of_step(after_, "rate_peak_per_s"),
                      std::hypot(noise_of_peak(before_, step), noise_of_peak(after_, step))});
      if (!on_machine(before_) || !on_machine(after_)) continue;
      const std::string name = step + ".rate.machine";
      const auto noise = noise_of_machine(before_, after_);
      if (is_busy(before_) || is_busy(after_)) {
        differences_.leave_out(name, "the machine had other work");
      } else if (!noise) {
        differences_.leave_out(name, "too short a run");
      } else {
        const double rate = of_step(before_, "rate_machine_per_s");
        add(name, Good::high,
            {rate, of_step(after_, "rate_machine_per_s"), rate * std::max(kMachineNoise, *noise)});
      }
    }
  }

  void add_shares() {
    const auto offered = [](const Json& side) {
      return side.at("funnel").at("offered").at("count").get<double>();
    };
    const double orders = offered(before_);
    const double orders_after = offered(after_);
    if (orders <= 0 || orders_after <= 0) return;
    for (const Outcome outcome : kAllOutcomes) {
      const auto found = replicated(share_name(outcome));
      const Pair pair = found ? *found : share_of_one_run(outcome, orders, orders_after);
      // What does not happen in this sale is no news.
      if (pair.before == 0 && pair.after == 0) continue;
      add(share_name(outcome), outcome == Outcome::dispatched ? Good::high : Good::low, pair);
    }
  }

  void add_latencies() {
    for (const std::string step : kLatencySteps) {
      for (const auto& [statistic, share] : kStatistics) {
        const std::string name = latency_name(step, statistic);
        auto pair = replicated(name);
        if (!pair) pair = latency_of_one_run(step, statistic, share);
        if (pair) {
          add(name, Good::low, *pair);
        } else {
          differences_.leave_out(name, "too few orders");
        }
      }
    }
  }

 private:
  [[nodiscard]] Pair share_of_one_run(Outcome outcome, double orders, double orders_after) const {
    const std::string name(name_of(outcome));
    const auto count = before_.at("outcomes").at(name).get<double>();
    const auto count_after = after_.at("outcomes").at(name).get<double>();
    // Of both together, if nothing had changed.
    const double share = (count + count_after) / (orders + orders_after);
    double noise = kDeviations * std::sqrt(share * (1 - share) * (1 / orders + 1 / orders_after));
    if (outcome == Outcome::sold_out) noise = std::max(noise, noise_of_sold_out());
    return {count / orders, count_after / orders_after, noise};
  }

  [[nodiscard]] std::optional<Pair> latency_of_one_run(const std::string& step,
                                                       const char* statistic, double share) const {
    const Json& before = before_.at("latency_ns").at(step);
    const Json& after = after_.at("latency_ns").at(step);
    const double fewest =
        std::min(before.at("count").get<double>(), after.at("count").get<double>());
    const auto noise_before = noise_of_rank(before, fewest, share);
    const auto noise_after = noise_of_rank(after, fewest, share);
    if (!noise_before || !noise_after) return std::nullopt;
    double noise = std::hypot(*noise_before, *noise_after);
    // Only these are known over time.
    if (step == "dispatched") {
      noise = std::max(noise, std::hypot(noise_over_time(before_, statistic),
                                         noise_over_time(after_, statistic)));
    }
    return Pair{before.at(statistic).get<double>(), after.at(statistic).get<double>(), noise};
  }

  static bool is_busy(const Json& side) {
    const Json& machine = side.at("machine");
    return machine.at("load_1min").get<double>() > kLoadMost * machine.at("cores").get<double>();
  }

  // Who comes after the stock is gone is what the demand has more than the stock, and so is known
  // no better than the demand.
  [[nodiscard]] double noise_of_sold_out() const {
    const auto deviation = [](const Json& side) {
      const double orders = side.at("funnel").at("offered").at("count").get<double>();
      const double refused = side.at("outcomes").at("sold_out").get<double>();
      // Results from before this was counted.
      const double units = side.at("sold").value("refused_units", 0.0);
      return std::sqrt(units + refused) / orders;
    };
    return kDeviations * std::hypot(deviation(before_), deviation(after_));
  }

  // What the replications of both say, which is better than what one of them does.
  [[nodiscard]] std::optional<Pair> replicated(const std::string& name) const {
    const auto figure_of = [&name](const Json& side) -> const Json* {
      const auto all = side.find("replications");
      return all == side.end() || !all->contains(name) ? nullptr : &all->at(name);
    };
    const Json* const first = figure_of(before_);
    const Json* const second = figure_of(after_);
    if (first == nullptr || second == nullptr) return std::nullopt;
    const auto noise = noise_of_means(*first, *second);
    if (!noise) return std::nullopt;
    return Pair{first->at("mean").get<double>(), second->at("mean").get<double>(), *noise};
  }

  void add(const std::string& name, Good good, const Pair& pair) {
    differences_.add(name, scenario::find_metric(name)->unit, good, pair);
  }

  const Json& before_;
  const Json& after_;
  Differences& differences_;
};

}  // namespace

std::vector<const scenario::Metric*> compared_metrics() {
  std::vector<const scenario::Metric*> metrics{scenario::find_metric(kViolations)};
  for (const char* const step : kRateSteps) {
    metrics.push_back(scenario::find_metric(peak_name(step)));
  }
  for (const Outcome outcome : kAllOutcomes) {
    metrics.push_back(scenario::find_metric(share_name(outcome)));
  }
  for (const char* const step : kLatencySteps) {
    for (const auto& [statistic, share] : kStatistics) {
      metrics.push_back(scenario::find_metric(latency_name(step, statistic)));
    }
  }
  return metrics;
}

void compare_sales(const Json& before, const Json& after, Differences& differences) {
  Sales sales(before, after, differences);
  sales.add_audit();
  sales.add_rates();
  sales.add_shares();
  sales.add_latencies();
}

}  // namespace double11::report
