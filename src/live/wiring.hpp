#pragma once
// What the workers of a pipeline share, in the order in which it must be built.

#include <double11/live/credits.hpp>
#include <double11/live/inbox.hpp>
#include <double11/live/pipeline.hpp>
#include <double11/live/placement.hpp>
#include <double11/live/run_state.hpp>
#include <double11/live/server_calendar.hpp>
#include <double11/stages/inventory.hpp>
#include <double11/stages/payment.hpp>
#include <double11/traffic/arrivals.hpp>

#include <array>
#include <memory>
#include <vector>

namespace double11::live {

struct Wiring {
  Wiring(const scenario::Scenario& loaded, const PipelineOptions& chosen)
      : options(chosen),
        scenario(loaded),
        arrivals(loaded),
        placement(loaded, chosen.workers),
        inventory(stages::Inventory::create(loaded, placement.shards(Stage::inventory))),
        payment_laws(loaded),
        in_flight(loaded.admission.in_flight_limit),
        servers(loaded.payment.servers),
        calendar(loaded.payment),
        state(chosen.workers) {
    for (std::uint32_t worker = 0; worker < chosen.workers; ++worker) {
      auto& own = inboxes.emplace_back();
      for (const Stage stage : {Stage::inventory, Stage::payment, Stage::logistics}) {
        if (placement.shard_of(stage, worker) >= 0) {
          own[index_of(stage)] = std::make_unique<Inbox>(chosen.workers);
        }
      }
      // Only a door is written to.
      if (has_door(loaded) && placement.shard_of(Stage::admission, worker) >= 0) {
        own[index_of(Stage::admission)] = std::make_unique<Inbox>(chosen.workers);
      }
    }
  }

  PipelineOptions options;
  const scenario::Scenario& scenario;
  traffic::Arrivals arrivals;
  Placement placement;
  std::unique_ptr<stages::Inventory> inventory;
  stages::PaymentLaws payment_laws;
  CreditPool in_flight;
  CreditPool servers;
  ServerCalendar calendar;
  RunState state;
  /// By worker and stage; empty where the worker does not run the stage.
  std::vector<std::array<std::unique_ptr<Inbox>, kStages>> inboxes;
};

}  // namespace double11::live
