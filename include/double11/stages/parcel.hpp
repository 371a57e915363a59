#pragma once

#include <double11/core/time.hpp>

#include <cstdint>

namespace double11::stages {

/// What a dispatched order gets.
struct Parcel {
  std::uint32_t warehouse = 0;  ///< index into logistics.warehouses
  Instant eta;                  ///< when it reaches the buyer
};

}  // namespace double11::stages
