#include <double11/measure/client_counts.hpp>

namespace double11::measure {

ClientCounts& ClientCounts::operator+=(const ClientCounts& other) {
  first_clicks += other.first_clicks;
  second_clicks += other.second_clicks;
  retries += other.retries;
  over_budget += other.over_budget;
  timed_out += other.timed_out;
  given_up += other.given_up;
  answered_late += other.answered_late;
  served += other.served;
  goodput += other.goodput;
  return *this;
}

}  // namespace double11::measure
