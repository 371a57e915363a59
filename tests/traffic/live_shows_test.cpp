// Live shows: exact integrals of the pulses, and arrivals that follow them.
#include <double11/scenario/shows.hpp>
#include <double11/traffic/live_shows.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "core/statistics.hpp"
#include "scenarios.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

using namespace statistics;
using scenario::small_scenario;

Instant at(double seconds) {
  return Instant(Duration(std::llround(seconds * 1e9)));
}

const std::string kAudience =
    R"(traffic.shows.viewers=[{"at":"1s","viewers":"100k"},{"at":"3s","viewers":"300k"},)"
    R"({"show":"other","at":"0s","viewers":"1M"}])";
const std::string kMoments =
    R"(traffic.shows.reveals=[{"at":"2s","sku":7,"click_through":"5%","reaction_mean":"500ms"},)"
    R"({"show":"other","at":"2500300us","sku":9,"click_through":"1%","reaction_mean":"2s",)"
    R"("quantity":3}])";

}  // namespace

TEST_CASE("viewers lie on lines between the points") {
  const scenario::Traffic traffic = small_scenario({kAudience}).traffic;
  const auto viewers = [&](const std::string& show, double seconds) {
    return scenario::viewers_at(traffic, show, at(seconds).time_since_epoch());
  };
  CHECK(viewers("show", 0.999) == 0);
  CHECK(viewers("show", 1) == 100'000);
  CHECK(viewers("show", 1.5) == Approx(150'000));
  CHECK(viewers("show", 3) == 300'000);
  CHECK(viewers("show", 99) == 300'000);
  CHECK(viewers("other", 0) == 1'000'000);
  CHECK(viewers("no such", 1) == 0);
}

TEST_CASE("a pulse has the integral N (1 - exp(-(t - T) / m)), and pulses add up") {
  const LiveShows shows(small_scenario({kAudience, kMoments, "traffic.scale=2"}).traffic);
  const auto pulse = [](double expected, double begin, double mean, double until) {
    return until <= begin ? 0 : expected * (1 - std::exp(-(until - begin) / mean));
  };
  for (const double until : {0.0, 1.9, 2.0, 2.001, 2.4, 2.5003, 3.0, 7.0, 100.0, 1000.0}) {
    CAPTURE(until);
    // 200k and 1M viewers, twice.
    const double exact = pulse(20'000, 2, 0.5, until) + pulse(20'000, 2.5003, 2, until);
    CHECK(shows.expected_in(Instant{}, at(until)) == Approx(exact).margin(1e-9));
  }
  double sum = 0;
  for (int slice = 0; slice < 4'000; ++slice) {
    sum += shows.expected_in(at(slice * 1e-3), at((slice + 1) * 1e-3));
  }
  CHECK(sum == Approx(shows.expected_in(Instant{}, at(4))).epsilon(1e-12));
  CHECK(shows.rate_per_s(at(1.999)) == 0);
  CHECK(shows.rate_per_s(at(2)) == Approx(40'000));
  CHECK(shows.peak_per_s(at(2)) == 0);
  CHECK(shows.peak_per_s(at(2.4)) == Approx(40'000));
  CHECK(shows.peak_per_s(at(9)) == Approx(40'000));
}

TEST_CASE("orders of shows come after their moment, as many and as late as the pulse says") {
  for (const std::string seed : {"1", "2", "3"}) {
    CAPTURE(seed);
    const scenario::Scenario scenario =
        small_scenario({kAudience, kMoments, "seed=" + seed, "duration=6s",
                        "traffic.curve[0].rate=3k/s", "catalogue.hot.share=0"});
    const Arrivals arrivals(scenario);
    const std::vector<Order> orders = all_orders(arrivals);
    const double expected = arrivals.expected();
    CHECK(expected ==
          Approx(18'000 + 10'000 * (1 - std::exp(-8.0)) + 10'000 * (1 - std::exp(-3.4997 / 2))));
    CHECK(std::abs(static_cast<double>(orders.size()) - expected) < kZLimit * std::sqrt(expected));
    // One line of SKU 9 with three units is nobody else's: quantity_max is 2.
    std::vector<double> delays;
    for (const Order& order : orders) {
      if (order.sku[0].value != 9 || order.quantity[0] != 3) continue;
      REQUIRE(order.lines == 1);
      delays.push_back(seconds_of(order.planned - at(2.5)));
    }
    // Up to the end of the traffic: a truncated exponential of 3.5 s and mean 2 s.
    const double left = std::exp(-3.5 / 2);
    const double count = 10'000 * (1 - std::exp(-3.4997 / 2));
    CHECK(std::abs(static_cast<double>(delays.size()) - count) < kZLimit * std::sqrt(count));
    CHECK(std::abs(z_of_mean(delays, 2 - 3.5 * left / (1 - left) + 0.0003)) < kZLimit);
    CHECK(*std::min_element(delays.begin(), delays.end()) >= 0);
  }
}

TEST_CASE("shows leave the draws of who and what to the others as they were") {
  const auto orders_of = [](const std::vector<std::string>& overrides) {
    const scenario::Scenario scenario = small_scenario(overrides);
    return all_orders(Arrivals(scenario));
  };
  const auto plain = orders_of({});
  const auto later = orders_of(
      {kAudience,
       R"(traffic.shows.reveals=[{"show":"other","at":"500ms","sku":7,"click_through":"5%"}])"});
  REQUIRE(later.size() > plain.size());
  std::size_t same = 0;
  while (same < plain.size() && fingerprint_of(plain[same]) == fingerprint_of(later[same])) ++same;
  REQUIRE(same < plain.size());
  CHECK(later[same].planned >= at(0.5));
}

TEST_CASE("without a curve every order is a show's") {
  const scenario::Scenario scenario =
      small_scenario({kAudience, kMoments, "traffic.curve[0].rate=0/s", "duration=5s"});
  const auto orders = all_orders(Arrivals(scenario));
  REQUIRE(orders.size() > 10'000);
  for (const Order& order : orders) {
    REQUIRE(order.lines == 1);
    REQUIRE((order.sku[0].value == 7 || order.sku[0].value == 9));
    REQUIRE(order.quantity[0] == (order.sku[0].value == 7 ? 1 : 3));
  }
}

TEST_CASE("in the shipped show 15,000 units are asked for within seconds after the reveal") {
  const auto loaded = scenario::load(DOUBLE11_SOURCE_DIR "/scenarios/live-show.json");
  REQUIRE(loaded.scenario);
  const scenario::Scenario& scenario = *loaded.scenario;
  std::array<std::int64_t, 2> units{};
  std::array<Instant, 2> gone{};
  for (const Order& order : all_orders(Arrivals(scenario))) {
    for (std::size_t line = 0; line < order.lines; ++line) {
      const std::uint32_t sku = order.sku[line].value;
      if (sku != 1 && sku != 2) continue;
      std::int64_t& asked = units[sku - 1];
      asked += order.quantity[line];
      if (gone[sku - 1] == Instant{} && asked >= 15'000) gone[sku - 1] = order.planned;
    }
  }
  // 51,667 and 56,667 clicks: -4 s ln(1 - 15,000 / clicks).
  CHECK(std::abs(seconds_of(gone[0] - at(20)) - 1.3725) < 0.05);
  CHECK(std::abs(seconds_of(gone[1] - at(80)) - 1.2295) < 0.05);
}

}  // namespace double11::traffic
