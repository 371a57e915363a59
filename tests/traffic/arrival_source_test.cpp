#include <double11/live/run.hpp>
#include <double11/report/audit.hpp>
#include <double11/report/result.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/traffic/arrivals.hpp>
#include <double11/traffic/source_walk.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenarios.hpp"
#include "traffic/all_orders.hpp"

namespace double11::traffic {
namespace {

using scenario::ArrivalSource;
using scenario::Scenario;
using scenario::small_scenario;

using Plan = std::function<void(const ArrivalSource::Slice&, std::vector<Order>&)>;

class Planned : public ArrivalSource {
 public:
  explicit Planned(Plan plan) : plan_(std::move(plan)) {}
  [[nodiscard]] std::string name() const override { return "planned"; }
  [[nodiscard]] double expected() const override { return 3'000; }
  void plan(const Slice& slice, std::vector<Order>& into) const override { plan_(slice, into); }

 private:
  Plan plan_;
};

Scenario with(Plan plan, const std::vector<std::string>& overrides = {}) {
  Scenario scenario = small_scenario(overrides);
  scenario.traffic.source = std::make_shared<Planned>(std::move(plan));
  return scenario;
}

// Three orders a millisecond, the middle one with a basket of its own.
void three(const ArrivalSource::Slice& slice, std::vector<Order>& into) {
  for (int i = 0; i < 3; ++i) {
    Order order;
    order.planned = slice.start + Duration(i * 100);
    if (i == 1) {
      order.buyer = {77};
      order.set_region(2);
      order.set_lines(2);
      order.sku = {SkuId{4}, SkuId{9}};
      order.quantity = {3, 100};
    }
    into.push_back(order);
  }
}

std::string error_of(const Plan& plan) {
  try {
    const Scenario scenario = with(plan);
    all_orders(Arrivals(scenario));
  } catch (const SourceError& error) {
    return error.what();
  }
  return "";
}

measure::RunRecord simulated(const Scenario& scenario, std::uint32_t workers) {
  virtual_time::SimulateOptions options;
  options.workers = workers;
  return virtual_time::simulate(scenario, options);
}

// One order that `change` spoils, in slice 5.
std::string error_of_order(const std::function<void(Order&)>& change) {
  return error_of([change](const ArrivalSource::Slice& slice, std::vector<Order>& into) {
    if (slice.number != 5) return;
    three(slice, into);
    change(into[1]);
  });
}

}  // namespace

TEST_CASE("a source plans when and, if it likes, who and what; the rest is drawn or set") {
  const Scenario scenario = with(three);
  const Arrivals arrivals(scenario);
  const auto orders = all_orders(arrivals);
  REQUIRE(orders.size() == 3'000);
  CHECK(arrivals.expected() == 3'000);
  CHECK_FALSE(arrivals.can_expect());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const Order& order = orders[i];
    CHECK(order.id == OrderId(i / 3, static_cast<std::uint32_t>(i % 3)));
    CHECK(order.at == order.planned);
    CHECK(order.lines > 0);
    CHECK(order.amount_fen > 0);
    if (i % 3 == 1) {
      CHECK(order.buyer.value == 77);
      CHECK(order.region == 2);
      CHECK(order.quantity[1] == 100);
    }
  }
}

TEST_CASE("what is left open is drawn as for the curve's order with that id") {
  const Scenario curve = small_scenario({});
  const auto drawn = all_orders(Arrivals(curve));
  const Scenario source =
      with([&drawn](const ArrivalSource::Slice& slice, std::vector<Order>& into) {
        for (const Order& order : drawn) {
          if (order.planned < slice.start || order.planned >= slice.end) continue;
          Order& bare = into.emplace_back();
          bare.planned = order.planned;
        }
      });
  const auto again = all_orders(Arrivals(source));
  REQUIRE(again.size() == drawn.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    CHECK(fingerprint_of(again[i]) == fingerprint_of(drawn[i]));
  }
}

TEST_CASE("a source that breaks the contract is told where, what was found and what is allowed") {
  using Catch::Matchers::Contains;
  CHECK_THAT(error_of_order([](Order& order) { order.planned += std::chrono::milliseconds(1); }),
             Contains("traffic source planned, slice 5, order 1: found planned at 6000100ns; "
                      "allowed: 5ms to before 6ms"));
  CHECK_THAT(error_of_order([](Order& order) { order.planned = Instant{}; }),
             Contains("found planned at 0s"));
  CHECK_THAT(error_of_order([](Order& order) { order.planned += Duration(500); }),
             Contains("order 2: found planned at 5000200ns; allowed: 5000600ns or later"));
  CHECK_THAT(error_of_order([](Order& order) { order.set_lines(7); }),
             Contains("found 7 lines; allowed: 0 to 4"));
  CHECK_THAT(error_of_order([](Order& order) { order.sku[1] = {500}; }),
             Contains("found sku 500; allowed: 0 to 499"));
  CHECK_THAT(error_of_order([](Order& order) { order.quantity[0] = 0; }),
             Contains("found quantity 0; allowed: 1 to 100"));
  CHECK_THAT(error_of_order([](Order& order) { order.buyer = {10'000}; }),
             Contains("found buyer 10000; allowed: 0 to 9999"));
  CHECK_THAT(error_of_order([](Order& order) { order.set_region(3); }),
             Contains("found region 3; allowed: 0 to 2"));
}

TEST_CASE("a source's sale is audited, and the same for any number of workers") {
  std::vector<std::uint64_t> prints;
  for (const std::uint32_t workers : {1U, 3U}) {
    const Scenario scenario = with(three, {"run.workers=" + std::to_string(workers)});
    const auto record = simulated(scenario, workers);
    const auto result = report::conclude(scenario, record);
    CHECK(result.verdict.status == report::Status::pass);
    CHECK(record.books.arrivals().count == 3'000);
    prints.push_back(record.fingerprints.total());
    const auto live = live::run(scenario);
    CHECK(report::conclude(scenario, live).verdict.status == report::Status::pass);
    CHECK(live.books.stream_print() == record.books.stream_print());
    CHECK(report::text(result, "again", false).find("planned arrivals") != std::string::npos);
  }
  CHECK(prints[0] == prints[1]);
}

TEST_CASE("errors of a source come out of every engine, with any number of workers") {
  const Plan late = [](const ArrivalSource::Slice& slice, std::vector<Order>& into) {
    three(slice, into);
    if (slice.number == 400) into.back().planned = slice.end;
  };
  for (const char* const workers : {"run.workers=1", "run.workers=3"}) {
    for (const char* const pace : {"run.pace=max", "run.pace=real"}) {
      const Scenario scenario = with(late, {workers, pace});
      CHECK_THROWS_AS(live::run(scenario), SourceError);
    }
    const Scenario scenario = with(late);
    CHECK_THROWS_AS(simulated(scenario, 3), SourceError);
  }
  const Scenario thrower = with(
      [](const ArrivalSource::Slice&, std::vector<Order>&) { throw std::length_error("its own"); });
  CHECK_THROWS_AS(live::run(thrower), std::length_error);
  CHECK_THROWS_AS(simulated(thrower, 1), std::length_error);
}

TEST_CASE("results of different sources are not of one scenario") {
  const Scenario curve = small_scenario({});
  CHECK(scenario::digest_of(curve) != scenario::digest_of(with(three)));
}

}  // namespace double11::traffic
