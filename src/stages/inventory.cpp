#include <double11/stages/inventory.hpp>

#include "stages/escrow_shelf.hpp"
#include "stages/shelf_inventory.hpp"

namespace double11::stages {

std::unique_ptr<Inventory> Inventory::create(const scenario::Scenario& scenario,
                                             std::uint32_t shards) {
  using scenario::Strategy;
  switch (scenario.inventory.strategy) {
    case Strategy::owner_shard:
      if (shards == 1) return std::make_unique<ShelfInventory<SoleShelf>>(scenario, shards);
      return std::make_unique<ShelfInventory<OwnedShelf>>(scenario, shards);
    case Strategy::shared_atomic:
      if (shards == 1) return std::make_unique<ShelfInventory<SoleShelf>>(scenario, shards);
      return std::make_unique<ShelfInventory<AtomicShelf>>(scenario, shards);
    case Strategy::escrow:
      return std::make_unique<ShelfInventory<EscrowShelf>>(scenario, shards);
    case Strategy::mutex:
      return std::make_unique<ShelfInventory<MutexShelf>>(scenario, shards);
    case Strategy::unsafe:
      break;
  }
  return std::make_unique<ShelfInventory<UnsafeShelf>>(scenario, shards);
}

}  // namespace double11::stages
