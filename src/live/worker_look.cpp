// What a worker tells those who look on.
#include "live/worker.hpp"

namespace double11::live {

void Worker::look(measure::Snapshot& snapshot) const {
  for (const Funnel step : kFunnel) {
    snapshot.funnel[index_of(step)] = latency_[index_of(step)].count();
  }
  snapshot.funnel[index_of(Funnel::offered)] = offered_;
  for (const Outcome outcome : kAllOutcomes) {
    snapshot.outcomes[index_of(outcome)] = books_.outcomes(outcome).count;
  }
  for (const Stage stage : kAllStages) {
    snapshot.queue[index_of(stage)] = static_cast<std::int64_t>(mail_.depth(stage));
    snapshot.busy[index_of(stage)] = sheet_.spent(index_of(stage));
  }
  const auto waiting = door_ ? door_->waiting() : admission_.waiting();
  snapshot.queue[index_of(Stage::admission)] += static_cast<std::int64_t>(waiting);
  if (rows_) snapshot.queue[index_of(Stage::inventory)] += static_cast<std::int64_t>(rows_->held());
  snapshot.queue[index_of(Stage::payment)] += static_cast<std::int64_t>(payment_.queued());
  snapshot.servers_busy = payment_.busy_servers();
  snapshot.units_sold = books_.units_sold();
  snapshot.captured = payment_.counts().captured;
  snapshot.refunded = payment_.counts().refunded;
  snapshot.turnover = books_.turnover();
  snapshot.dispatched_by_region = delivery_.by_region();
  snapshot.latency = latency_[index_of(Funnel::dispatched)];
}

}  // namespace double11::live
