#include <double11/core/outcome.hpp>
#include <double11/report/compare.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/chance.hpp"

namespace double11::report {
namespace {

using Json = nlohmann::json;

constexpr double kDeviations = 3;

// By so much runs of one program differ on one machine, which has other guests and heats up.
constexpr double kMachineNoise = 0.1;

// One of the two results, with what is asked of it.
class Side {
 public:
  explicit Side(std::string_view text) {
    document_ = Json::parse(text, nullptr, false);
    if (document_.is_discarded() || !document_.is_object() ||
        document_.value("program", "") != "double11") {
      throw NoResult("is not the JSON of a result (double11 run --json FILE)");
    }
    if (!document_.contains("funnel") || document_.value("schema_version", 0) != 1) {
      throw NoResult("is the result of a network or of another version; needs that of a sale");
    }
  }

  [[nodiscard]] const Json& document() const { return document_; }
  [[nodiscard]] std::string word(const char* group, const char* key) const {
    return document_.at(group).at(key).get<std::string>();
  }
  [[nodiscard]] double of_step(std::string_view step, const char* what) const {
    return document_.at("funnel").at(std::string(step)).at(what).get<double>();
  }
  [[nodiscard]] double offered() const { return of_step("offered", "count"); }
  [[nodiscard]] double outcome(std::string_view name) const {
    return document_.at("outcomes").at(std::string(name)).get<double>();
  }
  [[nodiscard]] const Json& latency(std::string_view step) const {
    return document_.at("latency_ns").at(std::string(step));
  }
  // The value with `rank` others of the histogram below it.
  [[nodiscard]] static double value_at(const Json& histogram, double rank) {
    double below = 0;
    double value = 0;
    for (const Json& cell : histogram.at("cells")) {
      value = cell.at(0).get<double>();
      below += cell.at(1).get<double>();
      if (below > rank) break;
    }
    return value;
  }
  // Of a figure with replications.
  [[nodiscard]] std::optional<double> half_width(const std::string& name) const {
    const auto all = document_.find("replications");
    if (all == document_.end() || !all->contains(name)) return std::nullopt;
    const Json& width = all->at(name).at("half_width_95");
    if (width.is_null()) return std::nullopt;
    return width.get<double>();
  }
  [[nodiscard]] std::optional<double> mean(const std::string& name) const {
    const auto all = document_.find("replications");
    if (all == document_.end() || !all->contains(name)) return std::nullopt;
    return all->at(name).at("mean").get<double>();
  }

 private:
  Json document_;
};

class Table {
 public:
  Table(const Side& before, const Side& after, double threshold)
      : before_(before), after_(after), threshold_(threshold) {}

  enum class Good : std::uint8_t { high, low };

  void add(const std::string& name, Good good, double before, double after, double noise) {
    // What the replications say is better than one of them.
    const auto first = before_.half_width(name);
    const auto second = after_.half_width(name);
    if (first && second) {
      before = *before_.mean(name);
      after = *after_.mean(name);
      noise = std::hypot(*first, *second);
    }
    const double least = std::max(noise, threshold_ * std::abs(before));
    Change change = Change::none;
    if (std::abs(after - before) > least) {
      change = (after > before) == (good == Good::high) ? Change::better : Change::worse;
    }
    const scenario::Metric* const metric = scenario::find_metric(name);
    figures_.push_back({name, metric->unit, before, after, noise, change});
  }

  void add_rates() {
    const bool on_machine = before_.word("run", "runtime") != "virtual_time" &&
                            after_.word("run", "runtime") != "virtual_time";
    for (const std::string step : {"reserved", "paid", "dispatched"}) {
      const auto pair = [&](const char* what) {
        return std::pair(before_.of_step(step, what), after_.of_step(step, what));
      };
      const auto [peak, peak_after] = pair("rate_peak_per_s");
      add(step + ".rate.peak", Good::high, peak, peak_after, chance_of(peak + peak_after));
      if (!on_machine) continue;
      const auto [rate, rate_after] = pair("rate_machine_per_s");
      add(step + ".rate.machine", Good::high, rate, rate_after, kMachineNoise * rate);
    }
  }

  void add_shares() {
    const double orders = before_.offered();
    const double orders_after = after_.offered();
    if (orders <= 0 || orders_after <= 0) return;
    for (const Outcome outcome : kAllOutcomes) {
      const std::string name(name_of(outcome));
      const double count = before_.outcome(name);
      const double count_after = after_.outcome(name);
      if (count + count_after == 0) continue;
      // Of both together, if nothing had changed.
      const double share = (count + count_after) / (orders + orders_after);
      const double noise =
          kDeviations * std::sqrt(share * (1 - share) * (1 / orders + 1 / orders_after));
      add("outcome." + name + ".share", outcome == Outcome::dispatched ? Good::high : Good::low,
          count / orders, count_after / orders_after, noise);
    }
  }

  void add_latencies() {
    for (const std::string step : {"reserved", "dispatched"}) {
      const Json& before = before_.latency(step);
      const Json& after = after_.latency(step);
      const double least =
          std::min(before.at("count").get<double>(), after.at("count").get<double>());
      for (const auto& [statistic, share] :
           {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}) {
        if (!is_known(least, share)) continue;
        add("latency." + step + "." + statistic, Good::low, before.at(statistic).get<double>(),
            after.at(statistic).get<double>(),
            std::hypot(spread(before, share), spread(after, share)));
      }
    }
  }

  void add_audit() {
    const auto violations = [](const Side& side) {
      return side.document().at("audit").at("violations").get<double>();
    };
    add("audit.violations", Good::low, violations(before_), violations(after_), 0);
  }

  std::vector<Difference> take() { return std::move(figures_); }

 private:
  // Ranks by which chance moves the quantile.
  static double ranks(double count, double share) {
    return kDeviations * std::sqrt(count * share * (1 - share));
  }
  // Whether so many values tell more of the quantile than that it is large.
  static bool is_known(double count, double share) {
    return share * count + ranks(count, share) < count;
  }
  // How far chance moves its value, to the farther side.
  static double spread(const Json& histogram, double share) {
    const double count = histogram.at("count").get<double>();
    const double value = Side::value_at(histogram, share * count);
    const double moved = ranks(count, share);
    return std::max(Side::value_at(histogram, share * count + moved) - value,
                    value - Side::value_at(histogram, share * count - moved));
  }

  const Side& before_;
  const Side& after_;
  double threshold_;
  std::vector<Difference> figures_;
};

std::vector<std::string> keys_that_differ(const Json& before, const Json& after) {
  std::vector<std::string> keys;
  const Json flat = before.flatten();
  const Json flat_after = after.flatten();
  const auto name_of_key = [](std::string path) {
    std::replace(path.begin(), path.end(), '/', '.');
    return path.substr(1);
  };
  for (const auto& [key, value] : flat.items()) {
    if (!flat_after.contains(key) || flat_after.at(key) != value) keys.push_back(name_of_key(key));
  }
  for (const auto& [key, value] : flat_after.items()) {
    if (!flat.contains(key)) keys.push_back(name_of_key(key));
  }
  return keys;
}

std::vector<std::string> doubts_about(const Side& before, const Side& after) {
  std::vector<std::string> doubts;
  const auto unequal = [&](const char* group, const char* key, const char* what) {
    const std::string first = before.word(group, key);
    const std::string second = after.word(group, key);
    if (first != second) doubts.push_back(fmt::format("{}: {}, then {}", what, first, second));
  };
  unequal("run", "runtime", "not the same kind of run");
  unequal("machine", "cpu", "not the same machine");
  unequal("machine", "build", "not the same build");
  return doubts;
}

std::string_view word_for(Change change) {
  return change == Change::better ? "better" : change == Change::worse ? "WORSE" : "";
}

std::string relative_change(const Difference& one) {
  if (one.before == one.after) return "=";
  if (one.before == 0) return "new";
  const double ratio = one.after / one.before;
  return ratio < 3 ? fmt::format("{:+.2g}%", (ratio - 1) * 100) : fmt::format("{:.3g}x", ratio);
}

}  // namespace

bool Comparison::regressed() const {
  return (verdict_before == "PASS" && verdict_after != "PASS") ||
         std::any_of(figures.begin(), figures.end(),
                     [](const Difference& one) { return one.change == Change::worse; });
}

std::vector<std::string> keys_that_differ(std::string_view result, std::string_view scenario) {
  const Side side(result);
  return keys_that_differ(side.document().at("scenario"), Json::parse(scenario));
}

Comparison compare(std::string_view before, std::string_view after, double threshold) {
  try {
    const Side first(before);
    const Side second(after);
    Comparison result;
    result.scenario = first.word("scenario", "name");
    result.differs =
        keys_that_differ(first.document().at("scenario"), second.document().at("scenario"));
    result.doubts = doubts_about(first, second);
    result.verdict_before = first.word("verdict", "status");
    result.verdict_after = second.word("verdict", "status");
    Table table(first, second, threshold);
    table.add_audit();
    table.add_rates();
    table.add_shares();
    table.add_latencies();
    result.figures = table.take();
    return result;
  } catch (const Json::exception& error) {
    throw NoResult(fmt::format("lacks what a result has ({})", error.what()));
  }
}

std::string text_of(const Comparison& comparison) {
  std::string text = fmt::format("{}  {}, was {}\n", comparison.scenario, comparison.verdict_after,
                                 comparison.verdict_before);
  for (const std::string& doubt : comparison.doubts) text += fmt::format("  note: {}\n", doubt);
  text += fmt::format("  {:<30}{:>12}{:>12}{:>10}\n", "", "before", "after", "change");
  for (const Difference& one : comparison.figures) {
    text +=
        fmt::format("  {:<30}{:>12}{:>12}{:>10}", one.name, scenario::text_of(one.unit, one.before),
                    scenario::text_of(one.unit, one.after), relative_change(one));
    if (one.change != Change::none) text += fmt::format("  {}", word_for(one.change));
    text += '\n';
  }
  text += comparison.regressed() ? "Regressed.\n" : "No regression.\n";
  return text;
}

std::string json_of(const Comparison& comparison) {
  nlohmann::ordered_json document;
  document["scenario"] = comparison.scenario;
  document["differs"] = comparison.differs;
  document["doubts"] = comparison.doubts;
  document["verdict"] = {{"before", comparison.verdict_before},
                         {"after", comparison.verdict_after}};
  document["regressed"] = comparison.regressed();
  document["figures"] = nlohmann::ordered_json::array();
  for (const Difference& one : comparison.figures) {
    const char* const change = one.change == Change::none     ? "none"
                               : one.change == Change::better ? "better"
                                                              : "worse";
    document["figures"].push_back({{"name", one.name},
                                   {"before", one.before},
                                   {"after", one.after},
                                   {"noise", one.noise},
                                   {"change", change}});
  }
  return document.dump(1) + "\n";
}

}  // namespace double11::report
