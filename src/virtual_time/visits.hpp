#pragma once
// Visits of jobs to a station, by field: fields are looked at and moved one after the other, as
// vectors.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

/// Some visits that are kept elsewhere.
struct Visits {
  std::span<const std::int64_t> arrived_ns;
  std::span<const std::uint64_t> job;
  std::span<const std::int64_t> born_ns;  ///< arrival at the network

  [[nodiscard]] std::size_t size() const { return job.size(); }
  [[nodiscard]] Visits part(std::size_t at, std::size_t count) const {
    return {arrived_ns.subspan(at, count), job.subspan(at, count), born_ns.subspan(at, count)};
  }
};

/// Visits that are kept here. Memory stays as long as the list ever was, so that nothing is cleared
/// before it is written.
class VisitList {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Visits all() const {
    return {std::span(arrived_ns_).first(size_), std::span(job_).first(size_),
            std::span(born_ns_).first(size_)};
  }

  void append(const Visits& visits) {
    const std::size_t at = size_;
    resize(size_ + visits.size());
    std::copy(visits.arrived_ns.begin(), visits.arrived_ns.end(), arrived_ns_.data() + at);
    std::copy(visits.job.begin(), visits.job.end(), job_.data() + at);
    std::copy(visits.born_ns.begin(), visits.born_ns.end(), born_ns_.data() + at);
  }

  /// What is new is not written yet.
  void resize(std::size_t size) {
    size_ = size;
    if (size <= job_.size()) return;
    arrived_ns_.resize(2 * size);
    job_.resize(2 * size);
    born_ns_.resize(2 * size);
  }

  [[nodiscard]] std::int64_t* arrived_ns() { return arrived_ns_.data(); }
  [[nodiscard]] std::uint64_t* job() { return job_.data(); }
  [[nodiscard]] std::int64_t* born_ns() { return born_ns_.data(); }

 private:
  std::size_t size_ = 0;
  std::vector<std::int64_t> arrived_ns_;
  std::vector<std::uint64_t> job_;
  std::vector<std::int64_t> born_ns_;
};

}  // namespace double11::virtual_time
