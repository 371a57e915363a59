#pragma once
// Settings that a report suggests, "KEY=VALUE", within what the keys allow.

#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace double11::report {

/// Room that a suggested setting leaves above what is wanted; and how much more a stage gets that
/// is large enough already.
inline constexpr double kRoom = 1.1;
inline constexpr double kMore = 1.5;

/// The count `needed` in two digits, rounded up, or more than `present` when that is enough; never
/// more than the key allows. In the terms of the file, of which a simulation may have been a scaled
/// one.
std::string suggestion(const scenario::Scenario& scenario, std::string_view name, double needed,
                       std::int64_t present);

/// The same for a count that is as large in a scaled sale.
std::string count_suggestion(std::string_view name, double needed, std::int64_t present);

/// The rate in two digits, rounded up, in the terms of the file.
std::string rate_suggestion(const scenario::Scenario& scenario, std::string_view name,
                            double needed_per_s);

/// So many payment servers at the mean speed of the traffic's time, or what a calendar would have
/// to say instead.
std::string servers_suggestion(const scenario::Scenario& scenario, double needed);

/// So many where they do not have to make up for slow times.
std::string servers_setting(const scenario::Scenario& scenario, double count);

/// Half the duration.
std::string halved(std::string_view name, Duration present);

/// Four times the duration.
std::string longer(std::string_view name, Duration present);

}  // namespace double11::report
