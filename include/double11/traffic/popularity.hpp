#pragma once
// Which SKU a basket line asks for: a hot set with a share of its own, uniform within, and a Zipf
// tail over the others (weight rank^-s).

#include <double11/core/ids.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/traffic/alias_table.hpp>

#include <cstdint>
#include <optional>

namespace double11::traffic {

class Popularity {
 public:
  /// Tabulates the tail: 8 bytes per SKU, unless it is uniform (exponent 0).
  explicit Popularity(const scenario::Catalogue& catalogue);

  /// The SKU at this block of random bits. Any thread.
  [[nodiscard]] SkuId pick(const RandomBlock& random) const {
    if (random.word[2] < hot_below_) {
      return {static_cast<std::uint32_t>(below(random.wide(0), std::uint64_t{hot_skus_}))};
    }
    if (zipf_) {
      return {hot_skus_ + zipf_->pick(random.wide(0), random.word[3])};
    }
    return {hot_skus_ +
            static_cast<std::uint32_t>(below(random.wide(0), std::uint64_t{tail_skus_}))};
  }

  /// Brings closer what pick() will read for these random bits.
  void prefetch(const RandomBlock& random) const {
    if (zipf_) zipf_->prefetch(random.wide(0));
  }

 private:
  std::uint64_t hot_below_;
  std::uint32_t hot_skus_;
  std::uint32_t tail_skus_;
  std::optional<AliasTable> zipf_;
};

}  // namespace double11::traffic
