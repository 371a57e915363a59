#pragma once
// The arrivals of a source of one's own (scenario/arrival_source.hpp), checked.

#include <double11/core/order.hpp>
#include <double11/scenario/arrival_source.hpp>
#include <double11/scenario/scenario.hpp>

#include <span>
#include <stdexcept>
#include <vector>

namespace double11::traffic {

/// A source broke its contract. what() names the source, the slice, the order, what was found and
/// what is allowed.
class SourceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Lets the source of the scenario, which has one, plan `slice`; `planned` is overwritten. On
/// return its orders are complete but for those with no lines, which have id and planned time only.
/// Throws SourceError. Any thread, each with a `planned` of its own.
void plan_from_source(const scenario::Scenario& scenario,
                      const scenario::ArrivalSource::Slice& slice, std::vector<Order>& planned);

}  // namespace double11::traffic
