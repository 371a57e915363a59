#pragma once
// Limits that several areas rely on. They are checked once, when a scenario is loaded.

#include <double11/core/ids.hpp>
#include <double11/core/time.hpp>

#include <cstdint>

namespace double11::scenario {

/// Traffic is made in slices of this length. Short enough that the rate is constant within one and
/// that workers stay close together; long enough that a slice of a peak is a few full batches.
inline constexpr Duration kSlice = std::chrono::milliseconds(1);

/// Highest rate of arrivals: a slice then holds 1 M of them, far below OrderId::kIndexEnd even
/// with Poisson variation.
inline constexpr double kRateMaxPerS = 1e9;
static_assert(kRateMaxPerS * 1e-9 * static_cast<double>(kSlice.count()) * 10 <
                  static_cast<double>(OrderId::kIndexEnd),
              "ids of a slice must have room for its busiest case");

/// Highest price of one order, so that it fits Order::amount_fen.
inline constexpr std::int64_t kOrderFenMax = 4'000'000'000;
static_assert(kOrderFenMax <= UINT32_MAX, "Order::amount_fen has 32 bits");

/// Each worker counts units sold by SKU, 4 bytes each; together they may not pass 4 GB.
inline constexpr std::int64_t kSkuWorkersMax = 1'000'000'000;

/// Units by SKU and place (warehouses, last miles), 4 bytes each: 1 GB.
inline constexpr std::int64_t kSkuPlacesMax = 250'000'000;

/// Largest scenario file.
inline constexpr std::size_t kFileBytesMax = std::size_t{16} << 20U;

}  // namespace double11::scenario
