#pragma once
// The general engine: one calendar of events, any mix of stations.

#include <double11/virtual_time/calendar.hpp>
#include <double11/virtual_time/simulate_network.hpp>

#include <cstdint>
#include <vector>

#include "virtual_time/network_model.hpp"
#include "virtual_time/station_books.hpp"
#include "virtual_time/task_heap.hpp"

namespace double11::virtual_time {

class NetworkEngine {
 public:
  NetworkEngine(const NetworkModel& model, std::uint64_t replication,
                const NetworkOptions& options);

  NetworkRecord run();

 private:
  static constexpr std::uint32_t kNil = UINT32_MAX;

  /// Kinds of events, in the order in which those of one job at one instant happen.
  enum What : std::uint32_t {
    arrival,
    service_end,  // of a task whose speed cannot change
    work_due,     // the next service of a clocked node
    patience_end,
    try_again,  // a task comes back from orbit
    departure,  // a served task whose truck leaves
    think_end,
    capacity_step,
    speed_change,
    breakdown_toggle,
    probe,
  };

  struct Job {
    std::uint64_t id = 0;
    std::int64_t born_ns = 0;
    std::int64_t visit_ns = 0;     // begin of the present visit
    std::uint32_t station = kNil;  // of the present visit; kNil: not alive
    std::uint32_t visits = 0;      // so far, for keys of draws
    std::uint32_t pending = 0;     // tasks of the present visit
    std::uint32_t job_class = 0;
    std::uint32_t user = 0;
  };

  /// What stands in a queue or in service: a job, or its part at one branch.
  struct Task {
    Wide remaining = 0;  // clocked nodes: work left, see Node::work
    std::int64_t queued_ns = 0;
    std::int64_t started_ns = 0;
    std::int64_t service_ns = 0;
    std::uint32_t job = 0;
    std::uint32_t node = 0;
    std::uint32_t previous = kNil;
    std::uint32_t next = kNil;  // in a list, or in a batch
    std::uint32_t attempts = 0;
    std::uint32_t retries = 0;
    std::uint32_t level = 0;
    bool resumed = false;
    bool timed_out = false;
  };

  struct List {
    std::uint32_t head = kNil;
    std::uint32_t tail = kNil;
  };

  /// A station, or one branch of it.
  struct Node {
    const StationModel* model;
    std::uint32_t station;
    std::uint64_t seed;
    std::int64_t servers;
    std::int64_t in_service = 0;  // jobs when shared, else servers
    std::int64_t waiting = 0;
    std::vector<List> queue;   // by level
    std::vector<List> active;  // by level; preemptive only
    // Clocked nodes: work done so far for each job in service, in 2^-48 ns.
    Wide work = 0;
    std::int64_t work_at_ns = 0;
    std::uint64_t speed = 0;
    double factor = 1;
    bool up = true;
    std::uint64_t toggles = 0;
    TaskHeap due;
    std::int64_t due_at_ns = INT64_MAX;  // of the earliest event work_due that is to come
    TaskHeap impatient;
    std::int64_t impatient_at_ns = INT64_MAX;
  };

  // network_engine.cpp: the clock, and jobs between stations.
  void prepare();
  void happen(const Event& event);
  bool keep_going(std::int64_t now_ns);
  void arrive();
  std::uint32_t make_job(std::uint32_t user);
  void enter_station(std::uint32_t job, std::uint32_t station);
  bool take_token(std::uint32_t station);
  void visit_completed(std::uint32_t job, const Task& last);
  enum class Loss { blocked, no_token, failed, abandoned };
  void lose(std::uint32_t job, Loss loss);
  void leave_network(std::uint32_t job);
  void think(std::uint32_t user);
  void toggle(std::uint32_t node);
  void close_books(std::int64_t end_ns);
  NetworkRecord take_record(std::int64_t end_ns);

  // network_node.cpp: queues and services.
  void enter_node(std::uint32_t task);
  void blocked(std::uint32_t task);
  void enqueue(std::uint32_t task, bool in_front);
  void leave_queue(std::uint32_t task);
  std::uint32_t next_in_queue(const Node& node) const;
  void start(std::uint32_t task);
  void start_batch(Node& node);
  void feed(std::uint32_t node);
  bool preempt_for(std::uint32_t task);
  std::int64_t draw_service(const Node& node, const Task& task) const;
  void finish(std::uint32_t task);
  void finish_one(std::uint32_t task);
  void depart(std::uint32_t task);
  void patience_ends(std::uint32_t node);
  void work_comes_due(std::uint32_t node);
  void synchronise(Node& node);
  void set_speed(std::uint32_t node);
  void schedule_due(std::uint32_t node);
  void update_busy(Node& node, std::int64_t in_service, std::int64_t waiting);

  std::uint32_t make_task(std::uint32_t job, std::uint32_t node);
  void free_task(std::uint32_t task);
  static void append(List& list, std::vector<Task>& tasks, std::uint32_t task);
  static void prepend(List& list, std::vector<Task>& tasks, std::uint32_t task);
  static void remove(List& list, std::vector<Task>& tasks, std::uint32_t task);
  [[nodiscard]] const Job& job_of(const Task& task) const { return jobs_[task.job]; }
  [[nodiscard]] std::uint64_t tie_of(const Task& task) const { return jobs_[task.job].id + 1; }
  [[nodiscard]] std::uint32_t round_of(const Task& task, std::uint32_t count) const {
    return (jobs_[task.job].visits << 16U) + count;
  }

  const NetworkModel& model_;
  const scenario::Network& network_;
  const NetworkOptions& options_;
  std::uint64_t replication_;
  std::uint64_t seed_;
  traffic::ArrivalTimes arrivals_;
  Calendar calendar_;
  std::int64_t now_ns_ = 0;
  std::uint64_t next_job_ = 0;
  std::uint64_t events_ = 0;

  std::vector<Job> jobs_;
  std::vector<std::uint32_t> free_jobs_;
  std::vector<Task> tasks_;
  std::vector<std::uint32_t> free_tasks_;
  std::vector<std::uint32_t> positions_;  // of tasks in the heap they are in
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> first_node_;  // by station
  std::vector<StationBooks> books_;
  std::vector<Wide> token_full_at_;    // by station, in 2^-32 ns: when the bucket would be full
  std::vector<std::uint32_t> cycles_;  // by user
  NetworkRecord record_;
};

}  // namespace double11::virtual_time
