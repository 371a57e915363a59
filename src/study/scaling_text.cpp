// Scaling findings in words and as a table.
#include <double11/core/units.hpp>
#include <double11/study/scaling_findings.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace double11::study {
namespace {

// A law that misses the points by more than this share of their mean describes them only roughly.
constexpr double kRough = 0.1;

// Where the serial part takes less than this share of what is measured last, others look like it.
constexpr double kLittleLost = 0.1;

// "1,884", "96.5", "0.0277".
std::string figure(double value) {
  if (std::abs(value) >= 999.5) return grouped(std::llround(value));
  return fmt::format("{:.3g}", value);
}

std::string throughput(double value, const ScalingWords& words) {
  return words.per == "/s" ? short_rate(value) : figure(value) + words.per;
}

std::string throughputs(const Interval& interval, const ScalingWords& words) {
  return fmt::format("{} to {}", throughput(interval.low, words), throughput(interval.high, words));
}

std::string percent(double share) {
  return fmt::format("{:.3g} %", share * 100);
}

// "0.2 to 5.3 %"; below 0 there is nothing.
std::string percents(const Interval& interval) {
  const std::string low =
      interval.low > 0 ? fmt::format("{:.3g}", interval.low * 100) : std::string("none");
  return fmt::format("{} to {}", low, percent(interval.high));
}

std::string figures(const Interval& interval) {
  return fmt::format("{} to {}", figure(interval.low), figure(interval.high));
}

std::string probability(double value) {
  return value < 0.0001 ? "below 0.0001" : fmt::format("{:.2g}", value);
}

// Where laws were fitted, and what they make of one unit is an accident.
std::string refusal_of(const ScalingFindings& findings, const ScalingWords& words) {
  return fmt::format(
      "These points say nothing of one {} alone: they begin at {} {}, and no law can be carried "
      "back from there. So nothing is told of a serial part, a peak or a ceiling; points of fewer "
      "{} would show them.",
      words.one, figure(findings.least_capacity), words.many, words.many);
}

std::string on_laws(const ScalingFindings& findings, const ScalingWords& words) {
  if (findings.capacities < capacities_needed(ScalingLaw::amdahl)) {
    const std::string left = findings.capacities == 0   ? "No capacity is"
                             : findings.capacities == 1 ? "Only 1 capacity is"
                                                        : fmt::format(
                                                              "Only {} different capacities "
                                                              "are",
                                                              findings.capacities);
    return fmt::format(
        "{} left to fit: Amdahl's law needs {}, the Universal Scalability Law {}. Nothing is "
        "fitted.",
        left, capacities_needed(ScalingLaw::amdahl), capacities_needed(ScalingLaw::universal));
  }
  if (findings.preferred() == nullptr) return refusal_of(findings, words);
  if (findings.capacities < capacities_needed(ScalingLaw::universal)) {
    return fmt::format(
        "Only {} different capacities were measured: enough for Amdahl's law; the Universal "
        "Scalability Law needs {}, so whether more would make it slower cannot be told.",
        findings.capacities, capacities_needed(ScalingLaw::universal));
  }
  if (findings.universal && findings.universal->kappa.at_bound) {
    return "Amdahl's law is enough: kappa is at its bound 0, so there is no sign that more would "
           "make it slower.";
  }
  if (findings.preferred()->law == ScalingLaw::universal) {
    return fmt::format(
        "The Universal Scalability Law describes the points better than Amdahl's by more than "
        "chance (F test, p {}{}).",
        *findings.chance < 0.0001 ? "" : "= ", probability(*findings.chance));
  }
  return fmt::format(
      "Amdahl's law is enough: what the Universal Scalability Law adds may be chance (F test, p = "
      "{}).",
      probability(*findings.chance));
}

// Where sigma is at its bound 0.
std::string on_nothing_serial(const ScalingFindings& findings, const ScalingFit& law,
                              const ScalingWords& words) {
  const std::string none =
      "No part of the work is serial as far as the points tell: sigma is at its bound 0";
  if (!law.kappa.may_be_none()) {
    return fmt::format("{}; what limits is the cost of each pair of {}.", none, words.many);
  }
  return none + (findings.declines ? "." : ", throughput grows in proportion or faster.");
}

std::string on_sigma(const ScalingFindings& findings, const ScalingFit& law,
                     const ScalingWords& words) {
  if (law.falls() && law.kappa.may_be_none() && law.sigma.interval && law.sigma.interval->low < 1 &&
      law.sigma.interval->high > 1) {
    return fmt::format(
        "A second {} brings nothing: sigma, {} (95 %: {}), may be 1, where throughput stands still "
        "from the first on, so there is neither peak nor ceiling.",
        words.one, figure(law.sigma.value), figures(*law.sigma.interval));
  }
  if (law.falls() && law.sigma.value < 1) {
    return fmt::format(
        "Every {} from the first on makes it slower: there is neither a peak beyond one nor a "
        "ceiling.",
        words.one);
  }
  if (law.falls()) {
    return fmt::format(
        "With the second {} it falls already: sigma, {}, is no share any more, and "
        "there is neither peak nor ceiling.",
        words.one, figure(law.sigma.value));
  }
  if (law.sigma.at_bound) return on_nothing_serial(findings, law, words);
  if (!law.sigma.interval) return "The points do not determine which part of the work is serial.";
  if (law.sigma.may_be_none()) {
    return fmt::format("The serial part of the work, {} (95 %: {}), cannot be told from none.",
                       percent(law.sigma.value), percents(*law.sigma.interval));
  }
  const double most = findings.most_capacity;
  const double lost = 1 - law.throughput(most) / (law.lambda.value * most);
  if (lost < kLittleLost && law.kappa.may_be_none()) {
    return fmt::format(
        "It grows nearly in proportion: the law reads what is missing at {} {}, {}, as a serial "
        "part of {} (95 %: {}); whatever else bends a line a little looks the same.",
        figure(most), words.many, percent(lost), percent(law.sigma.value),
        percents(*law.sigma.interval));
  }
  return fmt::format("{} of the work is serial (95 %: {}).", percent(law.sigma.value),
                     percents(*law.sigma.interval));
}

std::string on_lambda(const ScalingFit& law, const ScalingWords& words) {
  std::string interval;
  if (law.lambda.interval) {
    Interval positive = *law.lambda.interval;
    positive.low = std::max(0.0, positive.low);
    interval = fmt::format(" (95 %: {})", throughputs(positive, words));
  }
  return fmt::format("One {} alone does {}{}.", words.one, throughput(law.lambda.value, words),
                     interval);
}

std::string on_kappa(const ScalingFit& law, const ScalingWords& words) {
  if (law.kappa.may_be_none()) {
    const std::string high =
        law.kappa.interval ? fmt::format(" (95 %: none to {})", percent(law.kappa.interval->high))
                           : std::string();
    return fmt::format("What each pair of {} costs, {}{}, cannot be told from nothing.", words.many,
                       percent(law.kappa.value), high);
  }
  return fmt::format("Each pair of {} costs another {} (95 %: {}) to stay consistent.", words.many,
                     percent(law.kappa.value), percents(*law.kappa.interval));
}

std::string on_peak(const ScalingFindings& findings, const ScalingFit& law,
                    const ScalingWords& words) {
  if (law.kappa.may_be_none()) return "So no peak can be told.";
  const std::optional<Interval> peak = law.peak_capacity();
  if (!peak) return {};
  if (peak->value > kPeakBeyond * findings.most_capacity) {
    return fmt::format(
        "Its peak would be beyond {:g} times the {} {} measured: it is not seen in the data.",
        kPeakBeyond, figure(findings.most_capacity), words.many);
  }
  if (!findings.declines) {
    return fmt::format(
        "The law would put a peak at {} {} (95 %: {}), but nothing measured shows it: no "
        "throughput "
        "beyond the highest lies below it by more than {:.2g} %.",
        figure(peak->value), words.many, figures(*peak), findings.tolerance * 100);
  }
  const std::string extrapolated =
      peak->value > findings.most_capacity
          ? fmt::format(" That is beyond the {} measured, so it is an extrapolation.",
                        figure(findings.most_capacity))
          : std::string();
  return fmt::format(
      "The peak is at {} {} (95 %: {}), with a throughput of {}; more make it "
      "slower.{}",
      figure(peak->value), words.many, figures(*peak),
      throughput(law.peak_throughput()->value, words), extrapolated);
}

std::string on_ceiling(const ScalingFindings& findings, const ScalingFit& law,
                       const ScalingWords& words) {
  if (!law.ceiling()) return {};
  const std::optional<Interval> ceiling = findings.ceiling();
  if (!ceiling) {
    return fmt::format(
        "Amdahl's ceiling would be beyond {:g} times the highest throughput measured: it is not "
        "seen in the data.",
        kPeakBeyond);
  }
  const std::string when =
      law.law == ScalingLaw::universal
          ? fmt::format("Without the costs of pairs the most, of however many {},", words.many)
          : fmt::format("The most, of however many {} and if the law holds that far,", words.many);
  return fmt::format("{} would be Amdahl's ceiling, {} (95 %: {}).", when,
                     throughput(ceiling->value, words), throughputs(*ceiling, words));
}

std::string on_misses(const ScalingFindings& findings, const ScalingFit& law) {
  double sum = 0;
  double misses = 0;
  for (const ScalingPoint& point : findings.points) {
    sum += point.throughput;
    misses += std::abs(point.throughput - law.throughput(point.capacity));
  }
  if (misses <= kRough * sum) return {};
  return fmt::format(
      "But the points lie {} off the law on average: noise, or something else than contention. It "
      "describes them only roughly.",
      percent(misses / sum));
}

std::string on_standstill(const ScalingFindings& findings, const ScalingWords& words) {
  if (!findings.standstill) return {};
  return fmt::format(
      "From {} to {} {} the throughput changes by no more than {:.2g} %: the traffic or another "
      "stage may set it there, which a law takes for contention. Fewer values show how this one "
      "scales; no peak and no ceiling are told.",
      figure(findings.standstill->from), figure(findings.most_capacity), words.many,
      findings.standstill->within * 100);
}

std::string row(const char* name, const Coefficient& coefficient) {
  if (coefficient.at_bound) {
    return fmt::format("  {:<8}{:>14}  at its bound\n", name, fmt::format("{:.6g}", 0.0));
  }
  const std::string error = coefficient.standard_error
                                ? fmt::format("{:.4g}", *coefficient.standard_error)
                                : std::string("-");
  const std::string interval =
      coefficient.interval
          ? fmt::format("{:.4g} to {:.4g}", coefficient.interval->low, coefficient.interval->high)
          : std::string("-");
  return fmt::format("  {:<8}{:>14}{:>14}  {}\n", name, fmt::format("{:.6g}", coefficient.value),
                     error, interval);
}

std::string rows_of(const ScalingFit& law) {
  const bool universal = law.law == ScalingLaw::universal;
  std::string text = fmt::format("{}, residual std. error {:.4g} on {} {} of freedom\n",
                                 universal ? "Universal Scalability Law" : "Amdahl's law",
                                 law.residual_standard_error, law.freedom,
                                 law.freedom == 1 ? "degree" : "degrees");
  text += row("lambda", law.lambda) + row("sigma", law.sigma);
  if (universal) text += row("kappa", law.kappa);
  return text;
}

}  // namespace

std::vector<std::string> sentences_of(const ScalingFindings& findings, const ScalingWords& words) {
  std::vector<std::string> sentences{on_laws(findings, words)};
  const auto add = [&](std::string sentence) {
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  };
  add(on_standstill(findings, words));
  const ScalingFit* const law = findings.preferred();
  if (law == nullptr) return sentences;
  add(on_lambda(*law, words) + " " + on_sigma(findings, *law, words));
  // Where something else sets the throughput, neither pairs nor a ceiling can be told from it.
  if (!findings.standstill) {
    if (law->law == ScalingLaw::universal) {
      const std::string peak = on_peak(findings, *law, words);
      add(on_kappa(*law, words) + (peak.empty() ? "" : " ") + peak);
    }
    add(on_ceiling(findings, *law, words));
  }
  add(on_misses(findings, *law));
  return sentences;
}

std::string table_of(const ScalingFindings& findings) {
  const ScalingFit* const law = findings.preferred();
  if (law == nullptr) return {};
  std::string text =
      fmt::format("  {:<8}{:>14}{:>14}  {}\n", "", "value", "std. error", "95 % interval");
  if (findings.amdahl) text += rows_of(*findings.amdahl);
  if (findings.universal) text += rows_of(*findings.universal);
  if (const std::optional<double> optimum = law->optimum(); optimum && findings.ceiling()) {
    text += fmt::format("  1/sigma {:>13}  where lambda N meets the ceiling; there X = {}\n",
                        fmt::format("{:.4g}", *optimum), figure(law->throughput(*optimum)));
  }
  return text;
}

}  // namespace double11::study
