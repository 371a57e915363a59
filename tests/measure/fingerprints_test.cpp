#include <double11/measure/fingerprints.hpp>

#include <chrono>

#include "catch.hpp"

namespace double11::measure {

using namespace std::chrono_literals;

TEST_CASE("Fingerprints: sums that do not depend on the order of addition") {
  Fingerprints one;
  one.add(Stage::payment, OrderId(1), Instant(1s), 0);
  one.add(Stage::payment, OrderId(2), Instant(2s), 1);
  Fingerprints other;
  other.add(Stage::payment, OrderId(2), Instant(2s), 1);
  Fingerprints part;
  part.add(Stage::payment, OrderId(1), Instant(1s), 0);
  other.merge(part);
  CHECK(one == other);
  CHECK(one.total() == other.total());
}

TEST_CASE("Fingerprints: everything about an event counts") {
  const auto total = [](Stage stage, std::uint64_t id, Instant at, std::uint64_t result) {
    Fingerprints prints;
    prints.add(stage, OrderId(id), at, result);
    return prints.total();
  };
  const std::uint64_t base = total(Stage::payment, 5, Instant(70s), 1);
  CHECK(base != total(Stage::logistics, 5, Instant(70s), 1));
  CHECK(base != total(Stage::payment, 6, Instant(70s), 1));
  CHECK(base != total(Stage::payment, 5, Instant(70s + 1ns), 1));
  CHECK(base != total(Stage::payment, 5, Instant(70s), 2));
}

TEST_CASE("Fingerprints: a difference is found in its minute and stage") {
  Fingerprints one;
  Fingerprints other;
  for (Fingerprints* const prints : {&one, &other}) {
    prints->add(Stage::inventory, OrderId(1), Instant(10s), 1);
    prints->add(Stage::payment, OrderId(1), Instant(130s), 1);
  }
  other.add(Stage::payment, OrderId(2), Instant(150s), 1);
  REQUIRE(one.rows().size() == 3);
  REQUIRE(other.rows().size() == 3);
  CHECK(one.rows()[0] == other.rows()[0]);
  CHECK(one.rows()[1] == other.rows()[1]);
  CHECK(one.rows()[2][index_of(Stage::inventory)] == other.rows()[2][index_of(Stage::inventory)]);
  CHECK(one.rows()[2][index_of(Stage::payment)] != other.rows()[2][index_of(Stage::payment)]);
}

}  // namespace double11::measure
