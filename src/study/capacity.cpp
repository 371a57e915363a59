#include <double11/study/capacity.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace double11::study {
namespace {

// A factor of a thousand either way, unless more is asked for.
constexpr int kDoublings = 10;
// On the side where the limit is not expected: enough to notice that it is there.
constexpr int kDoublingsAside = 2;
// Steps away from the limit while seeds disagree, each twice as long as the one before: at a
// tolerance of 1 % that is ten times the value, or a small part of it.
constexpr int kStepsAway = 10;
// Above this ratio of its ends an interval is halved by ratio, else by difference.
constexpr double kByRatio = 4;

struct Stop {};

class Search {
 public:
  Search(const CapacityOptions& options, const Trial& trial) : options_(options), trial_(trial) {}

  Capacity run() {
    try {
      find();
    } catch (const Stop&) {
      found_.ending = Ending::stopped;
    }
    found_.surprise = surprise();
    return std::move(found_);
  }

 private:
  // One side of the start.
  struct Side {
    bool up;
    int left;  // doublings
    double last;
    bool open = true;
  };

  Answer ask(double value, std::int64_t seed) {
    const auto known = known_.find({value, seed});
    if (known != known_.end()) return known->second;
    const Answer answer = trial_(value, seed);
    if (answer == Answer::stopped) throw Stop();
    known_[{value, seed}] = answer;
    found_.tried.push_back({value, seed, answer});
    return answer;
  }

  bool passes(double value) { return ask(value, 0) == Answer::pass; }

  // Values are read by people: no more digits than the tolerance is worth.
  [[nodiscard]] double tidy(double value) const {
    if (value == 0) return 0;
    const double digits = std::ceil(-std::log10(options_.tolerance)) + 2;
    const double power = std::floor(std::log10(std::abs(value))) + 1 - digits;
    double rounded = power >= 0 ? std::round(value / std::pow(10, power)) * std::pow(10, power)
                                : std::round(value * std::pow(10, -power)) / std::pow(10, -power);
    if (options_.whole) rounded = std::round(rounded);
    return std::clamp(rounded, options_.least.value, options_.most.value);
  }

  [[nodiscard]] double width(double value) const {
    const double wanted = options_.tolerance * std::max(std::abs(value), options_.unit);
    return options_.whole ? std::max(wanted, 1.0) : wanted;
  }

  // A value between the two, or one of them when there is none that differs.
  [[nodiscard]] double middle(double a, double b) const {
    const double low = std::min(a, b);
    const double high = std::max(a, b);
    const bool by_ratio = low > 0 && high / low > kByRatio;
    const double exact = by_ratio ? std::sqrt(low * high) : low + (high - low) / 2;
    const double tidied = tidy(exact);
    if (tidied > low && tidied < high) return tidied;
    const double whole = std::floor(exact);
    return options_.whole && whole > low ? whole : low;
  }

  [[nodiscard]] double next(const Side& side) const {
    if (side.up) {
      const double more = side.last > 0 ? side.last * 2 : options_.unit;
      return more >= options_.most.value ? options_.most.value : tidy(more);
    }
    const double less = options_.whole ? std::floor(side.last / 2) : side.last / 2;
    // The end of the way down is never far, however many halvings it is; of what should be as much
    // as possible it is nothing at all, and tells nothing.
    const bool is_last =
        options_.least.asked ? less <= std::ldexp(options_.start, -kDoublings) : side.left <= 1;
    const bool to_end = options_.least.asked || options_.limit != Limit::highest;
    return less <= options_.least.value || (is_last && to_end) ? options_.least.value : tidy(less);
  }

  [[nodiscard]] Side side(bool up, bool expected) const {
    const Bound& bound = up ? options_.most : options_.least;
    const bool aside = options_.limit != Limit::unknown && !expected;
    constexpr int kAll = 1100;  // more doublings than a double has
    const int doublings = bound.asked ? kAll : aside ? kDoublingsAside : kDoublings;
    return {up, doublings, options_.start, options_.start != bound.value};
  }

  // From the start outwards until the answer changes: the two values on either side of the change.
  std::optional<std::pair<double, double>> bracket() {
    const bool start_passes = passes(options_.start);
    // Down where less of it should fail, or is what should pass.
    const bool up_first = (options_.limit == Limit::highest) == start_passes &&
                          (options_.limit != Limit::unknown || !start_passes);
    std::array<Side, 2> sides{side(up_first, true), side(!up_first, false)};
    // By turns; but where the side is known, the other one only when that has no limit: a sale that
    // promises a rate also fails when there is too little of it.
    while (sides[0].open || sides[1].open) {
      for (Side& one : sides) {
        const bool waits = options_.limit != Limit::unknown && &one == &sides[1] && sides[0].open;
        if (!one.open || waits) continue;
        if (const auto found = go(one, start_passes)) return found;
      }
    }
    found_.ending = start_passes ? Ending::all_pass : Ending::none_passes;
    return std::nullopt;
  }

  // One step outwards.
  std::optional<std::pair<double, double>> go(Side& side, bool start_passes) {
    const double value = next(side);
    const Answer answer = ask(value, 0);
    if (answer != Answer::refused && (answer == Answer::pass) != start_passes) {
      return std::pair(start_passes ? side.last : value, start_passes ? value : side.last);
    }
    side.last = value;
    --side.left;
    const double bound = side.up ? options_.most.value : options_.least.value;
    side.open = answer != Answer::refused && side.left > 0 && value != bound;
    return std::nullopt;
  }

  // Moves `in` and `out` together until they are as near as the tolerance says; `is_in` decides
  // about what lies between.
  template <typename Predicate>
  void bisect(double& in, double& out, Predicate is_in) {
    while (std::abs(out - in) > width(in)) {
      const double value = middle(in, out);
      if (value == in || value == out) return;
      (is_in(value) ? in : out) = value;
    }
  }

  // Whether all seeds answer alike; the first that does not ends it.
  bool all(double value, bool pass) {
    ++looked_at_;
    for (std::int64_t seed = 0; seed <= options_.confirm; ++seed) {
      if ((ask(value, seed) == Answer::pass) != pass) return false;
    }
    return true;
  }

  // The value nearest to `from` at which all seeds pass, or all fail, away from the limit.
  std::optional<double> nearest(double from, bool up, bool pass) {
    if (all(from, pass)) return from;
    double unlike = from;
    double step = width(from);
    const double bound = up ? options_.most.value : options_.least.value;
    for (int i = 0; i < kStepsAway && unlike != bound; ++i, step *= 2) {
      // Down to half at most: what is nearly nothing may be another kind of system.
      const double down = unlike > 0 ? std::max(unlike - step, unlike / 2) : unlike - step;
      const double wanted = tidy(up ? unlike + step : down);
      double alike = up ? std::min(wanted, bound) : std::max(wanted, bound);
      if (!all(alike, pass)) {
        unlike = alike;
        continue;
      }
      bisect(alike, unlike, [&](double value) { return all(value, pass); });
      return alike;
    }
    return std::nullopt;
  }

  void find() {
    auto ends = bracket();
    if (!ends) return;
    auto& [good, bad] = *ends;
    found_.limit = good < bad ? Limit::highest : Limit::lowest;
    found_.passes = good;
    found_.fails = bad;
    bisect(good, bad, [&](double value) {
      const bool is_good = passes(value);
      (is_good ? found_.passes : found_.fails) = value;
      return is_good;
    });
    if (options_.confirm > 0) {
      const bool highest = found_.limit == Limit::highest;
      const auto confirmed = nearest(good, !highest, true);
      found_.passes = confirmed ? confirmed : good;
      found_.fails = nearest(bad, highest, false);
      found_.confidence = confidence();
      if (!confirmed) {
        found_.ending = Ending::unsteady;
        return;
      }
    }
    found_.ending = Ending::found;
    if (options_.look_beyond) look_beyond();
  }

  // Half as much beyond what fails, unless something near has been tried.
  void look_beyond() {
    constexpr double kBeyond = 1.5;
    constexpr double kNear = 1.2;
    constexpr double kFar = 3;
    const double edge = found_.fails.value_or(*found_.passes);
    const bool up = found_.limit == Limit::highest;
    const auto is_near = [&](const Tried& one) {
      return up ? one.value >= edge * kNear && one.value <= edge * kFar
                : one.value * kNear <= edge && one.value * kFar >= edge;
    };
    const double value = tidy(up ? edge * kBeyond : edge / kBeyond);
    const bool is_inside = value >= options_.least.value && value <= options_.most.value;
    const bool is_known = std::any_of(found_.tried.begin(), found_.tried.end(), is_near);
    if (is_inside && !is_known) static_cast<void>(ask(value, 0));
  }

  [[nodiscard]] double confidence() const {
    const double chance =
        std::ldexp(1.0, -static_cast<int>(std::min<std::int64_t>(60, options_.confirm)));
    return std::max(0.0, 1 - (options_.repeatable ? chance : chance * looked_at_));
  }

  // The widest contradiction among the values all of whose trials agree.
  [[nodiscard]] std::optional<Surprise> surprise() const {
    if (found_.limit == Limit::unknown) return std::nullopt;
    const double sign = found_.limit == Limit::highest ? 1 : -1;  // of what is harder
    std::map<double, std::pair<bool, bool>> values;               // passes, fails
    for (const Tried& one : found_.tried) {
      auto& [some_pass, some_fail] = values[sign * one.value];
      (one.answer == Answer::pass ? some_pass : some_fail) = true;
    }
    std::optional<double> easiest_failing;
    std::optional<Surprise> found;
    for (const auto& [hardness, answers] : values) {
      const auto [some_pass, some_fail] = answers;
      if (some_fail && !some_pass && !easiest_failing) easiest_failing = hardness;
      if (some_pass && !some_fail && easiest_failing) {
        found = Surprise{sign * *easiest_failing, sign * hardness};
      }
    }
    return found;
  }

  const CapacityOptions& options_;
  const Trial& trial_;
  std::map<std::pair<double, std::int64_t>, Answer> known_;
  double looked_at_ = 0;  // values that were to be confirmed
  Capacity found_;
};

}  // namespace

Capacity find_capacity(const CapacityOptions& options, const Trial& trial) {
  return Search(options, trial).run();
}

}  // namespace double11::study
