// The table of ids against the standard library's.
#include <double11/core/id_table.hpp>

#include <cstdint>
#include <random>
#include <unordered_map>
#include <vector>

#include "catch.hpp"

namespace double11 {
namespace {

using Model = std::unordered_map<std::uint64_t, std::int64_t>;

void require_same(const IdTable<std::int64_t>& table, const Model& model) {
  REQUIRE(table.size() == model.size());
  for (const auto& [key, value] : model) {
    const std::int64_t* const found = table.find(key);
    REQUIRE(found != nullptr);
    REQUIRE(*found == value);
  }
}

TEST_CASE("id table: does what an unordered map does") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    // Few keys collide all the time; many let the table grow.
    const std::uint64_t keys = std::uint64_t{1} << (random() % 14);
    // Some are like ids of orders: small numbers with something in the upper bits.
    const std::uint64_t upper = random() % 2 == 0 ? 0 : std::uint64_t{1} << 55U;
    IdTable<std::int64_t> table;
    Model model;
    for (int step = 0; step < 20'000; ++step) {
      const std::uint64_t key = random() % keys | (random() % 2 == 0 ? upper : 0);
      const std::uint64_t what = random() % 1000;
      if (what == 0) {
        table.clear();
        model.clear();
      } else if (what < 400) {
        const auto value = static_cast<std::int64_t>(random() % 100);
        table[key] += value;
        model[key] += value;
      } else if (what < 800) {
        REQUIRE(table.erase(key) == (model.erase(key) > 0));
      } else {
        const std::int64_t* const found = table.find(key);
        const auto expected = model.find(key);
        REQUIRE((found != nullptr) == (expected != model.end()));
        if (found != nullptr) REQUIRE(*found == expected->second);
      }
      REQUIRE(table.size() == model.size());
    }
    require_same(table, model);
  }
}

TEST_CASE("id table: chains that go around its end") {
  // All keys whose home is one of the last three of the 64 places of an empty table.
  std::vector<std::uint64_t> last;
  for (std::uint64_t key = 0; last.size() < 24; ++key) {
    if (mix(key) % 64 >= 61) last.push_back(key);
  }
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    IdTable<std::int64_t> table;
    Model model;
    for (int step = 0; step < 300; ++step) {
      const std::uint64_t key = last[random() % last.size()];
      if (random() % 2 == 0) {
        table[key] = step;
        model[key] = step;
      } else {
        REQUIRE(table.erase(key) == (model.erase(key) > 0));
      }
    }
    require_same(table, model);
  }
}

TEST_CASE("id table: a new value is a default one, also where another was") {
  IdTable<std::int64_t> table;
  table[7] = 5;
  CHECK(table.erase(7));
  CHECK_FALSE(table.erase(7));
  CHECK(table.find(7) == nullptr);
  CHECK(table[7] == 0);
  table.clear();
  CHECK(table.find(7) == nullptr);
  CHECK(table.size() == 0);
  CHECK(table[UINT64_MAX] == 0);
  CHECK(table[0] == 0);
  CHECK(table.size() == 2);
}

TEST_CASE("id table: cleared again and again after it was large, it still works") {
  IdTable<std::int64_t> table;
  for (std::uint64_t key = 0; key < 100'000; ++key) table[key] = 1;
  CHECK(table.size() == 100'000);
  for (std::uint64_t round = 0; round < 10'000; ++round) {
    table.clear();
    table[round] = 2;
    REQUIRE(table.size() == 1);
    REQUIRE(*table.find(round) == 2);
  }
}

}  // namespace
}  // namespace double11
