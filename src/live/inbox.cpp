#include <double11/live/inbox.hpp>

#include <new>
#include <vector>

#include <concurrentqueue/concurrentqueue.h>

namespace double11::live {
namespace {

// A block holds one batch, so a bulk enqueue touches one or two blocks (16 KiB each).
struct Traits : moodycamel::ConcurrentQueueDefaultTraits {
  static const std::size_t BLOCK_SIZE = kBatch;
};

using OrderRing = moodycamel::ConcurrentQueue<Order, Traits>;

}  // namespace

struct Inbox::Queue {
  // One block to begin with: each producer gets its blocks when it first sends and keeps them.
  explicit Queue(std::uint32_t producers) : ring(kBatch), consumer(ring) {
    tokens.reserve(producers);
    for (std::uint32_t i = 0; i < producers; ++i) tokens.emplace_back(ring);
  }
  OrderRing ring;
  std::vector<moodycamel::ProducerToken> tokens;
  moodycamel::ConsumerToken consumer;
};

Inbox::Inbox(std::uint32_t producers) : queue_(std::make_unique<Queue>(producers)) {}
Inbox::~Inbox() = default;

void Inbox::send(std::uint32_t producer, std::span<const Order> orders) {
  const moodycamel::ProducerToken& token = queue_->tokens[producer];
  // A token without memory for its producer is not valid.
  if (!token.valid() || !queue_->ring.enqueue_bulk(token, orders.data(), orders.size())) {
    throw std::bad_alloc();
  }
}

std::size_t Inbox::receive(std::span<Order> orders) {
  return queue_->ring.try_dequeue_bulk(queue_->consumer, orders.data(), orders.size());
}

std::size_t Inbox::depth() const {
  return queue_->ring.size_approx();
}

}  // namespace double11::live
