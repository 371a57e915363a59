#pragma once
// How many payment servers a sale has.

#include <double11/core/time.hpp>
#include <double11/scenario/scenario.hpp>

#include <cstdint>

namespace double11::scenario {

/// Servers at an instant, by payment.calendar; with channels those of all channels. Any thread.
[[nodiscard]] std::int64_t servers_at(const Payment& payment, Instant now);

}  // namespace double11::scenario
