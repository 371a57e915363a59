#pragma once
// Draws from a discrete distribution in constant time: Walker's alias method, built by Vose's
// algorithm (IEEE TSE 17(9), 1991). Weights are rounded to 2^-32 of a column; the draw itself is
// integers only.

#include <double11/core/random.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace double11 {

class AliasTable {
 public:
  /// Weights are not negative and at least one is positive; they need not add up to 1.
  explicit AliasTable(const std::vector<double>& weights);

  /// An index with probability in proportion to its weight, from 64 + 32 random bits. Any thread.
  [[nodiscard]] std::uint32_t pick(std::uint64_t column_bits, std::uint32_t choice_bits) const {
    const auto column =
        static_cast<std::uint32_t>(below(column_bits, std::uint64_t{columns_.size()}));
    const Column& chosen = columns_[column];
    // By mask, not by branch: the choice is as random as can be, so a branch would often miss.
    const std::uint32_t keep = choice_bits < chosen.keep_below ? ~std::uint32_t{0} : 0;
    return (column & keep) | (chosen.alias & ~keep);
  }

  struct Column {
    std::uint32_t keep_below;  ///< a full column is its own alias
    std::uint32_t alias;
  };
  /// For code that draws many at once, as pick() does.
  [[nodiscard]] std::span<const Column> columns() const { return columns_; }

 private:
  std::vector<Column> columns_;
};

}  // namespace double11
