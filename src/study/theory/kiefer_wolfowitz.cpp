#include <double11/core/ensure.hpp>
#include <double11/study/theory/kiefer_wolfowitz.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>

namespace double11::study::theory {

std::vector<ServedCustomer> kiefer_wolfowitz(std::span<const std::int64_t> arrivals,
                                             std::span<const std::int64_t> services,
                                             std::int64_t servers) {
  ensure(arrivals.size() == services.size(), "every customer has an arrival and a service");
  ensure(servers >= 1, "a queue has a server");
  // Instants at which the servers become free, as a heap with the earliest on top. The recursion
  // subtracts interarrival times from a sorted vector of remaining work; instants say the same.
  constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();
  std::vector<std::int64_t> free_at(static_cast<std::size_t>(servers), kEver);
  std::vector<ServedCustomer> customers;
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    std::pop_heap(free_at.begin(), free_at.end(), std::greater<>());
    const std::int64_t begin = std::max(arrivals[k], free_at.back());
    free_at.back() = begin + services[k];
    customers.push_back({begin - arrivals[k], free_at.back()});
    std::push_heap(free_at.begin(), free_at.end(), std::greater<>());
  }
  return customers;
}

}  // namespace double11::study::theory
