// The door of the pipeline, at the worker that has it: clicks come in, others ask whether a buyer
// still waits, and every order that had a credit comes back here to be over.
#include <algorithm>
#include <iterator>

#include "live/worker.hpp"

namespace double11::live {

// A door keeps its own count of who is in, and does not hear of an order that is lost.
bool Worker::is_only_credit() const {
  return has_door_ && wiring_.scenario.admission.in_flight_limit == 1;
}

// Planned clicks; what is due before each of them happens first.
void Worker::arrive(std::span<const Order> clicks) {
  for (const Order& order : clicks) {
    door_->advance(order.planned);
    door_->arrive(order);
  }
  follow_door();
}

// Payments that succeeded: on to the parcel, or the money goes back.
void Worker::confirm(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::admission));
  for (Order& order : orders) {
    order.at = event_at(order);
    if (!door_->accept(order, order.at)) order.answer = PaymentAnswer::late_approval;
    order.step = Step::answer;
  }
  for (const Order& order : orders) forward(order);
}

void Worker::finish(std::span<Order> orders) {
  const TimeSheet::Entry entry(sheet_, index_of(Stage::admission));
  for (Order& order : orders) {
    const Outcome outcome = order.ends_as();
    end(order, outcome);
    door_->finish(order, outcome);
  }
}

// What is due at the door by now, and before the next planned click.
bool Worker::advance_door() {
  if (!door_ || stopped_) return false;
  const Instant until = std::min(now_, gate_.next_click());
  if (door_->next_event() > until) return false;
  const TimeSheet::Entry entry(sheet_, index_of(Stage::admission));
  door_->advance(until);
  return follow_door();
}

// What the door decided. Only between steps, never within one: who is let in may come back to the
// door at once, and would be put into the batch that is being worked on.
bool Worker::follow_door() {
  if (!door_) return false;
  const bool any =
      !door_->admitted().empty() || !door_->ended().empty() || !door_->further_clicks().empty();
  if (!any) return false;
  const TimeSheet::Entry entry(sheet_, index_of(Stage::admission));
  load_[index_of(Stage::admission)].orders += std::ssize(door_->further_clicks());
  for (const Order& order : door_->further_clicks()) {
    books_.arrived_again(order);
    series_.count(Funnel::offered, order.planned);
    ++offered_;
  }
  door_->further_clicks().clear();
  for (stages::Door::Ended& ended : door_->ended()) end(ended.order, ended.outcome);
  door_->ended().clear();
  // Those who end on the way let others in meanwhile.
  let_in_.swap(door_->admitted());
  for (Order& order : let_in_) {
    take(Funnel::admitted, order);
    order.step = Step::reserve;
  }
  for (const Order& order : let_in_) forward(order);
  let_in_.clear();
  return true;
}

}  // namespace double11::live
