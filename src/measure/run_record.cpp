#include <double11/measure/run_record.hpp>

namespace double11::measure {

std::array<std::int64_t, kFunnelSteps> funnel_of(const RunRecord& record) {
  // Each latency histogram counts the orders that took its step.
  return {record.books.arrivals().count, record.latency[index_of(Funnel::admitted)].count(),
          record.latency[index_of(Funnel::reserved)].count(),
          record.latency[index_of(Funnel::paid)].count(),
          record.latency[index_of(Funnel::dispatched)].count()};
}

}  // namespace double11::measure
