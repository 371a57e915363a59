#pragma once
// A worker's mail: orders for other workers are gathered per worker and stage and sent in bulk.

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "live/batch.hpp"
#include "live/wiring.hpp"

namespace double11::live {

class Mail {
 public:
  Mail(Wiring& wiring, std::uint32_t worker)
      : wiring_(wiring), worker_(worker), out_(wiring.options.workers) {}

  /// Gathers an order for a stage of another worker; a full batch leaves at once.
  void post(Stage stage, std::uint32_t to, const Order& order) {
    std::unique_ptr<Batch>& batch = out_[to][index_of(stage)];
    // Only for pairs that ever talk: with many workers most never do.
    if (!batch) [[unlikely]]
      batch = std::make_unique<Batch>();
    batch->push(order);
    if (batch->full()) send(*batch, *wiring_.inboxes[to][index_of(stage)]);
  }

  /// Sends everything gathered.
  void flush() {
    for (std::size_t to = 0; to < out_.size(); ++to) {
      for (std::size_t stage = 0; stage < kStages; ++stage) {
        Batch* const batch = out_[to][stage].get();
        if (batch != nullptr && !batch->empty()) send(*batch, *wiring_.inboxes[to][stage]);
      }
    }
  }

  /// Fills `into` from the own inbox of a stage that this worker runs, as far as there is mail.
  std::span<Order> receive(Stage stage, std::span<Order> into) {
    Inbox* const inbox = wiring_.inboxes[worker_][index_of(stage)].get();
    if (inbox == nullptr) return {};
    const std::size_t count = inbox->receive(into);
    received_ += static_cast<std::int64_t>(count);
    return into.first(count);
  }

  [[nodiscard]] std::size_t depth(Stage stage) const {
    const Inbox* const inbox = wiring_.inboxes[worker_][index_of(stage)].get();
    return inbox != nullptr ? inbox->depth() : 0;
  }
  [[nodiscard]] std::int64_t sent() const { return sent_; }
  [[nodiscard]] std::int64_t received() const { return received_; }

 private:
  void send(Batch& batch, Inbox& inbox) {
    inbox.send(worker_, batch.orders());
    sent_ += static_cast<std::int64_t>(batch.orders().size());
    batch.clear();
  }

  Wiring& wiring_;
  std::uint32_t worker_;
  std::vector<std::array<std::unique_ptr<Batch>, kStages>> out_;
  std::int64_t sent_ = 0;
  std::int64_t received_ = 0;
};

}  // namespace double11::live
