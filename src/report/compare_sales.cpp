// Two results of sales, figure by figure.
#include <double11/core/outcome.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "report/chance.hpp"
#include "report/compare_parts.hpp"
#include "report/noise.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::ordered_json;

// By so much runs of one program differ on one machine, which has other guests and heats up.
constexpr double kMachineNoise = 0.1;

class Sales {
 public:
  Sales(const Json& before, const Json& after, double threshold)
      : before_(before), after_(after), differences_(threshold) {}

  std::vector<Difference> take() { return differences_.take(); }

  void add_audit() {
    const auto violations = [](const Json& side) {
      return side.at("audit").at("violations").get<double>();
    };
    add("audit.violations", Good::low, violations(before_), violations(after_), 0);
  }

  void add_rates() {
    const auto on_machine = [](const Json& side) {
      return side.at("run").at("runtime").get<std::string>() != "virtual_time";
    };
    for (const std::string step : {"reserved", "paid", "dispatched"}) {
      const auto of_step = [&step](const Json& side, const char* what) {
        return side.at("funnel").at(step).at(what).get<double>();
      };
      add(step + ".rate.peak", Good::high, of_step(before_, "rate_peak_per_s"),
          of_step(after_, "rate_peak_per_s"),
          std::hypot(noise_of_peak(before_, step), noise_of_peak(after_, step)));
      if (!on_machine(before_) || !on_machine(after_)) continue;
      const double rate = of_step(before_, "rate_machine_per_s");
      add(step + ".rate.machine", Good::high, rate, of_step(after_, "rate_machine_per_s"),
          rate * std::max(kMachineNoise, noise_of_machine(before_, after_)));
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
      const std::string name(name_of(outcome));
      const auto count = before_.at("outcomes").at(name).get<double>();
      const auto count_after = after_.at("outcomes").at(name).get<double>();
      if (count + count_after == 0) continue;
      // Of both together, if nothing had changed.
      const double share = (count + count_after) / (orders + orders_after);
      double noise = kDeviations * std::sqrt(share * (1 - share) * (1 / orders + 1 / orders_after));
      if (outcome == Outcome::sold_out) noise = std::max(noise, noise_of_sold_out());
      add("outcome." + name + ".share", outcome == Outcome::dispatched ? Good::high : Good::low,
          count / orders, count_after / orders_after, noise);
    }
  }

  void add_latencies() {
    for (const std::string step : {"reserved", "dispatched"}) {
      const Json& before = before_.at("latency_ns").at(step);
      const Json& after = after_.at("latency_ns").at(step);
      const double fewest =
          std::min(before.at("count").get<double>(), after.at("count").get<double>());
      for (const auto& [statistic, share] :
           {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}) {
        const auto noise_before = noise_of_rank(before, fewest, share);
        const auto noise_after = noise_of_rank(after, fewest, share);
        if (!noise_before || !noise_after) continue;
        double noise = std::hypot(*noise_before, *noise_after);
        // Only these are known over time.
        if (step == "dispatched") {
          noise = std::max(noise, std::hypot(noise_over_time(before_, statistic),
                                             noise_over_time(after_, statistic)));
        }
        add("latency." + step + "." + statistic, Good::low, before.at(statistic).get<double>(),
            after.at(statistic).get<double>(), noise);
      }
    }
  }

 private:
  struct Replicated {
    double mean;
    double half_width;
  };

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

  static std::optional<Replicated> replicated(const Json& side, const std::string& name) {
    const auto all = side.find("replications");
    if (all == side.end() || !all->contains(name)) return std::nullopt;
    const Json& figure = all->at(name);
    if (figure.at("half_width_95").is_null()) return std::nullopt;
    return Replicated{figure.at("mean").get<double>(), figure.at("half_width_95").get<double>()};
  }

  void add(const std::string& name, Good good, double before, double after, double noise) {
    // What the replications say is better than one of them.
    const auto first = replicated(before_, name);
    const auto second = replicated(after_, name);
    if (first && second) {
      before = first->mean;
      after = second->mean;
      noise = std::hypot(first->half_width, second->half_width);
    }
    differences_.add(name, scenario::find_metric(name)->unit, good, before, after, noise);
  }

  const Json& before_;
  const Json& after_;
  Differences differences_;
};

}  // namespace

std::vector<Difference> differences_of_sales(const Json& before, const Json& after,
                                             double threshold) {
  Sales sales(before, after, threshold);
  sales.add_audit();
  sales.add_rates();
  sales.add_shares();
  sales.add_latencies();
  return sales.take();
}

}  // namespace double11::report
