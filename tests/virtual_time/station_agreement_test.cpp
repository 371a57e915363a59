// A station is the same in a sale and in a network: discipline, calendar, slow-downs, patience.
#include <double11/virtual_time/simulate.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "virtual_time/network_cases.hpp"

namespace double11::virtual_time {
namespace {

// Evenly spaced arrivals and constant times: nothing is random.
struct Variant {
  const char* discipline;
  const char* patience;
  const char* steps;  // of servers
  const char* windows;
};

constexpr const char* kNone = R"({"distribution": "none"})";

const std::vector<Variant> kVariants{
    {"fifo", kNone, "", ""},
    {"lifo", kNone, R"({WHERE"at": "1s", "servers": 9}, {WHERE"at": "4s", "servers": 4})", ""},
    {"fifo", R"({"distribution": "constant", "mean": "35ms"})",
     R"({WHERE"at": "1s", "servers": 0}, {WHERE"at": "1500ms", "servers": 6})", ""},
    {"lifo", R"({"distribution": "constant", "mean": "90ms"})", "",
     R"({WHERE"at": "1s", "duration": "500ms", "factor": 0.5},
        {WHERE"at": "2s", "duration": "300ms", "factor": 0},
        {WHERE"at": "3s", "duration": "1s", "factor": 4})"},
};

std::string with_where(std::string text, const std::string& where) {
  for (auto at = text.find("WHERE"); at != std::string::npos; at = text.find("WHERE")) {
    text.replace(at, 5, where);
  }
  return text;
}

scenario::Scenario sale_of(const Variant& variant) {
  return scenario::small_scenario(
      {"duration=6s", "traffic.arrivals=constant", "traffic.curve[0].rate=250/s",
       "catalogue.stock=1M", "payment.servers=5", "payment.decline_probability=0",
       "payment.timeout=1d", "inventory.reservation_ttl=1d",
       R"(payment.latency={"distribution": "constant", "mean": "19997us"})",
       std::string("payment.discipline=") + variant.discipline,
       std::string("payment.patience=") + variant.patience,
       "payment.calendar=[" + with_where(variant.steps, "") + "]",
       "payment.slowdowns=[" + with_where(variant.windows, "") + "]"});
}

scenario::Scenario station_of(const Variant& variant) {
  const std::string where = R"("station": "pay", )";
  const std::string station =
      R"({"name": "pay", "servers": 5, "service": {"distribution": "constant", "mean": "19997us"},
          "discipline": ")" +
      std::string(variant.discipline) + R"(", "patience": )" + variant.patience + "}";
  return network_of(station, 250, "6s",
                    {"traffic.arrivals=constant", "simulate.until=60s",
                     "network.calendar=[" + with_where(variant.steps, where) + "]",
                     "network.slowdowns=[" + with_where(variant.windows, where) + "]"});
}

}  // namespace

TEST_CASE("a sale's payment and a station of a network give every order the same") {
  for (const Variant& variant : kVariants) {
    INFO(variant.discipline << ", steps " << variant.steps << ", windows " << variant.windows);
    const measure::RunRecord sale = simulate(sale_of(variant), {});
    const NetworkRecord network = simulate_network(station_of(variant), 0);
    const StationRecord& station = network.stations[0];
    const measure::Histogram& paid = sale.latency[index_of(Funnel::paid)];
    REQUIRE(paid.count() == station.completions);
    CHECK(sale.books.outcomes(Outcome::abandoned).count == station.abandoned);
    CHECK(sale.books.arrivals().count == station.arrivals);
    CHECK(paid.count() > 1000);
    // Instants of arrivals are rounded in two ways.
    CHECK(std::abs(paid.max() - station.sojourn.histogram.max()) <= 1);
    CHECK(paid.mean() == Approx(station.sojourn.moments.mean_ns()).margin(1));
    for (std::size_t cell = 0; cell < measure::Histogram::kCells; ++cell) {
      REQUIRE(paid.cells()[cell] == station.sojourn.histogram.cells()[cell]);
    }
  }
}

}  // namespace double11::virtual_time
