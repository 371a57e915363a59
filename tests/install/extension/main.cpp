// Traffic of one's own: ten times a second a push message reaches people, and 300 tap on it at
// once.
#include <double11/report/result.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/load.hpp>
#include <double11/virtual_time/simulate.hpp>

#include <iostream>
#include <memory>

struct PushMessages : double11::scenario::ArrivalSource {
  std::string name() const override { return "push messages"; }
  double expected() const override { return 20 * 300; }
  void plan(const Slice& slice, std::vector<double11::Order>& into) const override {
    if (slice.number % 100 != 0) return;  // a slice is a millisecond
    for (int tap = 0; tap < 300; ++tap) {
      double11::Order order;  // who buys what is drawn as the scenario says
      order.planned = slice.start + tap * std::chrono::microseconds(2);
      into.push_back(order);
    }
  }
};

int main(int, char** argv) {
  auto loaded = double11::scenario::load(argv[1]);
  if (!loaded.scenario) return 2;
  loaded.scenario->traffic.source = std::make_shared<PushMessages>();
  const auto record = double11::virtual_time::simulate(*loaded.scenario, {});
  const auto result = double11::report::conclude(*loaded.scenario, record);
  std::cout << double11::report::text(result, argv[0], false);
  return double11::report::exit_code_of(result.verdict.status);
}
