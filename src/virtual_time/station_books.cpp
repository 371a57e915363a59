#include "virtual_time/station_books.hpp"

namespace double11::virtual_time {

std::vector<double> NumberSeries::means(std::int64_t end_ns) const {
  std::vector<double> means;
  std::int64_t present = 0;
  for (std::size_t row = 0; row < changes_.size(); ++row) {
    const std::int64_t begin = static_cast<std::int64_t>(row) * interval_ns_;
    const std::int64_t length = std::min(interval_ns_, end_ns - begin);
    if (length <= 0) break;
    // Areas reach to the end of the whole interval; what is beyond the end of time comes off.
    const double beyond = static_cast<double>(present + changes_[row].net) *
                          static_cast<double>(interval_ns_ - length);
    const double area = static_cast<double>(present) * static_cast<double>(interval_ns_) +
                        static_cast<double>(changes_[row].area_ns) - beyond;
    means.push_back(area / static_cast<double>(length));
    present += changes_[row].net;
  }
  return means;
}

}  // namespace double11::virtual_time
