#include "report/suggestion.hpp"

#include <double11/core/units.hpp>
#include <double11/scenario/keys.hpp>
#include <double11/stages/payment.hpp>
#include <double11/stages/work_clock.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace double11::report {

namespace {

double two_digits(double value) {
  const double digits =
      std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(value, 1.0))) - 1));
  return std::ceil(value / digits) * digits;
}

std::string count_at_scale(std::string_view name, double needed, std::int64_t present,
                           double scale) {
  const scenario::Key& key = *scenario::find_key(name);
  const auto now = static_cast<double>(present);
  const double wanted = (needed > now ? needed : now * kMore) / scale;
  const double rounded = std::min(two_digits(std::min(wanted, key.most)), key.most);
  return fmt::format("{}={}", name, text_of_count(static_cast<std::int64_t>(rounded)));
}

}  // namespace

std::string suggestion(const scenario::Scenario& scenario, std::string_view name, double needed,
                       std::int64_t present) {
  return count_at_scale(name, needed, present, scenario.simulate.applied_scale);
}

std::string count_suggestion(std::string_view name, double needed, std::int64_t present) {
  return count_at_scale(name, needed, present, 1);
}

std::string rate_suggestion(const scenario::Scenario& scenario, std::string_view name,
                            double needed_per_s) {
  // Of less than ten in a second, a tenth of it is a digit.
  constexpr double kFine = 1000;
  const double wanted = needed_per_s / scenario.simulate.applied_scale;
  const double most = scenario::find_key(name)->most;
  return fmt::format("{}={}", name,
                     text_of_rate(std::min(two_digits(wanted * kFine) / kFine, most)));
}

std::string servers_suggestion(const scenario::Scenario& scenario, double needed) {
  const auto clock = stages::WorkClock::of_payment(scenario);
  const Instant end(scenario.duration);
  const double speed = clock.work_s(Instant{}, end) / seconds_of(scenario.duration);
  return servers_setting(scenario, speed > 0 ? needed / speed : needed);
}

std::string servers_setting(const scenario::Scenario& scenario, double count) {
  const scenario::Payment& payment = scenario.payment;
  if (payment.calendar.empty())
    return suggestion(scenario, "payment.servers", count, payment.servers);
  const std::int64_t present = std::llround(stages::mean_servers(scenario, stages::WorkClock()));
  const std::string setting = suggestion(scenario, "payment.servers", count, present);
  const std::string servers = setting.substr(setting.find('=') + 1);
  return fmt::format(R"(payment.calendar=[{{"at":"0s","servers":"{}"}}])", servers);
}

std::string halved(std::string_view name, Duration present) {
  const auto least = static_cast<std::int64_t>(scenario::find_key(name)->least);
  return fmt::format("{}={}", name,
                     text_of_duration(Duration(std::max(present.count() / 2, least))));
}

std::string longer(std::string_view name, Duration present) {
  const double longer_ns =
      std::min(4 * static_cast<double>(present.count()), scenario::find_key(name)->most);
  return fmt::format("{}={}", name, text_of_duration(Duration(std::llround(longer_ns))));
}

}  // namespace double11::report
