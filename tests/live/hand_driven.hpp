#pragma once
// A pipeline that a test turns itself, in one thread, under a schedule drawn from a seed. A failure
// is replayed by its seed; a hang ends at a turn limit instead of never.

#include <double11/core/outcome.hpp>
#include <double11/live/clock.hpp>
#include <double11/live/pipeline.hpp>
#include <double11/measure/run_record.hpp>
#include <double11/measure/snapshot.hpp>
#include <double11/report/audit.hpp>
#include <double11/scenario/scenario.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::live {

/// Far above what any scenario of these tests needs.
inline constexpr std::int64_t kTurnLimit = 20'000'000;

/// Time that a test moves.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void advance(Duration by) { now_ += by; }

 private:
  Instant now_;
};

/// Turns workers in random order, now and then one of them many times in a row (the others have
/// lost their cores), until the run is over. False when `turns` did not suffice.
inline bool drive(Pipeline& pipeline, std::uint32_t workers, std::uint64_t seed,
                  std::int64_t turns = kTurnLimit) {
  std::mt19937_64 random(seed);
  while (turns > 0) {
    const auto worker = static_cast<std::uint32_t>(random() % workers);
    const int burst = random() % 16 == 0 ? 100 : 1;
    for (int i = 0; i < burst; ++i, --turns) {
      if (pipeline.state().over()) return true;
      pipeline.turn(worker);
    }
  }
  return pipeline.state().over();
}

/// What has happened so far: each worker takes one more turn, at whose end it says so.
inline measure::Snapshot look(Pipeline& pipeline, std::uint32_t workers) {
  pipeline.state().ask_for_snapshot();
  for (std::uint32_t worker = 0; worker < workers; ++worker) pipeline.turn(worker);
  return pipeline.state().snapshot().value();
}

/// Orders that have come so far.
inline std::int64_t offered(Pipeline& pipeline, std::uint32_t workers) {
  return look(pipeline, workers).funnel[index_of(Funnel::offered)];
}

/// A whole run by hand; fails the test when it does not end.
inline measure::RunRecord drive_to_end(const scenario::Scenario& scenario, std::uint32_t workers,
                                       std::uint64_t seed, Canary canary = Canary::none) {
  Pipeline pipeline(scenario, {workers, nullptr, canary});
  INFO(workers << " workers, schedule seed " << seed);
  REQUIRE(drive(pipeline, workers, seed));
  return pipeline.record();
}

/// Orders by outcome.
inline std::array<std::int64_t, kOutcomes> totals_of(const measure::RunRecord& record) {
  std::array<std::int64_t, kOutcomes> totals{};
  for (const Outcome outcome : kAllOutcomes) {
    totals[index_of(outcome)] = record.books.outcomes(outcome).count;
  }
  return totals;
}

inline std::int64_t count_of(const measure::RunRecord& record, Outcome outcome) {
  return record.books.outcomes(outcome).count;
}

/// Fails the test on any broken law, naming it.
inline void require_clean(const scenario::Scenario& scenario, const measure::RunRecord& record) {
  const report::Audit audit = report::audit(scenario, record);
  for (const report::Law& law : audit.laws) {
    INFO(law.name << ": " << law.measured << ", " << law.offender);
    REQUIRE(law.violations == 0);
  }
  REQUIRE(audit.violations == 0);
  REQUIRE(record.still_in_flight == 0);
}

/// `overrides` and the more that a test needs.
inline std::vector<std::string> with(std::vector<std::string> overrides,
                                     const std::vector<std::string>& more) {
  overrides.insert(overrides.end(), more.begin(), more.end());
  return overrides;
}

}  // namespace double11::live
