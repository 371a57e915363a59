#include "virtual_time/recorder.hpp"

#include <double11/stages/rows.hpp>
#include <double11/traffic/arrivals.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>

namespace double11::virtual_time {
namespace {

// Where the way of the order ended.
Stage last_stage(const Order& order, Outcome outcome) {
  if (order.step == Step::admit) return Stage::admission;
  return outcome == Outcome::sold_out ? Stage::inventory : Stage::payment;
}

}  // namespace

Recorder::Recorder(const scenario::Scenario& scenario)
    : has_rows_(stages::Rows::are_used(scenario)),
      books_(scenario),
      delivery_(scenario),
      series_(scenario),
      latency_series_(scenario) {}

void Recorder::record(const Frame& frame) {
  record_arrivals(frame);
  record_admitted(frame);
  if (has_rows_) record_durable(frame);
  record_ended(frame);
}

void Recorder::record_arrivals(const Frame& frame) {
  const std::span<const Order> arrivals(frame.arrivals);
  std::size_t done = 0;
  for (const ArrivalRange& run : frame.straight) {
    record_arrived(arrivals.subspan(done, run.first - done));
    record_straight(arrivals.subspan(run.first, run.end - run.first));
    done = run.end;
  }
  record_arrived(arrivals.subspan(done));
  for (const Order& order : frame.further_clicks) {
    books_.arrived_again(order);
    series_.count(Funnel::offered, order.planned);
  }
  orders_[index_of(Stage::admission)] +=
      static_cast<std::int64_t>(frame.arrivals.size() + frame.further_clicks.size());
}

void Recorder::record_arrived(std::span<const Order> orders) {
  std::uint64_t prints = 0;
  measure::Series::Tally offered(series_, std::array{Funnel::offered});
  for (const Order& order : orders) {
    prints += traffic::fingerprint_of(order);
    offered.count(order.planned);
  }
  books_.arrived_all(orders, prints);
}

// Offered, admitted and reserved at the same instant.
void Recorder::record_straight(std::span<const Order> orders) {
  std::uint64_t prints = 0;
  std::uint64_t since_ns = 0;
  {
    measure::Series::Tally steps(series_,
                                 std::array{Funnel::offered, Funnel::admitted, Funnel::reserved});
    measure::Fingerprints::Tally reserved(fingerprints_, Stage::inventory);
    for (const Order& order : orders) {
      prints += traffic::fingerprint_of(order);
      steps.count(order.planned);
      reserved.add(order.id, order.planned, 1);
      since_ns += static_cast<std::uint64_t>(nanoseconds_of(order.planned));
    }
  }
  time_in_flight_ns_ -= since_ns;
  books_.arrived_all(orders, prints);
  reserved_latency_.record_zeros(orders.size());
  orders_[index_of(Stage::inventory)] += std::ssize(orders);
  orders_[index_of(Stage::payment)] += std::ssize(orders);
}

void Recorder::record_admitted(const Frame& frame) {
  latencies_ns_.clear();
  for (const Admitted& admitted : frame.admitted) {
    const std::int64_t latency_ns = (admitted.at - admitted.planned).count();
    series_.count(Funnel::admitted, admitted.at);
    time_in_flight_ns_ -= static_cast<std::uint64_t>(nanoseconds_of(admitted.at));
    if (admitted.reserved) {
      latencies_ns_.push_back(latency_ns);
      if (!has_rows_) series_.count(Funnel::reserved, admitted.at);
    } else {
      refused_latency_.record(latency_ns);
    }
    fingerprints_.add(Stage::inventory, admitted.id, admitted.at, admitted.reserved ? 1 : 0);
  }
  reserved_latency_.record_all(latencies_ns_);
  orders_[index_of(Stage::inventory)] += std::ssize(frame.admitted);
  orders_[index_of(Stage::payment)] += std::ssize(latencies_ns_);
}

void Recorder::record_durable(const Frame& frame) {
  for (const Durable& durable : frame.durable) {
    durable_latency_.record((durable.at - durable.planned).count());
    series_.count(Funnel::reserved, durable.at);
    fingerprints_.add(Stage::inventory, durable.id, durable.at, 2);
  }
}

void Recorder::record_ended(const Frame& frame) {
  const std::span<const Order> ended(frame.ended);
  books_.ended_all(ended, frame.outcomes);
  std::size_t dispatched = 0;
  deliveries_.resize(frame.parcels.size());
  latencies_ns_.resize(frame.parcels.size());
  {
    measure::Series::Tally steps(series_, std::array{Funnel::paid, Funnel::dispatched});
    measure::Fingerprints::Tally parcels(fingerprints_, Stage::logistics);
    measure::Fingerprints::Tally paid(fingerprints_, Stage::payment);
    std::uint64_t until_ns = 0;
    for (std::size_t i = 0; i < ended.size(); ++i) {
      const Order& order = ended[i];
      const Outcome outcome = frame.outcomes[i];
      if (outcome != Outcome::dispatched) [[unlikely]] {
        record_failed(order, outcome);
        continue;
      }
      const stages::Parcel& parcel = frame.parcels[dispatched];
      deliveries_[dispatched].set(order.at, parcel.eta, order.region);
      latencies_ns_[dispatched++] = (order.at - order.planned).count();
      latency_series_.count(order.id, order.at, order.at - order.planned);
      steps.count(order.at);
      parcels.add(order.id, order.at, parcel.warehouse);
      paid.add(order.id, order.at, index_of(Outcome::dispatched));
      until_ns += static_cast<std::uint64_t>(nanoseconds_of(order.at));
    }
    time_in_flight_ns_ += until_ns;
  }
  dispatched_latency_.record_all(latencies_ns_);
  delivery_.dispatched_all(deliveries_);
  orders_[index_of(Stage::logistics)] += std::ssize(deliveries_);
}

void Recorder::record_failed(const Order& order, Outcome outcome) {
  const Stage last = last_stage(order, outcome);
  // Who was shed at the door was never in flight.
  if (last != Stage::admission) {
    time_in_flight_ns_ += static_cast<std::uint64_t>(nanoseconds_of(order.at));
  }
  fingerprints_.add(last, order.id, order.at, index_of(outcome));
}

void Recorder::look(measure::Snapshot& snapshot) const {
  const std::int64_t reserved = reserved_latency_.count();
  snapshot.funnel[index_of(Funnel::offered)] = books_.arrivals().count;
  snapshot.funnel[index_of(Funnel::admitted)] = reserved + refused_latency_.count();
  snapshot.funnel[index_of(Funnel::reserved)] = has_rows_ ? durable_latency_.count() : reserved;
  snapshot.funnel[index_of(Funnel::paid)] = dispatched_latency_.count();
  snapshot.funnel[index_of(Funnel::dispatched)] = dispatched_latency_.count();
  for (const Outcome outcome : kAllOutcomes) {
    snapshot.outcomes[index_of(outcome)] = books_.outcomes(outcome).count;
  }
  snapshot.units_sold = books_.units_sold();
  snapshot.turnover = books_.turnover();
  snapshot.dispatched_by_region = delivery_.by_region();
  snapshot.latency = dispatched_latency_;
}

void Recorder::add_to(measure::RunRecord& record) const {
  record.books.merge(books_);
  record.delivery.merge(delivery_);
  // In virtual time an order is reserved as soon as it is admitted, where no rows hold it up, and
  // dispatched as soon as it is paid.
  record.latency[index_of(Funnel::admitted)].merge(reserved_latency_);
  record.latency[index_of(Funnel::admitted)].merge(refused_latency_);
  record.latency[index_of(Funnel::reserved)].merge(has_rows_ ? durable_latency_
                                                             : reserved_latency_);
  record.latency[index_of(Funnel::paid)].merge(dispatched_latency_);
  record.latency[index_of(Funnel::dispatched)].merge(dispatched_latency_);
  record.series.merge(series_);
  record.latency_series.merge(latency_series_);
  record.fingerprints.merge(fingerprints_);
  record.time_in_flight_ns += time_in_flight_ns_;
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    record.stages[stage].orders += orders_[stage];
  }
}

}  // namespace double11::virtual_time
