#include <double11/study/theory/erlang.hpp>

#include <cmath>

#include "study/published.hpp"

namespace double11::study::theory {

TEST_CASE("Erlang B of ten to a thousand servers") {
  struct Row {
    std::int64_t servers;
    double load, blocked, carried;
  };
  for (const Row& row : {Row{10, 5, 0.01838457034, 4.908077148},
                         {20, 15, 0.04559321559, 14.31610177},
                         {100, 100, 0.07570045271, 92.42995473},
                         {1000, 1200, 0.1706125541, 995.2649351}}) {
    CAPTURE(row.servers);
    CHECK(erlang_b(row.servers, row.load) == ten_digits(row.blocked));
    CHECK(row.load * (1 - erlang_b(row.servers, row.load)) == ten_digits(row.carried));
  }
  CHECK(erlang_b(0, 3) == 1);
  CHECK(erlang_b(3, 0) == 0);
  CHECK(erlang_b(2'000'000, 1) == 0);  // below the smallest number, not undefined
}

TEST_CASE("the load that a loss allows") {
  CHECK(erlang_b_load(10, 0.01) == ten_digits(4.461176858));  // the printed tables: 4.461
  for (const double loss : {1e-9, 0.01, 0.5, 0.999}) {
    CHECK(erlang_b(37, erlang_b_load(37, loss)) == Approx(loss).epsilon(1e-10));
  }
  CHECK(erlang_b_load(1, 0.5) == Approx(1));  // a / (1 + a)
}

TEST_CASE("staffing follows the square-root rule") {
  struct Row {
    double load;
    std::int64_t servers;
    double beta;
  };
  for (const Row& row : {Row{10, 14, 1.264911064},
                         {100, 111, 1.1},
                         {1000, 1034, 1.075174404},
                         {10'000, 10'107, 1.07}}) {
    CAPTURE(row.load);
    CHECK(servers_for_wait(row.load, 0.2) == row.servers);
    CHECK(erlang_c(row.servers, row.load) <= 0.2);
    CHECK(erlang_c(row.servers - 1, row.load) > 0.2);
    CHECK(square_root_staffing_beta(row.servers, row.load) == ten_digits(row.beta));
  }
}

TEST_CASE("trunks for a loss are the fewest") {
  const std::int64_t servers = servers_for_loss(4.461, 0.01);
  CHECK(servers == 10);
  CHECK(servers_for_loss(1200, 0.17) == 1001);
}

TEST_CASE("Erlang C at and above capacity") {
  CHECK(erlang_c(4, 4) == 1);
  CHECK(erlang_c(4, 400) == 1);
  CHECK(erlang_c(1, 0.7) == Approx(0.7));
}

}  // namespace double11::study::theory
