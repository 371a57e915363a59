// A station is the same in a sale and in a network: discipline, calendar, slow-downs, patience.
#include <double11/virtual_time/simulate.hpp>

#include <cmath>
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
  const char* batch_most = "1";
};

// The traffic ends there, and the network has the rest of its time to become empty.
std::string rate_until(int rate, const std::string& end) {
  return R"(traffic.curve=[{"at":"0s","rate":")" + std::to_string(rate) + R"(/s"},{"at":")" + end +
         R"(","rate":"0/s"}])";
}

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
    {"fifo", kNone, R"({WHERE"at": "1s", "servers": 1}, {WHERE"at": "3s", "servers": 0},
                       {WHERE"at": "4s", "servers": 2})",
     "", "7"},
    {"fifo", R"({"distribution": "constant", "mean": "300ms"})", "",
     R"({WHERE"at": "1s", "duration": "2s", "factor": 0})", "3"},
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
       std::string("payment.batch_most=") + variant.batch_most,
       std::string("payment.patience=") + variant.patience,
       "payment.calendar=[" + with_where(variant.steps, "") + "]",
       "payment.slowdowns=[" + with_where(variant.windows, "") + "]"});
}

scenario::Scenario station_of(const Variant& variant) {
  const std::string where = R"("station": "pay", )";
  const std::string station =
      R"({"name": "pay", "servers": 5, "service": {"distribution": "constant", "mean": "19997us"},
          "discipline": ")" +
      std::string(variant.discipline) + R"(", "batch_most": )" + variant.batch_most +
      R"(, "patience": )" + variant.patience + "}";
  return network_of(station, 250, "60s",
                    {"traffic.arrivals=constant", rate_until(250, "6s"),
                     "network.calendar=[" + with_where(variant.steps, where) + "]",
                     "network.slowdowns=[" + with_where(variant.windows, where) + "]"});
}

}  // namespace

TEST_CASE("a sale's payment and a station of a network give every order the same") {
  for (const Variant& variant : kVariants) {
    INFO(variant.discipline << ", steps " << variant.steps << ", windows " << variant.windows
                            << ", batches of " << variant.batch_most);
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

TEST_CASE("payments that all fail are tried as often, and keep servers as long, in a network") {
  const measure::RunRecord sale =
      simulate(scenario::small_scenario(
                   {"duration=2s", "traffic.arrivals=constant", "traffic.curve[0].rate=250/s",
                    "catalogue.stock=1M", "payment.servers=5", "payment.decline_probability=0",
                    "payment.timeout=9ms", "inventory.reservation_ttl=1d",
                    R"(payment.latency={"distribution": "constant", "mean": "20ms"})",
                    "payment.attempts=4", "payment.retry_delay=30ms", "payment.retry_backoff=3"}),
               {});
  const NetworkRecord network =
      simulate_network(network_of(R"({"name": "pay", "servers": 5, "attempts": 4, "timeout": "9ms",
                     "service": {"distribution": "constant", "mean": "20ms"},
                     "retry_delay": "30ms", "retry_backoff": 3})",
                                  250, "60s", {"traffic.arrivals=constant", rate_until(250, "2s")}),
                       0);
  const StationRecord& station = network.stations[0];
  CHECK(sale.payments.repeated == station.retries);
  CHECK(station.retries == 3 * sale.books.arrivals().count);
  CHECK(sale.books.outcomes(Outcome::refunded).count == station.failed);
  CHECK(sale.payments.superseded == station.retries);
  CHECK(Wide{static_cast<std::uint64_t>(sale.payment_busy.count())} == station.busy_ns);
  CHECK(sale.stages[index_of(Stage::payment)].orders == station.services);
}

TEST_CASE("payments that fail at random are tried again as in a network") {
  const auto sale_of_seed = [](std::int64_t seed) {
    return scenario::small_scenario(
        {"duration=20s", "traffic.curve[0].rate=200/s", "catalogue.stock=1M", "payment.servers=9",
         "payment.decline_probability=0.4", "payment.timeout=1d", "inventory.reservation_ttl=1d",
         R"(payment.latency={"distribution": "exponential", "mean": "20ms"})", "payment.attempts=3",
         "payment.retry_delay=30ms", "payment.retry_backoff=2", "payment.retry_jitter=0.5",
         "seed=" + std::to_string(seed)});
  };
  const auto network = network_of(
      R"({"name": "pay", "servers": 9, "attempts": 3, "failure_probability": 0.4,
          "service": {"distribution": "exponential", "mean": "20ms"},
          "retry_delay": "30ms", "retry_backoff": 2, "retry_jitter": 0.5})",
      200, "60s", {rate_until(200, "20s")});
  constexpr int kRuns = 30;
  struct Mean {
    double sum = 0;
    double squares = 0;
    void add(double value) {
      sum += value;
      squares += value * value;
    }
    [[nodiscard]] double mean() const { return sum / kRuns; }
    [[nodiscard]] double variance() const {  // of the mean
      return (squares - sum * sum / kRuns) / (kRuns - 1) / kRuns;
    }
  };
  const auto z = [](const Mean& a, const Mean& b) {
    return std::abs(a.mean() - b.mean()) / std::sqrt(a.variance() + b.variance());
  };
  Mean sale_time;
  Mean network_time;
  Mean sale_retries;
  Mean network_retries;
  for (int run = 0; run < kRuns; ++run) {
    const measure::RunRecord one = simulate(sale_of_seed(1000 + run), {});
    sale_time.add(one.latency[index_of(Funnel::paid)].mean());
    sale_retries.add(static_cast<double>(one.payments.repeated));
    const NetworkRecord other = simulate_network(network, static_cast<std::uint64_t>(run));
    network_time.add(other.stations[0].sojourn.moments.mean_ns());
    network_retries.add(static_cast<double>(other.stations[0].retries));
  }
  CHECK(sale_retries.mean() > 1000);
  CHECK(z(sale_time, network_time) < 3.89);  // alpha 1e-4
  CHECK(z(sale_retries, network_retries) < 3.89);
}

}  // namespace double11::virtual_time
