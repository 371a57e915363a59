#include <double11/measure/stage_counts.hpp>

#include <cstdint>

#include "catch.hpp"

namespace double11::measure {

TEST_CASE("reservation counts add member by member") {
  ReservationCounts sum{1, 2, 3, 4};
  sum += ReservationCounts{10, 20, 30, 40};
  CHECK(sum.granted == 11);
  CHECK(sum.released == 22);
  CHECK(sum.units_granted == 33);
  CHECK(sum.units_released == 44);
}

TEST_CASE("payment counts add member by member") {
  PaymentCounts sum;
  PaymentCounts more;
  std::int64_t PaymentCounts::*const members[] = {&PaymentCounts::paid, &PaymentCounts::declined,
                                                  &PaymentCounts::given_up, &PaymentCounts::refused,
                                                  &PaymentCounts::refunds};
  std::int64_t value = 1;
  for (const auto member : members) {
    sum.*member = value;
    more.*member = 100 * value++;
  }
  sum.captured = {7};
  more.captured = {700};
  sum.refunded = {8};
  more.refunded = {800};
  sum += more;
  value = 1;
  for (const auto member : members) CHECK(sum.*member == 101 * value++);
  CHECK(sum.captured == MoneyFen{707});
  CHECK(sum.refunded == MoneyFen{808});
}

TEST_CASE("parcel counts add by warehouse, also to counts that have seen none") {
  ParcelCounts sum;
  sum += ParcelCounts{3, 100, ~0ULL, {1, 2}};
  sum += ParcelCounts{4, 200, 2, {1, 1, 2}};
  sum += ParcelCounts{};
  CHECK(sum.parcels == 7);
  CHECK(sum.id_sum == 300);
  CHECK(sum.id_prints == 1);  // modulo 2^64
  CHECK(sum.by_warehouse == std::vector<std::int64_t>{2, 3, 2});
}

}  // namespace double11::measure
