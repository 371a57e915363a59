#include <double11/study/theory/bulk_service.hpp>
#include <double11/study/theory/erlang.hpp>
#include <double11/study/theory/kiefer_wolfowitz.hpp>
#include <double11/study/theory/mmc.hpp>
#include <double11/study/theory/retrial.hpp>
#include <double11/study/theory/stock.hpp>
#include <double11/study/theory/zipf_shares.hpp>

#include <cmath>
#include <vector>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("retrials with full persistence lose nobody") {
  const Retrials orbit = mmcc_retrial(3, 1, 4, 0.5, 1);
  CHECK(orbit.all_busy == within(1e-8, 0.4163279555));
  CHECK(orbit.mean_orbit == within(1e-8, 5.607475922));
  CHECK(orbit.busy_servers == within(1e-9, 3));
  CHECK(orbit.lost == 0);
}

TEST_CASE("retrials that give up one time in five") {
  const Retrials orbit = mmcc_retrial(12, 1, 10, 1, 0.8);
  CHECK(orbit.all_busy == within(1e-8, 0.6614722166));
  CHECK(orbit.mean_orbit == within(1e-8, 17.92478306));
  CHECK(orbit.busy_servers == within(1e-8, 9.503220885));
  CHECK(orbit.lost == within(1e-8, 0.2080649262));
}

TEST_CASE("retrials at their limits") {
  // One server, full persistence: closed form of the orbit, rho^2/(1-rho) + lambda rho/((1-rho)
  // theta).
  CHECK(mmcc_retrial(0.6, 1, 1, 0.3, 1).mean_orbit ==
        Approx(0.36 / 0.4 + 0.6 * 0.6 / (0.4 * 0.3)).epsilon(1e-10));
  // Very frequent retries make a queue.
  CHECK(mmcc_retrial(3, 1, 4, 1e6, 1).mean_orbit ==
        Approx(mmc(3, 1, 4).mean_waiting).epsilon(1e-4));
}

TEST_CASE("a limited number of attempts") {
  CHECK(limited_attempts(0.3, 3).success == ten_digits(0.973));
  CHECK(limited_attempts(0.3, 3).mean == ten_digits(1.39));
  CHECK(limited_attempts(0, 3).mean == 1);
}

TEST_CASE("reservations, stock and selling out") {
  const Reservation held = reservation(0.003333333333, 900);
  CHECK(held.expired == ten_digits(0.04978706837));
  CHECK(held.paid == ten_digits(0.9502129316));
  CHECK(held.mean_hold == ten_digits(285.0638795));
  CHECK(out_of_stock(1000, 1.2, 900) == ten_digits(0.08330935325));
  const SellOut sale = sell_out(1000, 0.003333333333, 900);
  CHECK(sale.mean_time == ten_digits(2245.641258));
  CHECK(sale.mean_unit_time == ten_digits(300));
  CHECK(sale.reservations_per_sale == ten_digits(1.052395696));
}

TEST_CASE("picking waves of up to ten") {
  const BulkService bulk = bulk_service(8, 1, 10);
  CHECK(bulk.mean_waiting == within(1e-8, 23.25889249));
  CHECK(bulk.mean_wait == within(1e-8, 2.907361562));
  CHECK(bulk.idle_probability == within(1e-8, 0.005101384207));
  // Waves of one are M/M/1.
  CHECK(bulk_service(0.8, 1, 1).mean_waiting == Approx(mm1(0.8, 1).mean_waiting));
  CHECK(bulk_service(0.8, 1, 1).idle_probability == Approx(0.2));
  CHECK(std::isinf(bulk_service(10, 1, 10).mean_wait));
}

TEST_CASE("Zipf concentrates demand") {
  const auto thousand = zipf_shares(1000, 1);
  CHECK(thousand[0] == ten_digits(0.1335921305));
  CHECK(top_share(thousand, 10) == ten_digits(0.3912871092));
  CHECK(top_share(thousand, 100) == ten_digits(0.6929928143));
  CHECK(expected_distinct(thousand, 1e6) == ten_digits(1000));
  const auto million = zipf_shares(1'000'000, 0.8);
  CHECK(million[0] == ten_digits(0.01336770989));
  CHECK(top_share(million, 10) == ten_digits(0.04765744302));
  CHECK(top_share(million, 100) == ten_digits(0.1087387863));
  CHECK(top_share(million, 10'000) == ten_digits(0.3624072277));
  CHECK(expected_distinct(million, 1e6) == ten_digits(391'074.2035));
  CHECK(expected_distinct(zipf_shares(1, 1), 5) == 1);
  CHECK(expected_distinct(zipf_shares(1, 1), 0) == 0);
}

TEST_CASE("Kiefer and Wolfowitz on whole numbers") {
  const std::vector<std::int64_t> arrivals{0, 1, 2, 3, 3, 4, 10, 10, 10, 11};
  const std::vector<std::int64_t> services{5, 3, 7, 2, 2, 1, 4, 4, 4, 1};
  const std::vector<std::int64_t> departures{5, 4, 11, 7, 9, 10, 14, 15, 18, 16};
  const std::vector<std::int64_t> waits{0, 0, 2, 2, 4, 5, 0, 1, 4, 4};
  const auto customers = kiefer_wolfowitz(arrivals, services, 2);
  REQUIRE(customers.size() == arrivals.size());
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    CAPTURE(k);
    CHECK(customers[k].departure == departures[k]);
    CHECK(customers[k].wait == waits[k]);
  }
}

}  // namespace double11::study::theory
