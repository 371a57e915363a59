#include "stress/trial.hpp"

#include <fmt/format.h>

#include "arrival_extremes.hpp"
#include "door_extremes.hpp"
#include "payment_extremes.hpp"
#include "row_extremes.hpp"
#include "strategies.hpp"

namespace double11::stress {
namespace {

using Values = std::vector<std::string>;

// What is scarce. With nothing scarce, or nothing but stock, part of the result does not depend on
// the schedule and is compared with virtual time.
enum class Want : std::uint8_t { anything, nothing, stock, places };

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : dice_(seed) { trial_.seed = seed; }

  Trial trial() {
    draw_machine();
    const Want want = dice_.one_of(std::vector<Want>{Want::anything, Want::anything, Want::nothing,
                                                     Want::stock, Want::places, Want::places});
    draw_traffic(want);
    draw_stock(want);
    draw_limits(want);
    draw_payment(want);
    set("logistics.warehouses[0].capacity", {"0.001/s", "5/s", "10k/s"});
    set("seed", {std::to_string(trial_.seed)});
    if (dice_.once_in(8)) {
      const Values& rows = dice_.one_of(kRowExtremes);
      trial_.overrides.insert(trial_.overrides.end(), rows.begin(), rows.end());
    }
    if (dice_.once_in(3)) draw_door(want);
    return trial_;
  }

 private:
  void set(const std::string& path, const Values& values) {
    trial_.overrides.push_back(path + "=" + dice_.one_of(values));
  }

  void draw_machine() {
    trial_.workers = dice_.one_of(std::vector<std::uint32_t>{1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8});
    trial_.batch = dice_.one_of(std::vector<std::size_t>{1, 1, 2, 7, 256, 256});
    trial_.family = static_cast<Family>(dice_.below(kFamilyNames.size()));
    trial_.wild_turns = dice_.one_of(std::vector<std::uint64_t>{100, 1000, 4000, 10'000});
    if (dice_.once_in(3)) {
      trial_.stop_at = static_cast<std::int64_t>(dice_.below(std::uint64_t{8} << dice_.below(8)));
    }
    trial_.real = dice_.once_in(2);
    trial_.stall_in = dice_.one_of(std::vector<std::uint64_t>{10, 300, 1'000'000});
    trial_.put_aside = dice_.once_in(2);
    set("run.workers", {std::to_string(trial_.workers)});
    set("run.placement", {"sharded", "staged"});
    set("run.pace", {trial_.real ? "real" : "max"});
  }

  // About as many orders as asked for, whatever the duration.
  void draw_traffic(Want want) {
    const std::string shape = dice_.one_of(Values{"step", "ramp"});
    const auto ms = dice_.one_of(std::vector<std::uint64_t>{1, 3, 20, 80});
    const auto orders = dice_.one_of(std::vector<std::uint64_t>{0, 1, 10, 60, 60, 60, 250, 250});
    set("duration", {fmt::format("{}ms", ms)});
    set("traffic.curve",
        {fmt::format(R"([{{"at":"0s","rate":"{}/s","shape":"{}"}}])", orders * 1000 / ms, shape)});
    const Values arrivals = dice_.one_of(kArrivalExtremes);
    trial_.overrides.insert(trial_.overrides.end(), arrivals.begin(), arrivals.end());
    if (want == Want::stock) {
      set("traffic.basket", {"[1]"});
      set("traffic.quantity_max", {"1"});
    } else {
      set("traffic.basket", {"[1]", "[0.5,0.3,0.2]", "[0,0,0,1]", "[0,0,0,1]"});
      set("traffic.quantity_max", {"1", "2", "100"});
    }
  }

  void draw_stock(Want want) {
    const Values some = want == Want::nothing  ? Values{"0", "1M"}
                        : want == Want::places ? Values{"1M"}
                                               : Values{"0", "1", "3", "40", "1M", "1M", "1M"};
    set("inventory.strategy", kSafeStrategies);
    set("catalogue.stock", some);
    if (dice_.once_in(2)) {
      set("catalogue.skus", {"4", "9", "300"});
      set("catalogue.hot.skus", {"1", "3"});
      set("catalogue.hot.share", {"0.5", "0.9"});
      set("catalogue.hot.stock", some);
    } else {
      set("catalogue.skus", {"1", "2", "9"});
      set("catalogue.hot.skus", {"0"});
      set("catalogue.hot.share", {"0"});
    }
  }

  void draw_limits(Want want) {
    const bool ample = want == Want::nothing || want == Want::stock;
    set("admission.in_flight_limit",
        ample ? Values{"20000"} : Values{"1", "2", "9", "70", "20000", "20000"});
    set("admission.queue_limit", ample ? Values{"0", "20000"} : Values{"0", "1", "17", "20000"});
    set("payment.servers", ample ? Values{"20000"} : Values{"1", "1", "3", "64", "130", "20000"});
    set("payment.queue_limit", ample ? Values{"0", "20000"} : Values{"0", "1", "30", "20000"});
    set("inventory.reservation_ttl",
        want == Want::stock ? Values{"30ms", "15min"} : Values{"1ms", "4ms", "30ms", "15min"});
  }

  void draw_payment(Want want) {
    const Values constant{R"({"distribution":"constant","mean":"1us"})",
                          R"({"distribution":"constant","mean":"5ms"})"};
    const Values random{R"({"distribution":"exponential","mean":"3ms"})",
                        R"({"distribution":"lognormal","p50":"2ms","p99":"100ms"})"};
    const bool steady = want == Want::stock || dice_.once_in(3);
    set("payment.latency", steady ? constant : random);
    set("payment.decline_probability",
        want == Want::stock ? Values{"0"} : Values{"0", "0", "0.03", "0.5", "1"});
    set("payment.timeout",
        want == Want::stock ? Values{"6ms", "30s"} : Values{"1ms", "6ms", "30s"});
    if (want == Want::stock || want == Want::nothing || dice_.once_in(2)) return;
    for (const auto& [path, values] : kPaymentExtremes) set(path, values);
    if (dice_.once_in(3)) set("payment.reasons", kReasonExtremes);
    if (dice_.once_in(3)) {
      open_channels(trial_.overrides, [&](const Values& values) { return dice_.one_of(values); });
    }
  }

  // Where part of the result shall not depend on the schedule, only what goes by draws.
  void draw_door(Want want) {
    const bool by_draws = want == Want::nothing || want == Want::stock;
    for (const auto& [path, values] : kDoorExtremes) {
      const bool is_draw = path.starts_with("traffic.double_clicks") ||
                           path.starts_with("admission.bot_filter") ||
                           (path.starts_with("traffic.retry.") && want != Want::stock &&
                            path.find("budget") == std::string::npos);
      if ((is_draw || !by_draws) && dice_.once_in(3)) set(path, values);
    }
    // Within the rounds of a trial: many tries take long, and every one of them a few rounds.
    set("traffic.retry.attempts", {"1", "2", "3"});
    if (dice_.once_in(4)) {
      set("traffic.bots.share", {"0.5"});
      set("traffic.bots.count", {"1"});
      set("admission.bot_filter.hit", {"0.7"});
    }
    if (by_draws) return;
    const Values control = dice_.one_of(kDoorControls);
    trial_.overrides.insert(trial_.overrides.end(), control.begin(), control.end());
  }

  Dice dice_;
  Trial trial_;
};

}  // namespace

Trial draw_trial(std::uint64_t seed) {
  return Draw(seed).trial();
}

std::string scenario_text(const Trial& trial) {
  std::string text = "double11 run smoke";
  for (const std::string& one : trial.overrides) text += fmt::format(" --set '{}'", one);
  return text;
}

std::string schedule_text(const Trial& trial) {
  std::string text =
      fmt::format("{} workers, batches of {}, {} for {} turns", trial.workers, trial.batch,
                  kFamilyNames[static_cast<std::size_t>(trial.family)], trial.wild_turns);
  if (trial.stop_at >= 0) text += fmt::format(", stop before turn {}", trial.stop_at);
  if (trial.real) text += fmt::format(", clock stalls once in {} turns", trial.stall_in);
  if (trial.real && trial.put_aside) text += ", workers put aside in the middle of a turn";
  return text;
}

}  // namespace double11::stress
