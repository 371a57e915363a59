// What the sale tells: to those who look on while it goes on, and to the record at its end.
#include <algorithm>

#include "virtual_time/sale.hpp"

namespace double11::virtual_time {

void Sale::look(measure::Snapshot& snapshot) const {
  const auto waiting = door_ ? door_->waiting() : admission_.waiting();
  snapshot.queue[index_of(Stage::admission)] = static_cast<std::int64_t>(waiting);
  snapshot.queue[index_of(Stage::inventory)] = rows_ ? static_cast<std::int64_t>(rows_->held()) : 0;
  snapshot.queue[index_of(Stage::payment)] = static_cast<std::int64_t>(payment_.queued());
  snapshot.servers_busy = payment_.busy_servers();
  snapshot.captured = payment_.counts().captured;
  snapshot.refunded = payment_.counts().refunded;
}

void Sale::add_to(measure::RunRecord& record) const {
  record.reservations += inventory_.counts();
  record.payments += payment_.counts();
  const auto skus = static_cast<std::uint32_t>(scenario_.catalogue.skus);
  record.available.resize(skus);
  record.refused.resize(skus);
  for (std::uint32_t sku = 0; sku < skus; ++sku) {
    record.available[sku] = static_cast<std::int32_t>(inventory_.available(SkuId{sku}));
    record.refused[sku] = inventory_.refused(SkuId{sku});
  }
  record.stages[index_of(Stage::admission)].queue_most =
      static_cast<std::int64_t>(admission_.queue_most());
  if (rows_) {
    record.stages[index_of(Stage::inventory)].queue_most =
        static_cast<std::int64_t>(rows_->queue_most());
  }
  record.stages[index_of(Stage::payment)].queue_most =
      static_cast<std::int64_t>(payment_.queue_most());
  record.stages[index_of(Stage::payment)].orders += payment_.counts().repeated;
  record.payment_busy = payment_.busy();
  if (door_) {
    record.door = door_->counts();
    record.clients = door_->client_counts();
    record.sent_home += door_->abandoned();
    record.stages[index_of(Stage::admission)].queue_most = record.door.queue_most;
  }
  record.in_flight_integral_ns = static_cast<Wide>(in_flight_integral_ns_);
  record.in_flight_most = scenario_.admission.in_flight_limit - credits_least_;
  record.scenario_end = std::max(record.scenario_end, last_end_);
}

}  // namespace double11::virtual_time
