#pragma once
// The recursion of Kiefer and Wolfowitz (1955) for G/G/c, first come first served, on whole
// numbers: what any simulator must reproduce to the last unit, for one given sequence of customers.

#include <cstdint>
#include <span>
#include <vector>

namespace double11::study::theory {

struct ServedCustomer {
  std::int64_t wait = 0;
  std::int64_t departure = 0;
};

/// By customer, in order of arrival. `arrivals` ascend; `services` >= 0 and as many;
/// `servers` >= 1. Customers who arrive together are served in the order given.
[[nodiscard]] std::vector<ServedCustomer> kiefer_wolfowitz(std::span<const std::int64_t> arrivals,
                                                           std::span<const std::int64_t> services,
                                                           std::int64_t servers);

}  // namespace double11::study::theory
