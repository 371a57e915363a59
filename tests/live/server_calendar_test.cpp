// ServerCalendar: each change is told once, in whatever order workers ask.
#include <double11/live/server_calendar.hpp>

#include <atomic>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace double11::live {
namespace {

Instant at_ns(std::int64_t ns) {
  return Instant(Duration(ns));
}

scenario::Payment payment_with(const std::vector<scenario::ServerStep>& calendar) {
  scenario::Payment payment;
  payment.servers = 10;
  payment.calendar = calendar;
  return payment;
}

TEST_CASE("ServerCalendar: tells changes when their time has come") {
  ServerCalendar none(payment_with({}));
  CHECK(none.empty());
  CHECK(none.change_by(at_ns(100)) == 0);
  ServerCalendar calendar(payment_with({{Duration(5), 7}, {Duration(9), 0}, {Duration(20), 30}}));
  CHECK_FALSE(calendar.empty());
  CHECK(calendar.change_by(at_ns(4)) == 0);
  CHECK(calendar.change_by(at_ns(5)) == -3);
  CHECK(calendar.change_by(at_ns(5)) == 0);
  CHECK(calendar.next_change() == at_ns(9));
  CHECK(calendar.change_by(at_ns(20)) == 23);
  CHECK(calendar.change_by(kNever) == 0);
  CHECK(calendar.next_change() == kNever);
}

TEST_CASE("the fewest servers are those of the steps, and at least one") {
  CHECK(fewest_servers(payment_with({})) == 10);
  CHECK(fewest_servers(payment_with({{Duration(5), 0}, {Duration(6), 90}})) == 10);
  CHECK(fewest_servers(payment_with({{Duration(5), 3}, {Duration(6), 90}})) == 3);
  CHECK(fewest_servers(payment_with({{Duration(0), 0}, {Duration(6), 90}})) == 90);
  CHECK(fewest_servers(payment_with({{Duration(0), 0}})) == 1);
}

TEST_CASE("ServerCalendar: threads that ask together hear of each change once") {
  std::vector<scenario::ServerStep> steps;
  for (int i = 0; i < 10'000; ++i) steps.push_back({Duration(i), i});
  ServerCalendar calendar(payment_with(steps));
  std::atomic<std::int64_t> servers{10};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 10'000; ++i) servers += calendar.change_by(at_ns(i));
      });
    }
  }
  CHECK(servers == 9'999);
}

}  // namespace
}  // namespace double11::live
