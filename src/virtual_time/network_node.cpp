// Queues and services.
#include <algorithm>
#include <cmath>

#include "virtual_time/network_engine.hpp"

namespace double11::virtual_time {
namespace {

using scenario::Discipline;

// Speed 1 in fixed point. A thousand times that, over 400 days, still fits 128 bits.
constexpr unsigned kWorkBits = 48;

Wide work_of(std::int64_t service_ns) {
  return Wide{static_cast<std::uint64_t>(service_ns)} << kWorkBits;
}

}  // namespace

std::uint32_t NetworkEngine::make_task(std::uint32_t job, std::uint32_t node) {
  std::uint32_t index = 0;
  if (free_tasks_.empty()) {
    index = static_cast<std::uint32_t>(tasks_.size());
    tasks_.emplace_back();
    positions_.push_back(kNil);
  } else {
    index = free_tasks_.back();
    free_tasks_.pop_back();
  }
  tasks_[index] = Task{};
  tasks_[index].job = job;
  tasks_[index].node = node;
  const Discipline discipline = nodes_[node].model->config->discipline;
  if (discipline == Discipline::priority || discipline == Discipline::preemptive) {
    tasks_[index].level = model_.levels[jobs_[job].job_class];
  }
  return index;
}

void NetworkEngine::free_task(std::uint32_t task) {
  free_tasks_.push_back(task);
}

void NetworkEngine::append(List& list, std::vector<Task>& tasks, std::uint32_t task) {
  tasks[task].previous = list.tail;
  tasks[task].next = kNil;
  (list.tail == kNil ? list.head : tasks[list.tail].next) = task;
  list.tail = task;
}

void NetworkEngine::prepend(List& list, std::vector<Task>& tasks, std::uint32_t task) {
  tasks[task].previous = kNil;
  tasks[task].next = list.head;
  (list.head == kNil ? list.tail : tasks[list.head].previous) = task;
  list.head = task;
}

void NetworkEngine::remove(List& list, std::vector<Task>& tasks, std::uint32_t task) {
  const Task& out = tasks[task];
  (out.previous == kNil ? list.head : tasks[out.previous].next) = out.next;
  (out.next == kNil ? list.tail : tasks[out.next].previous) = out.previous;
}

// Sets the numbers of a node, and with them those of its station.
void NetworkEngine::update_busy(Node& node, std::int64_t in_service, std::int64_t waiting) {
  StationBooks& books = books_[node.station];
  books.advance(now_ns_);
  books.busy += in_service - node.in_service;
  books.waiting += waiting - node.waiting;
  node.in_service = in_service;
  node.waiting = waiting;
}

void NetworkEngine::enter_node(std::uint32_t task) {
  const std::uint32_t index = tasks_[task].node;
  Node& node = nodes_[index];
  const scenario::NetworkStation& config = *node.model->config;
  tasks_[task].queued_ns = now_ns_;
  if (config.discipline == Discipline::sharing) {
    return node.in_service < node.servers + config.queue_limit ? start(task) : blocked(task);
  }
  if (node.in_service < node.servers) {
    // Nobody waits while a server is free.
    return start(task);
  }
  if (config.discipline == Discipline::preemptive && preempt_for(task)) return;
  if (node.waiting >= config.queue_limit) return blocked(task);
  enqueue(task, false);
}

void NetworkEngine::blocked(std::uint32_t index) {
  Task& task = tasks_[index];
  Node& node = nodes_[task.node];
  const std::uint32_t job = task.job;
  const scenario::Retrial& retrial = node.model->config->retrial;
  bool stays = node.model->retrial.exists();
  RandomBlock random{};
  if (stays) {
    random = random_block(node.seed, Purpose::retrial, jobs_[job].id,
                          round_of(task, task.attempts * 256 + task.retries));
    const bool persists = random.word[2] < threshold_of(retrial.persistence);
    const bool may = retrial.attempts == 0 || task.retries < retrial.attempts;
    // The first time everybody stays.
    stays = may && (task.retries == 0 || persists);
  }
  if (!stays) {
    free_task(index);
    return lose(job, Loss::blocked);
  }
  ++task.retries;
  StationBooks& books = books_[node.station];
  books.advance(now_ns_);
  ++books.orbit;
  const std::int64_t delay = std::max<std::int64_t>(1, node.model->retrial(random.wide(0)));
  calendar_.push({now_ns_ + delay, tie_of(task), try_again, index});
}

void NetworkEngine::enqueue(std::uint32_t index, bool in_front) {
  Task& task = tasks_[index];
  Node& node = nodes_[task.node];
  (in_front ? prepend : append)(node.queue[task.level], tasks_, index);
  update_busy(node, node.in_service, node.waiting + 1);
  if (!node.model->patience.exists()) return;
  const auto bits =
      random_block(node.seed, Purpose::patience, job_of(task).id, round_of(task, task.attempts))
          .wide(0);
  const auto deadline = static_cast<std::uint64_t>(now_ns_ + node.model->patience(bits));
  node.impatient.push({deadline, tie_of(task), index}, positions_);
  const auto first = static_cast<std::int64_t>(node.impatient.front().key);
  if (first < node.impatient_at_ns) {
    node.impatient_at_ns = first;
    calendar_.push({first, node.impatient.front().tie, patience_end, task.node});
  }
}

// Out of the queue, for whatever reason.
void NetworkEngine::leave_queue(std::uint32_t index) {
  const Task& task = tasks_[index];
  Node& node = nodes_[task.node];
  remove(node.queue[task.level], tasks_, index);
  update_busy(node, node.in_service, node.waiting - 1);
  if (node.model->patience.exists()) node.impatient.erase(positions_[index], positions_);
}

// Those whose patience has ended leave; a timer for the next one, if any.
void NetworkEngine::patience_ends(std::uint32_t index) {
  if (now_ns_ < nodes_[index].impatient_at_ns) return;
  nodes_[index].impatient_at_ns = INT64_MAX;
  while (!nodes_[index].impatient.empty()) {
    Node& node = nodes_[index];
    const TaskHeap::Entry first = node.impatient.front();
    const auto deadline = static_cast<std::int64_t>(first.key);
    if (deadline > now_ns_) {
      node.impatient_at_ns = deadline;
      calendar_.push({deadline, first.tie, patience_end, index});
      return;
    }
    const std::uint32_t job = tasks_[first.task].job;
    leave_queue(first.task);
    books_[node.station].wait_ends(tasks_[first.task].queued_ns, now_ns_, false);
    free_task(first.task);
    lose(job, Loss::abandoned);
  }
}

std::uint32_t NetworkEngine::next_in_queue(const Node& node) const {
  for (const List& list : node.queue) {
    if (list.head == kNil) continue;
    return node.model->config->discipline == Discipline::lifo ? list.tail : list.head;
  }
  return kNil;
}

// Starts services while servers are free and jobs wait.
void NetworkEngine::feed(std::uint32_t index) {
  if (nodes_[index].model->config->discipline == Discipline::sharing) return;
  while (nodes_[index].waiting > 0 && nodes_[index].in_service < nodes_[index].servers) {
    if (nodes_[index].model->config->batch_most > 1) {
      start_batch(nodes_[index]);
      continue;
    }
    const std::uint32_t task = next_in_queue(nodes_[index]);
    leave_queue(task);
    start(task);
  }
}

// One service for the longest waiting, up to batch_most of them; linked behind the first.
void NetworkEngine::start_batch(Node& node) {
  const std::uint32_t leader = next_in_queue(node);
  std::uint32_t last = kNil;
  for (std::int64_t i = 0; i < node.model->config->batch_most && node.waiting > 0; ++i) {
    const std::uint32_t task = next_in_queue(node);
    leave_queue(task);
    tasks_[task].started_ns = now_ns_;
    tasks_[task].next = kNil;
    if (last != kNil) {
      tasks_[last].next = task;
      books_[node.station].wait_ends(tasks_[task].queued_ns, now_ns_, true);
    }
    last = task;
  }
  const std::uint32_t second = tasks_[leader].next;
  start(leader);
  tasks_[leader].next = second;
}

std::int64_t NetworkEngine::draw_service(const Node& node, const Task& task) const {
  const Job& job = job_of(task);
  if (!network_.trace.empty() && node.station == 0 && job.visits == 0) {
    return network_.trace[job.id].service.count();
  }
  const StationModel& model = *node.model;
  const std::uint32_t round = round_of(task, task.attempts);
  std::int64_t service =
      model.service(random_block(node.seed, Purpose::service, job.id, round).wide(0));
  for (std::int64_t i = 1; i < model.config->tasks; ++i) {
    const std::uint64_t seed = mix(node.seed + static_cast<std::uint64_t>(i));
    service = std::max(
        service, model.service(random_block(seed, Purpose::split_task, job.id, round).wide(0)));
  }
  const double factor = network_.classes[job.job_class].service_factor;
  if (factor == 1) return service;
  return static_cast<std::int64_t>(std::llround(static_cast<double>(service) * factor));
}

void NetworkEngine::start(std::uint32_t index) {
  Task& task = tasks_[index];
  Node& node = nodes_[task.node];
  const scenario::NetworkStation& config = *node.model->config;
  if (!task.resumed) {
    StationBooks& books = books_[node.station];
    books.wait_ends(task.queued_ns, now_ns_, true);
    books.record.services += books.counts(now_ns_) ? 1 : 0;
    task.started_ns = now_ns_;
    task.service_ns = draw_service(node, task);
    task.timed_out = config.timeout.count() > 0 && task.service_ns > config.timeout.count();
    if (task.timed_out) task.service_ns = config.timeout.count();
    task.remaining = work_of(task.service_ns);
  }
  if (!node.model->clocked) {
    update_busy(node, node.in_service + 1, node.waiting);
    calendar_.push({now_ns_ + task.service_ns, tie_of(task), service_end, index});
    return;
  }
  synchronise(node);
  if (config.discipline == Discipline::preemptive) append(node.active[task.level], tasks_, index);
  node.due.push({node.work + task.remaining, tie_of(task), index}, positions_);
  if (config.discipline == Discipline::sharing) {
    StationBooks& books = books_[node.station];
    books.advance(now_ns_);
    ++node.in_service;
    books.busy += node.in_service <= node.servers ? 1 : 0;
    return set_speed(task.node);
  }
  update_busy(node, node.in_service + 1, node.waiting);
  schedule_due(task.node);
}

// Interrupts the latest service of the last level, if that comes after the task's.
bool NetworkEngine::preempt_for(std::uint32_t index) {
  Node& node = nodes_[tasks_[index].node];
  for (std::size_t level = node.active.size(); level-- > tasks_[index].level + std::size_t{1};) {
    const std::uint32_t victim = node.active[level].tail;
    if (victim == kNil) continue;
    synchronise(node);
    const Wide key = node.due.at(positions_[victim]).key;
    node.due.erase(positions_[victim], positions_);
    remove(node.active[level], tasks_, victim);
    tasks_[victim].remaining = key > node.work ? key - node.work : 0;
    tasks_[victim].resumed = true;
    update_busy(node, node.in_service - 1, node.waiting);
    enqueue(victim, true);
    start(index);
    return true;
  }
  return false;
}

// Brings the work of a clocked node up to now.
void NetworkEngine::synchronise(Node& node) {
  node.work += Wide{node.speed} * static_cast<std::uint64_t>(now_ns_ - node.work_at_ns);
  node.work_at_ns = now_ns_;
}

// The speed follows from slowdowns, breakdowns and, when shared, from how many share.
void NetworkEngine::set_speed(std::uint32_t index) {
  Node& node = nodes_[index];
  if (!node.model->clocked) return;
  synchronise(node);
  double speed = node.up ? node.factor : 0;
  if (node.model->config->discipline == Discipline::sharing && node.in_service > node.servers) {
    speed *= static_cast<double>(node.servers) / static_cast<double>(node.in_service);
  }
  node.speed = static_cast<std::uint64_t>(std::ldexp(speed, kWorkBits));
  schedule_due(index);
}

void NetworkEngine::schedule_due(std::uint32_t index) {
  Node& node = nodes_[index];
  if (node.due.empty() || node.speed == 0) return;
  const TaskHeap::Entry& first = node.due.front();
  const Wide missing = first.key > node.work ? first.key - node.work : 0;
  const Wide length = (missing + node.speed - 1) / node.speed;
  if (length > static_cast<Wide>(model_.end_ns)) return;
  const std::int64_t at = now_ns_ + static_cast<std::int64_t>(length);
  if (at >= node.due_at_ns) return;
  node.due_at_ns = at;
  calendar_.push({at, first.tie, work_due, index});
}

void NetworkEngine::work_comes_due(std::uint32_t index) {
  // An earlier one has been scheduled since, and this one is left over.
  if (now_ns_ < nodes_[index].due_at_ns) return;
  nodes_[index].due_at_ns = INT64_MAX;
  synchronise(nodes_[index]);
  // One at a time, so that what a departure causes at this instant finds its place by its tie.
  Node& node = nodes_[index];
  if (!node.due.empty() && node.due.front().key <= node.work) finish(node.due.front().task);
  schedule_due(index);
}

void NetworkEngine::finish(std::uint32_t index) {
  const std::uint32_t node_index = tasks_[index].node;
  Node& node = nodes_[node_index];
  const Discipline discipline = node.model->config->discipline;
  if (node.model->clocked) {
    node.due.erase(positions_[index], positions_);
    if (discipline == Discipline::preemptive) {
      remove(node.active[tasks_[index].level], tasks_, index);
    }
  }
  if (discipline == Discipline::sharing) {
    StationBooks& books = books_[node.station];
    books.advance(now_ns_);
    books.busy -= node.in_service <= node.servers ? 1 : 0;
    --node.in_service;
    set_speed(node_index);
  } else {
    update_busy(node, node.in_service - 1, node.waiting);
    feed(node_index);
  }
  if (node.model->config->batch_most == 1) return finish_one(index);
  for (std::uint32_t task = index; task != kNil;) {
    const std::uint32_t next = tasks_[task].next;
    finish_one(task);
    task = next;
  }
}

// The service of a task has ended, well or not.
void NetworkEngine::finish_one(std::uint32_t index) {
  Task& task = tasks_[index];
  const Node& node = nodes_[task.node];
  const scenario::NetworkStation& config = *node.model->config;
  RandomBlock random{};
  if (task.timed_out || config.failure_probability > 0) {
    random =
        random_block(node.seed, Purpose::service, job_of(task).id, round_of(task, task.attempts));
  }
  if (task.timed_out || random.word[2] < threshold_of(config.failure_probability)) {
    ++task.attempts;
    if (config.attempts != 0 && task.attempts >= config.attempts) {
      const std::uint32_t job = task.job;
      free_task(index);
      return lose(job, Loss::failed);
    }
    task.resumed = false;
    StationBooks& books = books_[node.station];
    const std::int64_t delay = node.model->retry_delay(task.attempts, random.word[3]).count();
    if (delay == 0) {
      books.record.retries += books.counts(now_ns_) ? 1 : 0;
      return enter_node(index);
    }
    books.advance(now_ns_);
    ++books.orbit;
    calendar_.push({now_ns_ + delay, tie_of(task), try_again, index});
    return;
  }
  const std::int64_t period = config.departure_period.count();
  const std::int64_t late = period == 0 ? 0 : now_ns_ % period;
  if (late == 0) return depart(index);
  calendar_.push({now_ns_ + period - late, tie_of(task), departure, index});
}

void NetworkEngine::depart(std::uint32_t index) {
  const Task task = tasks_[index];
  free_task(index);
  if (--jobs_[task.job].pending == 0) visit_completed(task.job, task);
}

}  // namespace double11::virtual_time
