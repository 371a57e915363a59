#pragma once
// Draws from a discrete distribution in constant time: Walker's alias method, built by Vose's
// algorithm (IEEE TSE 17(9), 1991). Weights are rounded to 2^-32 of a column; the draw itself is
// integers only.

#include <double11/core/random.hpp>

#include <cstdint>
#include <vector>

namespace double11::traffic {

class AliasTable {
 public:
  /// Weights are not negative and at least one is positive; they need not add up to 1.
  explicit AliasTable(const std::vector<double>& weights);

  /// An index with probability in proportion to its weight, from 64 + 32 random bits. Any thread.
  [[nodiscard]] std::uint32_t pick(std::uint64_t column_bits, std::uint32_t choice_bits) const {
    const auto column =
        static_cast<std::uint32_t>(below(column_bits, std::uint64_t{columns_.size()}));
    const Column& chosen = columns_[column];
    return choice_bits < chosen.keep_below ? column : chosen.alias;
  }

  /// Brings what pick() will read closer. Tables of millions of columns do not fit the caches, and
  /// a draw knows its column long before it needs it.
  void prefetch(std::uint64_t column_bits) const {
    __builtin_prefetch(&columns_[below(column_bits, std::uint64_t{columns_.size()})]);
  }

 private:
  struct Column {
    std::uint32_t keep_below;  // a full column is its own alias
    std::uint32_t alias;
  };
  std::vector<Column> columns_;
};

}  // namespace double11::traffic
