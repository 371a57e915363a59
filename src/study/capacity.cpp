#include <double11/study/capacity.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "study/capacity_answers.hpp"
#include "study/capacity_evidence.hpp"
#include "study/capacity_values.hpp"

namespace double11::study {
namespace {

// A factor of a thousand either way, unless more is asked for.
constexpr int kDoublings = 10;
// On the side where the limit is not expected: enough to notice that it is there.
constexpr int kDoublingsAside = 2;
// How far the ends go away from the limit while seeds disagree, in steps each twice as long as the
// one before: ten times the value, or a small part of it.
constexpr double kFarAway = 10;
// So many values in a row that cannot be judged end a side; one, where the search looks again.
constexpr int kMisses = 2;
// And so many before the first that can be, or on the way to where it should pass.
constexpr int kMissesAtFirst = 6;
// How often it goes on from where nothing could be judged: a machine that was busy may be free.
constexpr int kLooksAgain = 3;
constexpr double kNews = 4;  // in widths of an interval: what that must bring to go on once more

// Two neighbours: `good` passes, `bad` fails, or was not judged.
struct Ends {
  double good;
  double bad;
  bool is_judged = true;
};

class Search {
 public:
  Search(const CapacityOptions& options, const Trial& trial)
      : options_(options), answers_(options, trial), values_(options) {}

  Capacity run() {
    try {
      find();
    } catch (const CapacityStopped&) {
      found_.ending = Ending::stopped;
    }
    found_.tried = answers_.tried();
    found_.surprise = surprise_in(found_.tried, found_.limit);
    return std::move(found_);
  }

 private:
  // One side of the start.
  struct Side {
    bool up;
    int left;                               // doublings
    double at;                              // how far it has come
    double last;                            // that was judged
    bool open = true;                       // there is more to try
    std::optional<double> not_judged = {};  // the first of those at its end
    int misses = 0;                         // how many they are
  };

  // Nothing where it cannot be judged.
  std::optional<bool> passes(double value) {
    const Answer answer = answers_.ask(value, 0);
    return answer == Answer::invalid ? std::nullopt : std::optional(answer == Answer::pass);
  }

  [[nodiscard]] Side side(double start, bool up, bool expected) const {
    const Bound& bound = up ? options_.most : options_.least;
    const bool aside = options_.limit != Limit::unknown && !expected;
    constexpr int kAll = 1100;  // more doublings than a double has
    const int doublings = bound.asked ? kAll : aside ? kDoublingsAside : kDoublings;
    return {up, doublings, start, start, start != bound.value};
  }

  Answer step(Side& side) {
    const double value = values_.next(side.at, side.up, side.left);
    const Answer answer = answers_.ask(value, 0);
    side.at = value;
    --side.left;
    if (answer == Answer::invalid) {
      if (!side.not_judged) side.not_judged = value;
      ++side.misses;
    } else if (answer != Answer::refused) {
      side.last = value;
      side.not_judged.reset();
      side.misses = 0;
    }
    const double bound = side.up ? options_.most.value : options_.least.value;
    side.open = answer != Answer::refused && side.left > 0 && value != bound;
    return answer;
  }

  // By turns until `take` has what it wants; but where the side is known, the other one only when
  // that has no limit: a sale that promises a rate also fails when there is too little of it.
  template <typename Take>
  auto by_turns(std::array<Side, 2>& sides, Take take) -> decltype(take(sides[0])) {
    while (sides[0].open || sides[1].open) {
      for (Side& one : sides) {
        const bool waits = options_.limit != Limit::unknown && &one == &sides[1] && sides[0].open;
        if (!one.open || waits) continue;
        if (const auto taken = take(one)) return taken;
      }
    }
    return std::nullopt;
  }

  // The start, or where that cannot be judged a value that can be.
  std::optional<double> origin() {
    const double start = options_.start;
    if (passes(start)) return start;
    const bool easier_up = options_.limit == Limit::lowest;
    std::array<Side, 2> sides{side(start, easier_up, true), side(start, !easier_up, false)};
    int left = kMissesAtFirst;
    return by_turns(sides, [&](Side& one) -> std::optional<double> {
      const Answer answer = step(one);
      if (answer == Answer::pass || answer == Answer::fail) return one.at;
      if (options_.limit == Limit::unknown && --left == 0) sides[0].open = sides[1].open = false;
      return std::nullopt;
    });
  }

  // From the origin outwards until the answer changes, or nothing can be judged any more.
  std::optional<Ends> bracket(double origin) {
    const bool all_pass = passes(origin).value();
    const bool is_known = options_.limit != Limit::unknown;
    // Down where less of it should fail, or is what should pass.
    const bool up_first = (options_.limit == Limit::highest) == all_pass && (is_known || !all_pass);
    std::array<Side, 2> sides{side(origin, up_first, true), side(origin, !up_first, false)};
    const int harder = is_known && !options_.repeatable ? 1 : kMisses;
    const int misses_allowed = all_pass ? harder : is_known ? kMissesAtFirst : kMisses;
    const auto changed = by_turns(sides, [&](Side& one) -> std::optional<Ends> {
      const double before = one.last;
      const Answer answer = step(one);
      const bool is_pass = answer == Answer::pass;
      if (answer != Answer::refused && answer != Answer::invalid && is_pass != all_pass) {
        return Ends{is_pass ? one.last : before, is_pass ? before : one.last};
      }
      if (one.misses >= misses_allowed) one.open = false;
      const bool is_end = !one.open && one.not_judged && all_pass && is_known && &one == &sides[0];
      return is_end ? std::optional(Ends{one.last, *one.not_judged, false}) : std::nullopt;
    });
    if (changed) return changed;
    found_.ending = all_pass ? Ending::all_pass : Ending::none_passes;
    for (const Side& one : sides) {
      if (is_known || !one.not_judged) continue;
      if (all_pass) return Ends{one.last, *one.not_judged, false};
      found_.ending = Ending::not_judged;
      found_.fails = one.last;
      found_.not_judged = one.not_judged;
    }
    return std::nullopt;
  }

  // Moves `in` and `out` together until they are as near as the tolerance says; `is_in` decides
  // about what lies between, where it can.
  template <typename Predicate>
  void bisect(double& in, double& out, Predicate is_in) {
    while (std::abs(out - in) > values_.width(in)) {
      const double half = values_.middle(in, out);
      std::optional<bool> is_known;
      // Where the middle tells nothing, what lies on either side of it may.
      for (const double value : {half, values_.middle(in, half), values_.middle(half, out)}) {
        if (is_known || value == in || value == out) continue;
        is_known = is_in(value);
        if (is_known) (*is_known ? in : out) = value;
      }
      if (!is_known) return;
    }
  }

  // The same between what passes and what was not judged; a value that fails ends it.
  void narrow(Ends& ends) {
    while (!ends.is_judged && std::abs(ends.bad - ends.good) > values_.width(ends.good)) {
      const double value = values_.middle(ends.good, ends.bad);
      if (value == ends.good || value == ends.bad) return;
      const Answer answer = answers_.ask(value, 0);
      if (answer == Answer::refused) return;
      (answer == Answer::pass ? ends.good : ends.bad) = value;
      ends.is_judged = answer == Answer::fail;
      note(ends);
    }
  }

  // Once more where nothing could be judged. Where it passes now, from there on in steps that grow,
  // until one fails or cannot be judged; false when all there is passes.
  bool look_again(Ends& ends) {
    const bool up = ends.good < ends.bad;
    const Bound& bound = up ? options_.most : options_.least;
    double step = 2 * values_.width(ends.bad);
    for (int i = 1;; ++i, step *= 2) {
      answers_.forget_invalid(ends.bad);
      const Answer answer = answers_.ask(ends.bad, 0);
      ends.is_judged = answer == Answer::fail;
      if (answer == Answer::refused) return false;
      if (answer != Answer::pass) return true;
      ends.good = ends.bad;
      const bool is_far = i >= 2 * kDoublings;
      if (ends.good == bound.value || (is_far && !bound.asked)) return false;
      const double beyond = up ? ends.bad + step : std::max(ends.bad - step, ends.bad / 2);
      ends.bad = is_far ? bound.value : values_.tidy(beyond);
      if (ends.bad == ends.good) ends.bad = bound.value;
    }
  }

  void note(const Ends& ends) {
    found_.limit = ends.good < ends.bad ? Limit::highest : Limit::lowest;
    found_.passes = ends.good;
    found_.fails = ends.is_judged ? std::optional(ends.bad) : std::nullopt;
    found_.not_judged = ends.is_judged ? std::nullopt : std::optional(ends.bad);
  }

  // Two values near each other, the one passes, the other fails or cannot be judged.
  std::optional<Ends> edge() {
    const auto at = origin();
    if (!at) {
      found_.ending = Ending::not_judged;
      found_.not_judged = options_.start;
      return std::nullopt;
    }
    auto ends = bracket(*at);
    if (!ends) return std::nullopt;
    note(*ends);
    narrow(*ends);
    for (int looks = 0; !options_.repeatable && !ends->is_judged && looks < kLooksAgain; ++looks) {
      const double good = ends->good;
      if (!look_again(*ends)) {
        found_.ending = Ending::all_pass;
        found_.limit = Limit::unknown;
        found_.passes = found_.not_judged = std::nullopt;
        return std::nullopt;
      }
      note(*ends);
      narrow(*ends);
      if (std::abs(ends->good - good) <= kNews * values_.width(good)) break;
    }
    return ends;
  }

  // Whether all seeds that can be judged answer alike; the first that does not ends it. A value
  // passes only where half of the others could be judged; beyond the limit those that could not do
  // not pass either.
  std::optional<bool> all(double value, bool pass) {
    ++looked_at_;
    if (!passes(value)) return std::nullopt;
    std::int64_t not_judged = 0;
    for (std::int64_t seed = 0; seed <= options_.confirm; ++seed) {
      const Answer answer = answers_.ask(value, seed);
      not_judged += answer == Answer::invalid ? 1 : 0;
      if (pass && 2 * not_judged > options_.confirm) return false;
      if (answer != Answer::invalid && (answer == Answer::pass) != pass) return false;
    }
    return true;
  }

  // The value nearest to `from` at which all seeds pass, or all fail, away from the limit.
  std::optional<double> nearest(double from, bool up, bool pass) {
    if (all(from, pass).value_or(false)) return from;
    double unlike = from;
    double at = from;
    double step = values_.width(from);
    int misses = 0;
    const double bound = up ? options_.most.value : options_.least.value;
    const double far = kFarAway * std::max(std::abs(from), options_.unit);
    for (double gone = 0; gone < far && at != bound && misses < kMisses; gone += step, step *= 2) {
      // Down to half at most: what is nearly nothing may be another kind of system.
      const double down = at > 0 ? std::max(at - step, at / 2) : at - step;
      const double wanted = values_.tidy(up ? at + step : down);
      at = up ? std::min(wanted, bound) : std::max(wanted, bound);
      const auto is_alike = all(at, pass);
      misses = is_alike ? 0 : misses + 1;
      if (!is_alike.value_or(false)) {
        if (is_alike) unlike = at;
        continue;
      }
      double alike = at;
      bisect(alike, unlike, [&](double value) { return all(value, pass); });
      return alike;
    }
    return std::nullopt;
  }

  void find() {
    auto ends = edge();
    if (!ends) return;
    note(*ends);
    if (ends->is_judged) {
      bisect(ends->good, ends->bad, [&](double value) {
        const auto is_good = passes(value);
        if (is_good) (*is_good ? found_.passes : found_.fails) = value;
        return is_good;
      });
    }
    if (options_.confirm > 0 && !confirm(*ends)) {
      found_.ending = Ending::unsteady;
      return;
    }
    if (options_.look_beyond && ends->is_judged) look_beyond();
    if (!options_.repeatable && !settle()) {
      found_.ending = Ending::unsteady;
      return;
    }
    found_.ending = ends->is_judged ? Ending::found : Ending::not_judged;
    if (ends->is_judged) found_.confidence = confidence();
    if (is_wide()) found_.ending = Ending::too_wide;
  }

  // False where no value was found at which all seeds pass.
  bool confirm(const Ends& ends) {
    const bool highest = found_.limit == Limit::highest;
    const auto confirmed = nearest(ends.good, !highest, true);
    found_.passes = confirmed ? confirmed : ends.good;
    if (ends.is_judged) found_.fails = nearest(ends.bad, highest, false);
    return confirmed.has_value();
  }

  // Runs differ: where one failed at an easier value or passed at a harder one, the range is wider
  // than the ends that the search happened to meet. False where nothing passes any more.
  bool settle() {
    const bool highest = found_.limit == Limit::highest;
    const Evidence seen = evidence_in(answers_.tried(), found_.limit);
    const auto is_harder = [&](double a, double b) { return highest ? a > b : a < b; };
    if (seen.easiest_fail && is_harder(*found_.passes, *seen.easiest_fail)) {
      const auto easier = nearest(*seen.easiest_fail, !highest, true);
      if (!easier) return false;
      found_.passes = easier;
    }
    if (found_.fails && is_harder(*seen.hardest_pass, *found_.fails)) {
      found_.fails = nearest(*seen.hardest_pass, highest, false);
    }
    return true;
  }

  // Whether trials contradict each other over so much that the range says nothing of a limit.
  [[nodiscard]] bool is_wide() const {
    const double inner = *found_.passes;
    const auto end = found_.fails ? found_.fails : found_.not_judged;
    const double outer = end.value_or(*evidence_in(answers_.tried(), found_.limit).hardest);
    const auto [passed, failed] = counts_between(answers_.tried(), inner, outer);
    // Where nothing could be judged beyond, those that passed contradict nobody.
    const bool is_mixed = failed > 0 || (passed > 0 && !found_.not_judged) || !end;
    return is_mixed && are_far_apart(inner, outer, values_.width(std::min(inner, outer)));
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
    const double value = values_.tidy(up ? edge * kBeyond : edge / kBeyond);
    const bool is_inside = value >= options_.least.value && value <= options_.most.value;
    const bool is_known = std::any_of(answers_.tried().begin(), answers_.tried().end(), is_near);
    if (is_inside && !is_known) static_cast<void>(answers_.ask(value, 0));
  }

  [[nodiscard]] double confidence() const {
    std::int64_t others = answers_.others_at(*found_.passes);
    if (found_.fails) others = std::min(others, answers_.others_at(*found_.fails));
    const double chance = std::ldexp(1.0, -static_cast<int>(others));
    return others == 0 ? 0
                       : std::max(0.0, 1 - (options_.repeatable ? chance : chance * looked_at_));
  }

  const CapacityOptions& options_;
  CapacityAnswers answers_;
  CapacityValues values_;
  double looked_at_ = 0;  // values that were to be confirmed
  Capacity found_;
};

}  // namespace

Capacity find_capacity(const CapacityOptions& options, const Trial& trial) {
  return Search(options, trial).run();
}

}  // namespace double11::study
