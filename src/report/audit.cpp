#include <double11/core/units.hpp>
#include <double11/report/audit.hpp>
#include <double11/scenario/catalogue.hpp>
#include <double11/scenario/limits.hpp>

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace double11::report {
namespace {

using measure::OrderSet;
using measure::RunRecord;
using scenario::Scenario;

// "order 123 (slice 4, index 5)": enough to find it again by seed.
std::string order_text(std::uint64_t id) {
  return fmt::format(
      "order {} (number {} of the slice at {})", id, id % OrderId::kIndexEnd,
      text_of_duration(scenario::kSlice * static_cast<std::int64_t>(id >> OrderId::kIndexBits)));
}

// Two sets of orders that should be equal; `more` and `fewer` say what a surplus means.
Law same_orders(std::string name, const OrderSet& left, const OrderSet& right,
                std::string_view left_only, std::string_view right_only) {
  Law law;
  law.name = std::move(name);
  law.measured = fmt::format("{} = {}", grouped(left.count), grouped(right.count));
  const std::int64_t difference = left.count - right.count;
  if (difference == 0 && left.id_prints == right.id_prints) return law;
  law.measured = fmt::format("{} against {}", grouped(left.count), grouped(right.count));
  law.violations = std::max<std::int64_t>(1, std::abs(difference));
  if (std::abs(difference) == 1) {
    const std::uint64_t id =
        difference > 0 ? left.id_sum - right.id_sum : right.id_sum - left.id_sum;
    law.offender = fmt::format("{} {}", order_text(id), difference > 0 ? left_only : right_only);
  } else if (difference == 0) {
    law.offender =
        "as many orders, but not the same ones: at least one is missing, one is there twice";
  } else {
    law.offender = fmt::format("{} orders {}", grouped(std::abs(difference)),
                               difference > 0 ? left_only : right_only);
  }
  return law;
}

Law same_numbers(std::string name, std::int64_t left, std::int64_t right, std::string_view unit) {
  Law law;
  law.name = std::move(name);
  law.violations = std::abs(left - right);
  law.measured =
      fmt::format("{} {} {}", grouped(left), left == right ? "=" : "against", grouped(right));
  if (left != right)
    law.offender = fmt::format("{} {} too many on the {} side", grouped(std::abs(left - right)),
                               unit, left > right ? "first" : "second");
  return law;
}

Law stock_law(const Scenario& scenario, const RunRecord& record) {
  Law law;
  law.name = "per SKU: initial = available + sold; none reserved, none negative";
  std::int64_t oversold = 0;
  for (std::size_t i = 0; i < record.available.size(); ++i) {
    const SkuId sku{static_cast<std::uint32_t>(i)};
    const std::int64_t initial = scenario::initial_stock(scenario.catalogue, sku);
    const std::int64_t available = record.available[i];
    const std::int64_t sold = record.books.units_sold(sku);
    oversold += std::max<std::int64_t>(0, sold - initial);
    if (initial == available + sold && available >= 0) continue;
    if (law.violations++ > 0) continue;
    const std::int64_t missing = initial - available - sold;
    const std::string finding =
        missing > 0      ? fmt::format("{} units reserved and never released", grouped(missing))
        : sold > initial ? fmt::format("{} units oversold", grouped(sold - initial))
                         : fmt::format("{} units sold and still on the shelf", grouped(-missing));
    law.offender = fmt::format("SKU {}: initial {}, available {}, sold {}: {}", i, grouped(initial),
                               grouped(available), grouped(sold), finding);
  }
  law.measured = fmt::format("{} SKUs checked, {} broken, {} units oversold",
                             grouped(static_cast<std::int64_t>(record.available.size())),
                             grouped(law.violations), grouped(oversold));
  return law;
}

// Warehouses decide from where a unit goes, the shelves whether it is sold: the two know nothing of
// each other.
Law warehouse_law(const RunRecord& record) {
  Law law;
  law.name = "per SKU: units left in warehouses = available, none of them negative";
  const std::vector<std::int32_t>& left = record.fulfilment.units_left;
  const std::size_t skus = std::max(left.size(), record.available.size());
  const auto units = [](const std::vector<std::int32_t>& of, std::size_t sku) {
    return sku < of.size() ? of[sku] : 0;
  };
  for (std::size_t i = 0; i < skus; ++i) {
    if (units(left, i) == units(record.available, i) && units(left, i) >= 0) continue;
    if (law.violations++ > 0) continue;
    law.offender = fmt::format("SKU {}: {} left in warehouses, {} available", i,
                               grouped(units(left, i)), grouped(units(record.available, i)));
  }
  if (law.violations == 0 && record.fulfilment.missing_units != 0) {
    law.violations = record.fulfilment.missing_units;
    law.offender = fmt::format("{} units were dispatched that no warehouse had",
                               grouped(record.fulfilment.missing_units));
  }
  law.measured = fmt::format("{} SKUs checked, {} broken", grouped(static_cast<std::int64_t>(skus)),
                             grouped(law.violations));
  return law;
}

Law little_law(const RunRecord& record) {
  Law law;
  law.name = "Little's law: integral of orders in flight = sum of their times";
  const Wide left = record.in_flight_integral_ns;
  const Wide right = record.time_in_flight_ns;
  const Wide off = left > right ? left - right : right - left;
  law.violations = static_cast<std::int64_t>(std::min<Wide>(off, INT64_MAX));
  const double end_s =
      std::max(1e-9, static_cast<double>(nanoseconds_of(record.scenario_end)) * 1e-9);
  law.measured = fmt::format("{:.6g} in flight on average, off by {} ns",
                             static_cast<double>(left) * 1e-9 / end_s, grouped(law.violations));
  if (off != 0) {
    law.offender = fmt::format("the {} is larger", left > right ? "integral" : "sum");
  }
  return law;
}

Law buyer_limit_law(std::int64_t limit, const measure::BuyerBooks& books) {
  Law law;
  law.name = "no buyer above the limit";
  law.violations = books.buyers_above(limit);
  const measure::BuyerBooks::Most most = books.most();
  law.measured = fmt::format("{} buyers, at most {} units each, allowed are {}",
                             grouped(books.buyers()), grouped(most.units), grouped(limit));
  if (law.violations != 0) {
    law.offender = fmt::format("buyer {} has {} units, allowed are {}", most.buyer.value,
                               grouped(most.units), grouped(limit));
  }
  return law;
}

Law once_law(const measure::BuyerBooks& books) {
  Law law;
  law.name = "no order dispatched twice through further clicks";
  law.violations = books.doubles();
  law.measured = fmt::format("{} orders, {} of them twice or more", grouped(books.orders()),
                             grouped(law.violations));
  if (books.one_in() > 1) {
    law.measured += fmt::format("; one in {} looked at", grouped(books.one_in()));
  }
  if (law.violations != 0) law.offender = order_text(books.first_double().value);
  return law;
}

// The door's own counts against the books, which know nothing of why a click was turned away; and
// the buyers', who hear of every outcome.
void check_door(std::vector<Law>& laws, const RunRecord& record) {
  const measure::Books& books = record.books;
  const measure::DoorCounts& door = record.door;
  const measure::ClientCounts& clients = record.clients;
  const auto count = [&](Outcome outcome) { return books.outcomes(outcome).count; };
  laws.push_back(same_numbers("second clicks suppressed = orders duplicate", door.duplicates,
                              count(Outcome::duplicate), "clicks"));
  laws.push_back(same_numbers("clicks caught by filter and limits at the door = orders throttled",
                              door.bots_caught + door.false_alarms + door.over_buyer_rate +
                                  door.over_buyer_units + door.over_rate,
                              count(Outcome::throttled), "clicks"));
  laws.push_back(
      same_numbers("no place at the door, dropped or refused by payment = orders shed",
                   door.room_full + door.over_limit + door.dropped + record.payments.refused,
                   count(Outcome::shed), "clicks"));
  laws.push_back(same_numbers("clicks that buyers made = arrivals", clients.clicks(),
                              books.arrivals().count, "clicks"));
  laws.push_back(same_numbers("dispatches that buyers heard of = orders dispatched",
                              clients.goodput, count(Outcome::dispatched), "orders"));
  // Who is interrupted in a live run is neither.
  const std::int64_t done = clients.served + clients.given_up;
  const bool is_whole = !record.interrupted || record.runtime == measure::Runtime::virtual_time;
  laws.push_back(same_numbers("every buyer is served or gives up, once", clients.first_clicks,
                              is_whole ? done : std::max(clients.first_clicks, done), "buyers"));
}

void check_undersell(Audit& audit, const RunRecord& record) {
  for (std::size_t i = 0; i < record.available.size(); ++i) {
    if (!record.refused[i] || record.available[i] <= 0) continue;
    audit.undersold_units += record.available[i];
    ++audit.undersold_skus;
  }
}

}  // namespace

Audit audit(const Scenario& scenario, const RunRecord& record) {
  const measure::Books& books = record.books;
  const OrderSet& dispatched = books.outcomes(Outcome::dispatched);
  Audit result;
  result.laws.push_back(same_orders("every arrival has exactly one outcome", books.arrivals(),
                                    books.all_outcomes(), "lost", "ended twice"));
  result.laws.push_back(stock_law(scenario, record));
  result.laws.push_back(
      same_numbers("reservations granted = paid + released", record.reservations.granted,
                   record.payments.paid + record.reservations.released, "reservations"));
  result.laws.push_back(same_numbers("fen captured - refunded = price of everything dispatched",
                                     (record.payments.captured - record.payments.refunded).fen,
                                     books.turnover().fen, "fen"));
  result.laws.push_back(
      same_orders("one parcel per dispatched order",
                  {record.parcels.parcels, record.parcels.id_sum, record.parcels.id_prints},
                  dispatched, "dispatched twice", "without a parcel"));
  result.laws.push_back(same_numbers("every paid order is dispatched, once", record.payments.paid,
                                     dispatched.count, "orders"));
  result.laws.push_back(
      same_numbers("units reserved - released = units sold",
                   record.reservations.units_granted - record.reservations.units_released,
                   books.units_sold(), "units"));
  result.laws.push_back(same_numbers(
      "payments declined or given up = orders declined, expired or refunded",
      record.payments.declined + record.payments.given_up,
      books.outcomes(Outcome::declined).count + books.outcomes(Outcome::expired).count +
          books.outcomes(Outcome::refunded).count,
      "orders"));
  result.laws.push_back(same_numbers(
      "late payments returned = orders refunded + late among repeated", record.payments.refunds,
      books.outcomes(Outcome::refunded).count + record.payments.superseded, "refunds"));
  result.laws.push_back(same_numbers("orders that lost patience or were sent home = abandoned",
                                     record.payments.abandoned + record.sent_home,
                                     books.outcomes(Outcome::abandoned).count, "orders"));
  if (scenario.logistics.stock.policy != scenario::StockPolicy::none) {
    result.laws.push_back(warehouse_law(record));
  }
  if (record.runtime == measure::Runtime::virtual_time) result.laws.push_back(little_law(record));
  if (const auto& by_buyer = books.by_buyer()) {
    const std::int64_t limit = scenario.admission.buyer_units_most;
    if (by_buyer->kept().units && limit > 0) {
      result.laws.push_back(buyer_limit_law(limit, *by_buyer));
    }
    if (by_buyer->kept().clicks) result.laws.push_back(once_law(*by_buyer));
  }
  if (has_door(scenario)) check_door(result.laws, record);
  for (const Law& law : result.laws) result.violations += law.violations != 0 ? 1 : 0;
  check_undersell(result, record);
  return result;
}

}  // namespace double11::report
