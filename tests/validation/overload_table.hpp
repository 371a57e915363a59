#pragma once
// The reference table of overload controls: what a server that can do 1000 a second achieves for
// clients who wait 0.5 s and try again up to three times, around 10 seconds at a part of its speed
// and under steady overload. (Metastable failures: Bronson et al., HotOS 2021; Huang et al., OSDI
// 2022. The table is of one run of an independent program for each cell.)

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"

namespace double11::overload {

inline constexpr double kServicePerS = 1000;
inline constexpr double kTimeoutS = 0.5;
inline constexpr int kDipAtS = 30;
inline constexpr int kDipEndS = 40;
inline constexpr int kNever = -1;

inline constexpr std::uint64_t kFirstSeed = 42;
inline constexpr int kSeeds = 8;

/// Goodput a second during the dip and in the last 20 seconds, and the first whole second after the
/// dip with 90 % of the load.
struct Dip {
  double during;
  double after;
  int recovery_s;
};

struct Row {
  std::string policy;
  Dip deep;       ///< 700 a second, speed 0.3
  Dip near;       ///< 900 a second, speed 0.5
  double steady;  ///< 1500 a second
  /// Retries for each request, and a second, for the sampling error of the recovery.
  double retry_share = 0;
  double retries_per_s = 0;
};

inline const std::vector<Row> kTable{
    {"no retries", {24, 703, 13}, {52, 905, 39}, 0},
    {"retries with backoff", {24, 0, kNever}, {52, 0, kNever}, 0},
    {"retries at once", {24, 0, kNever}, {52, 0, kNever}, 0},
    {"retry budget 10 %", {24, 703, 22}, {52, 0, kNever}, 0, 0.1, 10},
    {"retry budget 20 %", {24, 702, 41}, {52, 0, kNever}, 0, 0.2, 10},
    {"retry budget 50 %", {24, 0, kNever}, {52, 0, kNever}, 0},
    {"queue of 0.4 s", {24, 706, 0}, {52, 904, 1}, 1000},
    {"queue of 1 s", {24, 0, kNever}, {52, 0, kNever}, 0},
    {"drop expired", {300, 704, 0}, {500, 904, 0}, 1000},
    {"LIFO", {300, 704, 0}, {500, 904, 0}, 1000},
    {"CoDel", {300, 704, 0}, {500, 904, 0}, 1000},
    {"adaptive LIFO", {300, 704, 0}, {498, 903, 0}, 997},
    {"Vegas", {300, 704, 0}, {500, 901, 0}, 1000},
    {"Gradient2", {300, 704, 0}, {500, 904, 0}, 1000},
};

/// What runs with several seeds came to, on average; `recovered` of them did.
struct Found {
  double during = 0;
  double after = 0;
  double recovery_s = 0;
  int recovered = 0;

  void add(double during_per_s, double after_per_s, int seconds) {
    during += during_per_s / kSeeds;
    after += after_per_s / kSeeds;
    if (seconds < 0) return;
    ++recovered;
    recovery_s += static_cast<double>(seconds) / kSeeds;
  }
};

/// As the table has it within 3 % and sampling error: `one_run_sd` is that of the table's one run,
/// and what is found is the mean of several.
inline void check(double found, double table, double one_run_sd) {
  CHECK(std::abs(found - table) <= 0.03 * table + 3.29 * one_run_sd * std::sqrt(1 + 1.0 / kSeeds));
}

inline void check_dip(const Row& row, const Dip& table, double rate_per_s, double dip_speed,
                      const Found& found) {
  INFO(row.policy << ", " << rate_per_s << " a second: during " << found.during << ", after "
                  << found.after << ", recovery " << found.recovery_s << " s in " << found.recovered
                  << " of " << kSeeds);
  const double dip_s = kDipEndS - kDipAtS;
  const double slow_per_s = dip_speed * kServicePerS;
  // A queue first come first served answers in time until the wait is the time they wait: as many
  // as are served until the backlog, which grows as a random walk, first reaches that.
  const bool saves = table.during > 100;
  const double growth_per_s = rate_per_s - slow_per_s;
  const double until_late_s = slow_per_s * kTimeoutS / growth_per_s;
  const double spread_s = std::sqrt((rate_per_s + slow_per_s) * until_late_s) / growth_per_s;
  check(found.during, table.during,
        saves ? std::sqrt(slow_per_s / dip_s) : slow_per_s * spread_s / dip_s);
  if (table.recovery_s == kNever) {
    CHECK(found.after == 0);
    CHECK(found.recovered == 0);
    return;
  }
  check(found.after, table.after, std::sqrt(rate_per_s / 20));
  REQUIRE(found.recovered == kSeeds);
  // The backlog walks back at random.
  const double load_per_s = rate_per_s * (1 + row.retry_share) + row.retries_per_s;
  const double steps =
      (rate_per_s + slow_per_s) * dip_s + (load_per_s + kServicePerS) * table.recovery_s;
  const double sd_s = table.recovery_s > 1 ? std::sqrt(steps) / (kServicePerS - load_per_s) : 0.5;
  check(found.recovery_s, table.recovery_s, sd_s);
}

inline void check_steady(const Row& row, double goodput_per_s) {
  INFO(row.policy << ": " << goodput_per_s);
  check(goodput_per_s, row.steady, row.steady > 0 ? std::sqrt(kServicePerS / 30) : 0);
}

}  // namespace double11::overload
