#include "study/capacity_answers.hpp"

namespace double11::study {

Answer CapacityAnswers::ask(double value, std::int64_t seed) {
  const auto known = known_.find({value, seed});
  if (known != known_.end()) return known->second;
  Answer answer = Answer::invalid;
  std::int64_t left = options_.repeatable || seed > 0 ? 1 : 1 + options_.repeats;
  for (; left > 0 && answer == Answer::invalid; --left) {
    answer = trial_(value, seed);
    if (answer == Answer::stopped) throw CapacityStopped();
    tried_.push_back({value, seed, answer});
  }
  known_[{value, seed}] = answer;
  return answer;
}

void CapacityAnswers::forget_invalid(double value) {
  const auto known = known_.find({value, 0});
  if (known != known_.end() && known->second == Answer::invalid) known_.erase(known);
}

std::int64_t CapacityAnswers::others_at(double value) const {
  std::int64_t count = 0;
  for (std::int64_t seed = 1; seed <= options_.confirm; ++seed) {
    const auto known = known_.find({value, seed});
    if (known != known_.end() && known->second != Answer::invalid) ++count;
  }
  return count;
}

}  // namespace double11::study
