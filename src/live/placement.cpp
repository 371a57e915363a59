#include <double11/live/placement.hpp>
#include <double11/live/server_calendar.hpp>
#include <double11/stages/rows.hpp>

#include <algorithm>
#include <cstddef>

namespace double11::live {
namespace {

// Below this many servers per shard, splitting a station would visibly change its queue.
constexpr std::int64_t kServersPerShard = 64;

// Whether shards with a queue each, and servers that move between them, come to what one queue is:
// first come first served, one by one, servers that stay, and room to wait. Else who holds a server
// serves his own queue first, and that shows. Several channels have their queues and breakers at
// one place.
bool is_divisible(const scenario::Payment& payment) {
  return payment.channels.empty() && payment.discipline == scenario::QueueOrder::fifo &&
         payment.batch_most == 1 && payment.calendar.empty() &&
         payment.queue_limit >= payment.servers;
}

// Workers for each stage of a staged pipeline.
std::array<std::uint32_t, kStages> staged_counts(std::uint32_t workers) {
  std::array<std::uint32_t, kStages> count{1, 1, 1, 1};
  constexpr std::array<Stage, kStages> kDearestFirst{Stage::inventory, Stage::admission,
                                                     Stage::payment, Stage::logistics};
  for (std::uint32_t spare = 4; spare < workers; ++spare) {
    ++count[index_of(kDearestFirst[(spare - 4) % kStages])];
  }
  return count;
}

}  // namespace

Placement::Placement(const scenario::Scenario& scenario, std::uint32_t workers)
    : workers_(workers) {
  if (scenario.run.placement == scenario::Placement::sharded) {
    for (auto& of : of_stage_) {
      for (std::uint32_t worker = 0; worker < workers; ++worker) of.push_back(worker);
    }
  } else if (workers < kStages) {
    // Neighbouring stages share a worker.
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      of_stage_[stage].push_back(static_cast<std::uint32_t>(stage * workers / kStages));
    }
  } else {
    std::uint32_t next = 0;
    const auto count = staged_counts(workers);
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      for (std::uint32_t i = 0; i < count[stage]; ++i) of_stage_[stage].push_back(next++);
    }
  }
  // A door is one place that sees every click.
  if (has_door(scenario)) of_stage_[index_of(Stage::admission)].resize(1);
  // Rows are one shard: an order goes from one to the next.
  if (stages::Rows::are_used(scenario)) of_stage_[index_of(Stage::inventory)].resize(1);
  auto& payment = of_stage_[index_of(Stage::payment)];
  const auto most = static_cast<std::size_t>(
      is_divisible(scenario.payment)
          ? std::max<std::int64_t>(1, fewest_servers(scenario.payment) / kServersPerShard)
          : 1);
  payment.resize(std::min(payment.size(), most));
  // Stock, crews and carriers are kept in one place.
  if (!is_plain_logistics(scenario)) of_stage_[index_of(Stage::logistics)].resize(1);
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    shard_of_worker_[stage].assign(workers, -1);
    for (std::size_t shard = 0; shard < of_stage_[stage].size(); ++shard) {
      shard_of_worker_[stage][of_stage_[stage][shard]] = static_cast<int>(shard);
    }
  }
}

}  // namespace double11::live
