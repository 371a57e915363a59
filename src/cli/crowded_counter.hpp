#pragma once
// Several threads that take units of stock at the same time, without anything around it.

#include <double11/scenario/scenario.hpp>

#include <cstdint>
#include <optional>

namespace double11::cli {

/// CPU time of a thread for a unit, ns, while all `threads` (1 or more) were running: windows in
/// which another stood still, as on a busy machine, are left out. Orders are of one line: all for
/// SKU 0, or each thread for SKUs of its own. The scenario needs stock for 8 million units of SKU
/// 0 by thread, 1 million of others, and 100,000 SKUs; its stock must be shared. Empty when the
/// threads hardly ever ran at the same time.
std::optional<double> crowded_take_ns(const scenario::Scenario& scenario, std::uint32_t threads,
                                      bool is_hot);

}  // namespace double11::cli
