#include "screen/answer.hpp"

#include <string>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::screen {
namespace {

class Asked {
 public:
  Answer operator()(const std::string& target, const std::string& method = "GET",
                    const std::string& host = "127.0.0.1:8111", bool only_local = true) const {
    return answer_to({method, target, host}, board_, only_local);
  }

 private:
  scenario::Scenario scenario_ = scenario::small_scenario();
  Board board_{scenario_, measure::Runtime::pace_max, 1, ""};
};

TEST_CASE("answer: the page and its parts, with their types") {
  const Asked ask;
  CHECK(ask("/").body.find("<!DOCTYPE html>") == 0);
  CHECK(ask("/").type == "text/html; charset=utf-8");
  CHECK(ask("/?a=b").status == 200);
  CHECK(ask("/screen.css").type == "text/css; charset=utf-8");
  CHECK(ask("/screen.js").body.size() > 1'000);
  CHECK(ask("/chart.js").body.find("Chart.js v") != std::string::npos);
  CHECK(ask("/api/result").type == "application/json");
  CHECK(ask("/metrics").type == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(ask("/api/events").streams);
  CHECK(ask("/", "HEAD").status == 200);
}

TEST_CASE("answer: nothing else is there, and nothing but GET and HEAD is done") {
  const Asked ask;
  for (const char* const target :
       {"", "*", "/index.html", "/../etc/passwd", "/%2e%2e/etc/passwd", "//", "/screen.js/",
        "http://127.0.0.1/", "/api", "/api/", "/API/RESULT"}) {
    INFO(target);
    CHECK(ask(target).status == 404);
    CHECK_FALSE(ask(target).streams);
  }
  for (const char* const method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", ""}) {
    INFO(method);
    CHECK(ask("/", method).status == 405);
  }
}

TEST_CASE("answer: a server for its own machine is not reached by the names of others") {
  const Asked ask;
  for (const char* const host : {"127.0.0.1", "127.0.0.1:8111", "localhost", "localhost:1", "[::1]",
                                 "[::1]:8111", "LocalHost:1"}) {
    INFO(host);
    CHECK(ask("/", "GET", host).status == 200);
  }
  for (const char* const host :
       {"", "evil.example", "evil.example:8111", "localhost.evil.example", "[::2]:8111", "10.0.0.1",
        "127.0.0.1.evil.example", "localhost:80.evil.example", "[::1]:80.evil.example", "[::1",
        "[::1]x:1", "example.com:127.0.0.1"}) {
    INFO(host);
    CHECK(ask("/", "GET", host).status == 421);
    CHECK(ask("/", "GET", host, false).status == 200);
  }
}

}  // namespace
}  // namespace double11::screen
