// Reservations, stock and attempts as stations; what a sale sells.
#include <double11/study/theory/retrial.hpp>
#include <double11/study/theory/stock.hpp>
#include <double11/study/theory/zipf_shares.hpp>

#include <utility>

#include "study/cases/case_builder.hpp"

namespace double11::study {

namespace {

// Payments are exponential with a mean of 300 s, reservations live 900 s.
constexpr double kPayRate = 1.0 / 300;
constexpr double kTtl = 900;

void add_reservation(std::vector<ValidationCase>& cases) {
  const theory::Reservation truth = theory::reservation(kPayRate, kTtl);
  Json hold = station(exponential(1 / kPayRate), 1'000'000);
  hold["timeout"] = text_of_seconds(kTtl);
  CaseBuilder builder("reservation_ttl_900s", "min of exponential and constant", 10,
                      {1'000, 50'000, 10});
  builder.add_station(hold)
      .expect("failed.share", truth.expired)
      .expect("busy.mean", 10 * truth.mean_hold)
      .expect("throughput", 10 * truth.paid)
      .add_to(cases);
}

void add_stock(std::vector<ValidationCase>& cases) {
  Json shelf = station(constant(kTtl), 1'000);
  shelf["queue_limit"] = 0;
  // With equal holds the beginning echoes from hold to hold.
  CaseBuilder builder("stock_1000_units", "stock as M/G/c/c", 1.2, {50'000, 300'000, 10});
  builder.add_station(shelf)
      .expect("blocked.share", theory::out_of_stock(1'000, 1.2, kTtl))
      .add_to(cases);
}

// A unit that is not paid is reserved again at once, so a thousand jobs, each a unit of stock,
// repeat their service until it succeeds. The trace brings them all at the start.
void add_sell_out(std::vector<ValidationCase>& cases) {
  const theory::SellOut truth = theory::sell_out(1'000, kPayRate, kTtl);
  CaseBuilder builder("sell_out_1000_units", "sell-out under endless demand", 0, {0, 20'000, 400});
  Json units = station(exponential(1 / kPayRate), 1'000, "units");
  units["timeout"] = text_of_seconds(kTtl);
  units["attempts"] = 0;
  Json trace = Json::array();
  for (int unit = 0; unit < 1'000; ++unit) trace.push_back({{"at", "0s"}, {"service", "0s"}});
  builder.add_station(station(constant(0), 1'000, "opening"))
      .add_station(units)
      .set("/network/trace", std::move(trace))
      .expect({"sojourn.max", truth.mean_time, Judgement::exact, 0, "units"})
      .expect({"sojourn.mean", truth.mean_unit_time, Judgement::exact, 0, "units"})
      .expect({"services.mean", truth.reservations_per_sale, Judgement::exact, 0, "units"})
      .add_to(cases);
}

void add_attempts(std::vector<ValidationCase>& cases) {
  const theory::Attempts truth = theory::limited_attempts(0.3, 3);
  Json gateway = station(exponential(1), 1'000'000);
  gateway["failure_probability"] = 0.3;
  gateway["attempts"] = 3;
  CaseBuilder builder("three_attempts", "truncated geometric attempts", 10, {100, 50'000, 10});
  builder.add_station(gateway)
      .expect("failed.share", 1 - truth.success)
      .expect("services.mean", truth.mean)
      .expect("busy.mean", 10 * truth.mean)
      .visits(truth.mean)
      .add_to(cases);
}

// A sale in which everything is in stock and paid: what is sold is what is asked for.
void add_zipf(std::vector<ValidationCase>& cases, const std::string& name, std::int64_t skus,
              double exponent, std::int64_t orders, std::int64_t replications) {
  const std::vector<double> shares = theory::zipf_shares(skus, exponent);
  ValidationCase one{name, "Zipf's law", {}, {}, {}, static_cast<double>(orders * replications)};
  one.scenario =
      Json{{"name", name},
           {"duration", "1s"},
           {"traffic",
            {{"arrivals", "constant"},
             {"curve",
              Json::array({{{"at", "0s"}, {"rate", text_of_rate(static_cast<double>(orders))}}})}}},
           {"catalogue", {{"skus", skus}, {"popularity_exponent", exponent}, {"stock", "1G"}}},
           {"payment", {{"latency", constant(0.001)}}},
           {"simulate", {{"replications", replications}}}}
          .dump();
  const auto expect = [&](const char* metric, double value) {
    one.expectations.push_back({metric, value});
  };
  expect("sold.top1.share", theory::top_share(shares, 1));
  expect("sold.top10.share", theory::top_share(shares, 10));
  expect("sold.top100.share", theory::top_share(shares, 100));
  expect("sold.top1pct.share", theory::top_share(shares, skus / 100));
  expect("sold.skus", theory::expected_distinct(shares, static_cast<double>(orders)));
  cases.push_back(std::move(one));
}

}  // namespace

void add_selling_cases(std::vector<ValidationCase>& cases) {
  add_reservation(cases);
  add_stock(cases);
  add_sell_out(cases);
  add_attempts(cases);
  add_zipf(cases, "zipf_1000_skus", 1'000, 1.0, 50'000, 10);
  add_zipf(cases, "zipf_1M_skus", 1'000'000, 0.8, 1'000'000, 5);
}

}  // namespace double11::study
