#include <span>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include "bench/pipelines/desks.hpp"
#include "bench/pipelines/peers.hpp"

namespace double11::bench {
namespace {

namespace asio = boost::asio;

// Posts behind its own orders, so that no more than a few slices of them wait.
class Posts {
 public:
  Posts(Shop& shop, Desks& desks, asio::thread_pool& pool)
      : shop_(shop), desks_(desks), pool_(pool) {}

  void make() {
    const auto slice = shop_.next_slice();
    if (!slice) return;
    orders_.clear();
    desks_.mine().make(*slice, orders_);
    for (const Order& order : orders_) {
      asio::post(pool_, [this, order] { reserve(order); });
    }
    asio::post(pool_, [this] { make(); });
  }

 private:
  void reserve(Order order) {
    desks_.mine().reserve({&order, 1});
    asio::post(pool_, [this, order] { pay(order); });
  }
  void pay(Order order) {
    desks_.mine().pay({&order, 1}, [this](std::span<Order> done) {
      for (const Order& one : done) asio::post(pool_, [this, one] { finish(one); });
    });
  }
  void finish(Order order) { desks_.mine().finish({&order, 1}); }

  Shop& shop_;
  Desks& desks_;
  asio::thread_pool& pool_;
  std::vector<Order> orders_;  // of make(), which runs once at a time
};

class Strands {
 public:
  Strands(Shop& shop, asio::thread_pool& pool)
      : shop_(shop),
        pool_(pool),
        source_(shop, 0, 1),
        stock_(shop, 1, 1),
        till_(shop, 2, 1),
        exit_(shop, 3, 1),
        inventory_(pool.get_executor()),
        payment_(pool.get_executor()),
        logistics_(pool.get_executor()) {}

  void make() {
    const auto slice = shop_.next_slice();
    if (!slice) return;
    orders_.clear();
    source_.make(*slice, orders_);
    for (const Order& order : orders_) {
      asio::post(inventory_, [this, order] { reserve(order); });
    }
    // Behind them, so that no more than a few slices wait.
    asio::post(logistics_, [this] { asio::post(pool_, [this] { make(); }); });
  }

  // When the pool has nothing left.
  void finish_rest() {
    till_.pay_rest([this](std::span<Order> done) { exit_.finish(done); });
  }

  void add_to(measure::RunRecord& record) const {
    for (const Desk* const desk : {&source_, &stock_, &till_, &exit_}) desk->add_to(record);
  }

 private:
  using Strand = asio::strand<asio::thread_pool::executor_type>;

  void reserve(Order order) {
    stock_.reserve({&order, 1});
    asio::post(payment_, [this, order] { pay(order); });
  }
  void pay(Order order) {
    till_.pay({&order, 1}, [this](std::span<Order> done) {
      for (const Order& one : done) asio::post(logistics_, [this, one] { finish(one); });
    });
  }
  void finish(Order order) { exit_.finish({&order, 1}); }

  Shop& shop_;
  asio::thread_pool& pool_;
  Desk source_;
  Desk stock_;
  Desk till_;
  Desk exit_;
  Strand inventory_;
  Strand payment_;
  Strand logistics_;
  std::vector<Order> orders_;
};

}  // namespace

void asio_posts(const scenario::Scenario& scenario, std::uint32_t threads,
                measure::RunRecord& record) {
  Shop shop(scenario, threads);
  Desks desks(shop, threads);
  asio::thread_pool pool(threads);
  Posts posts(shop, desks, pool);
  asio::post(pool, [&] { posts.make(); });
  pool.join();
  desks.finish_rest();
  desks.add_to(record);
}

void asio_strands(const scenario::Scenario& scenario, std::uint32_t threads,
                  measure::RunRecord& record) {
  Shop shop(scenario, 4);
  asio::thread_pool pool(threads);
  Strands strands(shop, pool);
  asio::post(pool, [&] { strands.make(); });
  pool.join();
  strands.finish_rest();
  strands.add_to(record);
}

}  // namespace double11::bench
