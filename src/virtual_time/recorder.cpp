#include "virtual_time/recorder.hpp"

#include <double11/traffic/arrivals.hpp>

namespace double11::virtual_time {
namespace {

// Where the way of the order ended. Without a reservation it never had an end to one.
Stage last_stage(const Order& order, Outcome outcome) {
  if (outcome == Outcome::sold_out) return Stage::inventory;
  return order.until == kNever ? Stage::admission : Stage::payment;
}

}  // namespace

Recorder::Recorder(const scenario::Scenario& scenario)
    : books_(scenario),
      series_(measure::Series::interval_for(scenario.duration), scenario.duration,
              measure::RunRecord::kSeriesTail) {}

void Recorder::record(const Frame& frame) {
  record_arrivals(frame);
  record_admitted(frame);
  record_ended(frame);
}

void Recorder::record_arrivals(const Frame& frame) {
  for (const Order& order : frame.arrivals) {
    books_.arrived(order, traffic::fingerprint_of(order));
    series_.count(Funnel::offered, order.planned);
  }
  orders_[index_of(Stage::admission)] += static_cast<std::int64_t>(frame.arrivals.size());
}

void Recorder::record_admitted(const Frame& frame) {
  for (const Admitted& admitted : frame.admitted) {
    const std::int64_t latency_ns = (admitted.at - admitted.planned).count();
    latency_[index_of(Funnel::admitted)].record(latency_ns);
    series_.count(Funnel::admitted, admitted.at);
    if (admitted.reserved) {
      latency_[index_of(Funnel::reserved)].record(latency_ns);
      series_.count(Funnel::reserved, admitted.at);
      ++orders_[index_of(Stage::payment)];
    }
    fingerprints_.add(Stage::inventory, admitted.id, admitted.at, admitted.reserved ? 1 : 0);
  }
  orders_[index_of(Stage::inventory)] += static_cast<std::int64_t>(frame.admitted.size());
}

void Recorder::record_ended(const Frame& frame) {
  for (const Ended& ended : frame.ended) {
    if (ended.outcome == Outcome::dispatched) books_.prefetch(ended.order);
  }
  for (const Ended& ended : frame.ended) {
    const Order& order = ended.order;
    books_.ended(order, ended.outcome);
    if (ended.outcome == Outcome::dispatched) {
      const std::int64_t latency_ns = (order.at - order.planned).count();
      for (const Funnel step : {Funnel::paid, Funnel::dispatched}) {
        latency_[index_of(step)].record(latency_ns);
        series_.count(step, order.at);
      }
      delivery_s_.record((ended.eta - order.at).count() / 1'000'000'000);
      ++orders_[index_of(Stage::logistics)];
      fingerprints_.add(Stage::logistics, order.id, order.at, ended.warehouse);
    }
    fingerprints_.add(last_stage(order, ended.outcome), order.id, order.at,
                      index_of(ended.outcome));
  }
}

void Recorder::add_to(measure::RunRecord& record) const {
  record.books.merge(books_);
  for (std::size_t step = 0; step < kFunnelSteps; ++step)
    record.latency[step].merge(latency_[step]);
  record.delivery_s.merge(delivery_s_);
  record.series.merge(series_);
  record.fingerprints.merge(fingerprints_);
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    record.stages[stage].orders += orders_[stage];
  }
}

}  // namespace double11::virtual_time
