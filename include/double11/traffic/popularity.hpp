#pragma once
// Which SKU a basket line asks for: a hot set with a share of its own, uniform within, and a Zipf
// tail over the others (weight rank^-s).

#include <double11/core/ids.hpp>
#include <double11/core/random.hpp>
#include <double11/scenario/scenario.hpp>
#include <double11/traffic/zipf.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace double11::traffic {

class Popularity {
 public:
  explicit Popularity(const scenario::Catalogue& catalogue);

  /// The SKU at this block of random bits. Pure; any thread.
  [[nodiscard]] SkuId pick(const RandomBlock& random) const {
    if (random.word[2] < hot_below_) {
      return {static_cast<std::uint32_t>(below(random.wide(0), hot_skus_))};
    }
    return {static_cast<std::uint32_t>(hot_skus_) + tail_.pick(random.wide(0), random.word[3])};
  }

  /// The same for many, of which `skus` has one each. Eight at once where the CPU has AVX-512.
  void pick_all(std::span<const RandomBlock> random, std::span<SkuId> skus) const;

 private:
  std::size_t pick_eights(std::span<const RandomBlock> random, std::span<SkuId> skus) const;

  std::uint64_t hot_below_;
  std::uint64_t hot_skus_;
  Zipf tail_;
};

}  // namespace double11::traffic
