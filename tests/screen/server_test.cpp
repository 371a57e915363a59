#include <double11/screen/server.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "catch.hpp"
#include "scenarios.hpp"

namespace double11::screen {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// A connection that reads and writes what it is told.
class Client {
 public:
  explicit Client(const std::string& url) : socket_(context_) {
    const std::size_t colon = url.rfind(':');
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
  }

  void say(const std::string& text) {
    error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(text), ignored);
  }
  // Up to and with `end`; what came when the connection ended before.
  std::string hear_until(const std::string& end) {
    error_code error;
    const std::size_t size =
        boost::asio::read_until(socket_, boost::asio::dynamic_buffer(heard_), end, error);
    std::string text = heard_.substr(0, error ? heard_.size() : size);
    heard_.erase(0, text.size());
    return text;
  }
  std::string hear_all() { return hear_until("never said by any server"); }
  std::string get(const std::string& target) {
    say("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    return hear_all();
  }

 private:
  boost::asio::io_context context_;
  tcp::socket socket_;
  std::string heard_;
};

struct Screen {
  scenario::Scenario scenario = scenario::small_scenario();
  Board board{scenario, measure::Runtime::pace_max, 1, ""};
  std::optional<Server> server{std::in_place, Address{}, board};

  void show(std::int64_t orders) {
    measure::Snapshot snapshot;
    snapshot.wall = Duration(orders);
    snapshot.funnel = {orders, orders, orders, orders, orders};
    board.show(snapshot, false);
    server->tell();
  }
};

TEST_CASE("server: addresses") {
  CHECK(address_of("8111").host == "127.0.0.1");
  CHECK(address_of("8111").port == 8111);
  CHECK(address_of(":0").port == 0);
  CHECK(address_of("127.0.0.2:65535").host == "127.0.0.2");
  CHECK(address_of("[::1]:80").host == "::1");
  for (const char* const text : {"", ":", "x", "65536", "1.2.3:5", "localhost:80", "127.0.0.1:",
                                 "127.0.0.1:-1", "127.0.0.1:80x", "[::1:80", "99999999999999999"}) {
    INFO(text);
    CHECK_THROWS_AS(address_of(text), std::invalid_argument);
  }
}

TEST_CASE("server: an address that is taken is an error with its reason") {
  const Screen screen;
  const Address same = address_of(
      screen.server->url().substr(7, screen.server->url().size() - 8));  // between http:// and /
  CHECK_THROWS_WITH(Server(same, screen.board), Catch::Contains("cannot serve the screen"));
}

TEST_CASE("server: answers request after request on one connection") {
  const Screen screen;
  Client client(screen.server->url());
  for (int i = 0; i < 3; ++i) {
    client.say("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string head = client.hear_until("\r\n\r\n");
    CHECK(head.find("HTTP/1.1 200 OK\r\n") == 0);
    CHECK(head.find("default-src 'none'") != std::string::npos);
  }
  // A refusal ends the connection.
  client.say("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.hear_all().find("HTTP/1.1 404 Not Found\r\n") == 0);
}

TEST_CASE("server: viewers are told what is new, and at last how it ended") {
  Screen screen;
  screen.show(1);
  Client early(screen.server->url());
  early.say("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  CHECK(early.hear_until("]}\n\n").find("\"history\":[{\"at_ns\"") != std::string::npos);
  screen.show(2);
  CHECK(early.hear_until("]}\n\n").find("event: tick") == 0);
  Client late(screen.server->url());
  late.say("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  const std::string hello = late.hear_until("]}\n\n");
  CHECK(hello.find("\"funnel\":[1,1,1,1,1]") != std::string::npos);
  CHECK(hello.find("\"funnel\":[2,2,2,2,2]") != std::string::npos);
  screen.board.conclude(R"({"verdict":{"status":"PASS"},"bottleneck":{},"audit":{"violations":0},
                            "funnel":{},"outcomes":{},"latency_ns":{"dispatched":{"p50":1,"p99":2}}})");
  screen.server.reset();
  for (Client* const viewer : {&early, &late}) {
    const std::string rest = viewer->hear_all();
    CHECK(rest.find("event: end") != std::string::npos);
    CHECK(rest.find("\"status\":\"PASS\"") != std::string::npos);
  }
}

TEST_CASE("server: what is too large or no HTTP is refused, and the server lives on") {
  const Screen screen;
  const auto answer_to_text = [&](const std::string& text) {
    Client client(screen.server->url());
    client.say(text);
    return client.hear_all();
  };
  CHECK(answer_to_text("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + std::string(9'000, 'x') +
                       "\r\n\r\n")
            .find(" 431 ") != std::string::npos);
  CHECK(answer_to_text("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nx")
            .find(" 413 ") != std::string::npos);
  CHECK(answer_to_text("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx")
            .find(" 405 ") != std::string::npos);
  CHECK(answer_to_text("\x16\x03\x01 hello\r\n\r\n").find(" 400 ") != std::string::npos);
  CHECK(Client(screen.server->url()).get("/").find("HTTP/1.1 200 OK\r\n") == 0);
}

TEST_CASE("server: who hears and does not read holds nobody up, and too many are turned away") {
  Screen screen;
  std::vector<std::unique_ptr<Client>> deaf;
  for (int i = 0; i < 64; ++i) {
    deaf.push_back(std::make_unique<Client>(screen.server->url()));
    deaf.back()->say("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    deaf.back()->hear_until("\r\n\r\n");
  }
  CHECK(Client(screen.server->url()).get("/").find(" 503 ") != std::string::npos);
  deaf.pop_back();
  for (int i = 1; i <= 20'000; ++i) screen.show(i);
  // The place of the one who left is free as soon as the server has noticed.
  std::string answer;
  for (int tries = 0; answer.find(" 200 ") == std::string::npos && tries < 10'000; ++tries) {
    answer = Client(screen.server->url()).get("/api/result");
  }
  CHECK(answer.find("\"funnel\":[20000,20000,20000,20000,20000]") != std::string::npos);
  deaf.front()->hear_until("event: tick");
}

}  // namespace
}  // namespace double11::screen
