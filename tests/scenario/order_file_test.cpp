// Files of orders: what is wrong is said by line and column; hostile content is no danger.
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/load.hpp>
#include <double11/scenario/order_file.hpp>
#include <double11/scenario/order_row.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scenario/problems.hpp"
#include "temporary_file.hpp"

namespace double11::scenario {
namespace {

const std::string kHeader = "at,buyer,sku,quantity,price,region\n";
const std::string kHeaderAll = "at,buyer,sku,quantity,price,region,order\n";

std::vector<Problem> problems_of(const std::string& text) {
  const TemporaryFile file("orders.csv", text);
  return problems_with({"traffic.replay=" + file.path()});
}

// The one complaint of the file, without its path.
std::string complaint(const std::string& text) {
  const auto problems = problems_of(text);
  if (problems.size() != 1) return std::to_string(problems.size()) + " problems";
  const std::string all = text_of(problems[0]);
  const auto at = all.find("orders.csv: ");
  return at == std::string::npos ? all : all.substr(at + 12);
}

bool begins(const std::string& text, const std::string& with) {
  UNSCOPED_INFO(text);
  return text.compare(0, with.size(), with) == 0;
}

}  // namespace

TEST_CASE("a good file loads, with and without orders, with and without a last line end") {
  for (const std::string rows : {"", "\n\n", "0,0,0,1,,east", "0.5,9999,499,100,100000,west\n",
                                 "399.999999999,0,0,1,0.01,"
                                 "\"central\"\r\n\r\n"}) {
    CAPTURE(rows);
    CHECK(problems_of(kHeader + rows).empty());
  }
  CHECK(problems_of(kHeaderAll + "0,1,2,1,,east,7\n0,1,2,1,,east,7\n0,1,2,1,,east,8").empty());
}

TEST_CASE("the header must be there") {
  for (const std::string text : {"", "\n", "0,0,0,1,,east\n", "at,buyer\n",
                                 "AT,buyer,sku,quantity,"
                                 "price,region\n"}) {
    CAPTURE(text);
    CHECK(begins(complaint(text), "line 1: found \""));
  }
}

TEST_CASE("every column is judged, with what was found and what is allowed") {
  const auto of = [](const std::string& row) {
    return complaint(kHeader + "0,0,0,1,,east\n" + row);
  };
  for (const std::string at : {"", "x", "-1", "1e3", "+1", "1.", ".5", "1.0000000001", "34560000.1",
                               " 1", "99999999999999999999", "1.2.3", "0x1"}) {
    CAPTURE(at);
    CHECK(begins(of(at + ",0,0,1,,east"),
                 "line 3, column 1 (at): found \"" + at + "\"; allowed: seconds since the start"));
  }
  CHECK(of("1,10000,0,1,,east") ==
        "line 3, column 2 (buyer): found \"10000\"; allowed: a whole number below traffic.buyers "
        "(10k)");
  CHECK(
      of("1,0,500,1,,east") ==
      "line 3, column 3 (sku): found \"500\"; allowed: a whole number below catalogue.skus (500)");
  for (const std::string quantity : {"0", "101", "", "1.0", "-1"}) {
    CHECK(begins(of("1,0,0," + quantity + ",,east"), "line 3, column 4 (quantity): found \""));
  }
  for (const std::string price : {"0", "0.00", "100000.01", "1.234", "1 yuan", "-2"}) {
    CHECK(begins(of("1,0,1,1," + price + ",east"), "line 3, column 5 (price): found \""));
  }
  CHECK(of("1,0,0,1,,nowhere") ==
        "line 3, column 6 (region): found \"nowhere\"; allowed: the traffic.regions: east, "
        "central, west");
  CHECK(begins(of("1,0,0,1,,"), "line 3, column 6 (region): found \"\""));
  CHECK(begins(of("1,0,0,1,,\"east"), "line 3, column 6 (region): a double quote"));
  CHECK(begins(of("1,0,0,1,,\"east\"x"), "line 3, column 6 (region): a double quote"));
  CHECK(of("1,0,0,1,") == "line 3: found 5 columns; allowed: 6, as in the header");
  CHECK(of("1,0,0,1,,east,1") == "line 3: found 7 columns; allowed: 6, as in the header");
  CHECK(begins(complaint(kHeaderAll + "0,0,0,1,,east,"), "line 2, column 7 (order): found \"\""));
}

TEST_CASE("lines are in the order of time, baskets of one buyer and region, prices one a SKU") {
  const auto of = [](const std::string& rows) { return complaint(kHeader + rows); };
  CHECK(begins(of("1,0,0,1,,east\n0.999999999,0,0,1,,east"), "line 3, column 1 (at): found an"));
  CHECK(of("1,0,0,1,,east\n1,0,0,1,,west") ==
        "line 3, column 6 (region): differs from the line before, which is of the same basket");
  CHECK(of("1,0,0,1,,east\n1,0,0,1,,east\n1,0,0,1,,east\n1,0,0,1,,east\n1,0,0,1,,east") ==
        "line 6: is line 5 of a basket; allowed: up to 4");
  CHECK(begins(of("1,0,7,1,1.5,east\n2,0,7,1,1.50,east\n3,0,7,1,1.51,east"),
               "line 4, column 5 (price): found 1.51 yuan; SKU 7 costs 1.50 yuan in a line above"));
  CHECK(begins(of("1,0,7,1,1.5,east\n2,0,7,1,,east"), "line 3, column 5 (price): found "));
  const auto by_order = [](const std::string& rows) { return complaint(kHeaderAll + rows); };
  CHECK(begins(by_order("1,0,0,1,,east,5\n1,1,0,1,,east,5"), "line 3, column 2 (buyer): differs"));
  CHECK(begins(by_order("1,0,0,1,,east,5\n2,0,0,1,,east,5"), "line 3, column 1 (at): differs"));
  // Four lines at the highest price and quantity still fit an order.
  const std::string dear = "1,0,7,100,100000,east\n";
  CHECK(of(dear + dear + dear + dear) == "0 problems");
}

TEST_CASE("a file of nothing but mistakes tells the first of them and ends") {
  std::string text = kHeader;
  for (int i = 0; i < 1000; ++i) text += "x\n";
  CHECK(problems_of(text).size() == 20);
}

TEST_CASE("what is no readable file is refused") {
  for (const std::string path : {"/nonexistent/orders.csv", "/", "/dev/null", "."}) {
    CAPTURE(path);
    const auto problems = problems_with({"traffic.replay=" + path});
    REQUIRE(problems.size() == 1);
    CHECK(mentions(problems[0], "cannot be read"));
    CHECK(mentions(problems[0], path));
  }
}

TEST_CASE("a path in the file counts from its folder, one that is set from the working directory") {
  namespace fs = std::filesystem;
  const TemporaryFile orders("folder.csv", kHeader + "0,0,0,1,,east\n");
  const fs::path path(orders.path());
  const std::string text = small_text_with(
      "\"traffic\": {", "\"traffic\": {\"replay\": \"" + path.filename().string() + "\",");
  const Loaded loaded = parse(text, "small", {}, path.parent_path());
  REQUIRE(loaded.scenario);
  CHECK(loaded.scenario->traffic.replay == path.string());
  // What is written out is found again, from anywhere.
  CHECK(parse(to_json(*loaded.scenario), "again").scenario.has_value());
  CHECK_FALSE(parse(text, "small", {}, "/").scenario.has_value());
  CHECK_FALSE(parse(small_scenario_text(), "small", {"traffic.replay=" + path.filename().string()},
                    path.parent_path())
                  .scenario.has_value());
}

TEST_CASE("the digest tells contents apart") {
  const TemporaryFile file("digest.csv", kHeader + "0,0,0,1,,east\n");
  const auto digest = [&] { return digest_of(small_scenario({"traffic.replay=" + file.path()})); };
  const std::string before = digest();
  CHECK(digest() == before);
  std::ofstream(file.path()) << kHeader << "0,0,0,2,,east\n";
  CHECK(digest() != before);
}

TEST_CASE("marks are where slices begin, a thousand orders apart") {
  std::string text = kHeader;
  for (int i = 0; i < 10'000; ++i) {
    text += "0." + std::to_string(10'000'000 + i * 700).substr(1) + "," + std::to_string(i % 10) +
            ",0,1,,east\n";
  }
  const TemporaryFile file("marks.csv", text);
  const Scenario scenario = small_scenario({"traffic.replay=" + file.path()});
  const Replay& replay = *scenario.traffic.replayed;
  CHECK(replay.orders == 10'000);
  REQUIRE(replay.marks.size() == 10);
  CHECK(replay.marks[0].offset == static_cast<std::int64_t>(kHeader.size()));
  OrderRowReader reader(scenario, false);
  for (std::size_t i = 0; i < replay.marks.size(); ++i) {
    CAPTURE(i);
    OrderLines lines(replay.file, replay.marks[i].offset);
    std::string_view line;
    REQUIRE(lines.next(line));
    CHECK(lines.offset() == replay.marks[i].offset);
    const auto row = reader.read(line);
    REQUIRE(std::holds_alternative<OrderRow>(row));
    CHECK(static_cast<std::uint64_t>(std::get<OrderRow>(row).at_ns / 1'000'000) ==
          replay.marks[i].slice);
    if (i > 0) CHECK(replay.marks[i].slice > replay.marks[i - 1].slice);
  }
}

TEST_CASE("no bytes make the check fail other than by a message") {
  std::mt19937_64 random(11);
  const std::string letters = "0123456789,.\"\n\r eastx-\0\xFF";
  for (int round = 0; round < 300; ++round) {
    std::string text = round % 2 == 0 ? kHeader : kHeaderAll;
    const std::size_t size = random() % 6'000;
    for (std::size_t i = 0; i < size; ++i) text += letters[random() % letters.size()];
    CAPTURE(round);
    const TemporaryFile file("hostile.csv", text);
    REQUIRE(survives([&] {
      static_cast<void>(parse(small_scenario_text(), "small", {"traffic.replay=" + file.path()}));
    }));
  }
  CHECK(problems_of(kHeader + std::string(1'000'000, '1')).size() == 20);
}

}  // namespace double11::scenario
