#pragma once
// Random scenarios with every knob at its extremes, from a seed.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "arrival_extremes.hpp"
#include "crowd_extremes.hpp"
#include "door_extremes.hpp"
#include "logistics_extremes.hpp"
#include "payment_extremes.hpp"
#include "row_extremes.hpp"
#include "scenarios.hpp"
#include "strategies.hpp"

namespace double11 {

struct Draw {
  std::vector<std::string> overrides;
  std::uint32_t workers = 1;
};

inline Draw draw_scenario(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto one_of = [&](const std::vector<std::string>& values) {
    return values[random() % values.size()];
  };
  Draw draw;
  const auto set = [&](const std::string& path, const std::vector<std::string>& values) {
    draw.overrides.push_back(path + "=" + one_of(values));
  };
  set("duration", {"1ms", "2500us", "50ms", "150ms"});
  set("traffic.curve[0].rate", {"0/s", "50/s", "2k/s", "2k/s", "20k/s"});
  const auto& arrivals = kArrivalExtremes[random() % kArrivalExtremes.size()];
  draw.overrides.insert(draw.overrides.end(), arrivals.begin(), arrivals.end());
  set("traffic.basket", {"[1]", "[0.5,0.3,0.2]", "[0,0,0,1]"});
  set("traffic.quantity_max", {"1", "2", "100"});
  const std::string skus = one_of({"1", "2", "500"});
  draw.overrides.push_back("catalogue.skus=" + skus);
  if (skus == "500" && random() % 2 == 0) {
    set("catalogue.hot.share", {"0", "0.9", "1"});
    set("catalogue.hot.stock", {"0", "1", "20", "1000000"});
  } else {
    draw.overrides.insert(draw.overrides.end(), {"catalogue.hot.skus=0", "catalogue.hot.share=0"});
  }
  set("catalogue.stock", {"0", "1", "3", "40", "1000000"});
  set("admission.in_flight_limit", {"1", "2", "9", "300", "20000"});
  set("admission.queue_limit", {"0", "1", "17", "20000"});
  set("inventory.strategy", kSafeStrategies);
  set("inventory.reservation_ttl", {"1ms", "4ms", "30ms", "15min"});
  set("payment.servers", {"1", "3", "64", "130", "20000"});
  set("payment.queue_limit", {"0", "1", "30", "20000"});
  set("payment.latency",
      {R"({"distribution":"constant","mean":"1us"})", R"({"distribution":"constant","mean":"5ms"})",
       R"({"distribution":"exponential","mean":"3ms"})",
       R"({"distribution":"lognormal","p50":"2ms","p99":"100ms"})"});
  if (random() % 8 == 0) {
    set("payment.latency", {R"({"distribution":"empirical"})"});
    set("payment.histogram", {R"([{"value":"1us","weight":3},{"value":"40ms","weight":1}])",
                              R"([{"value":"2ms"},{"value":"3ms","weight":0}])"});
  }
  set("payment.decline_probability", {"0", "0.03", "0.5", "1"});
  set("payment.timeout", {"1ms", "6ms", "30s"});
  if (random() % 3 == 0) {
    for (const auto& [path, values] : kPaymentExtremes) set(path, values);
  }
  if (random() % 3 == 0) set("payment.reasons", kReasonExtremes);
  if (random() % 4 == 0) open_channels(draw.overrides, one_of);
  set("logistics.departure_period", {"0s", "0s", "7ms"});
  set("logistics.warehouses[0].capacity", {"0.001/s", "5/s", "10k/s"});
  if (random() % 4 == 0) {
    for (const auto& [path, values] : kLogisticsExtremes) set(path, values);
  }
  set("run.placement", {"sharded", "staged"});
  draw.overrides.push_back("seed=" + std::to_string(seed));
  draw.workers = static_cast<std::uint32_t>(1 + random() % 6);
  const bool crowd = random() % 3 == 0;
  if (crowd) {
    for (const auto& [path, values] : kCrowdExtremes) set(path, values);
    // Shows come with Poisson arrivals only, which stand first.
    if (&arrivals == &kArrivalExtremes.front()) {
      const auto& shows = kShowExtremes[random() % kShowExtremes.size()];
      draw.overrides.insert(draw.overrides.end(), shows.begin(), shows.end());
    }
  }
  if (random() % 4 == 0) {
    const auto& rows = kRowExtremes[random() % kRowExtremes.size()];
    draw.overrides.insert(draw.overrides.end(), rows.begin(), rows.end());
  }
  // After all other draws, which are as they were before there was a door.
  if (random() % 3 == 0) {
    for (const auto& [path, values] : kDoorExtremes) {
      // A crowd has so many bots that there must be more buyers.
      if (random() % 3 == 0 && !(crowd && path == "traffic.buyers")) set(path, values);
    }
    const auto& control = kDoorControls[random() % kDoorControls.size()];
    draw.overrides.insert(draw.overrides.end(), control.begin(), control.end());
  }
  return draw;
}

/// What a failing test says about the draw.
inline std::string text_of(const Draw& draw) {
  std::string text = std::to_string(draw.workers) + " workers:";
  for (const std::string& one : draw.overrides) text += " --set " + one;
  return text;
}

}  // namespace double11
