#pragma once
// Mean of correlated observations and its standard error. Waits of neighbouring customers resemble
// each other, so their own variance understates the error; the means of long batches do not.

#include <cmath>
#include <cstdint>
#include <vector>

namespace double11::bench {

class BatchMeans {
 public:
  /// A batch must be much longer than the stretch over which observations resemble each other.
  explicit BatchMeans(std::int64_t batch_size) : batch_size_(batch_size) {}

  void add(double value) {
    batch_sum_ += value;
    if (++in_batch_ == batch_size_) close_batch();
  }

  /// Of all observations, those of the unfinished batch too.
  double mean() const {
    double sum = batch_sum_;
    for (const double batch : batch_sums_) sum += batch;
    const std::int64_t count = std::ssize(batch_sums_) * batch_size_ + in_batch_;
    return count == 0 ? 0 : sum / static_cast<double>(count);
  }

  /// Of the mean, from the finished batches; needs two of them.
  double standard_error() const {
    const auto batches = static_cast<double>(batch_sums_.size());
    if (batch_sums_.size() < 2) return 0;
    double sum = 0;
    for (const double batch : batch_sums_) sum += batch;
    double squares = 0;
    for (const double batch : batch_sums_) {
      const double off = batch - sum / batches;
      squares += off * off;
    }
    return std::sqrt(squares / (batches - 1) / batches) / static_cast<double>(batch_size_);
  }

 private:
  void close_batch() {
    batch_sums_.push_back(batch_sum_);
    batch_sum_ = 0;
    in_batch_ = 0;
  }

  std::int64_t batch_size_;
  std::int64_t in_batch_ = 0;
  double batch_sum_ = 0;
  std::vector<double> batch_sums_;
};

/// Enough batches that their spread is known to an eighth, few enough that they stay long.
inline constexpr std::int64_t kBatches = 32;

}  // namespace double11::bench
